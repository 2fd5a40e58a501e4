// What every Clock promises, as one suite for all of them: a test program compiles
// clock_contract.cc and instantiates ClockContract with a factory.
#ifndef ISULAD_TEST_SUPPORT_FAKES_CLOCK_CONTRACT_H_
#define ISULAD_TEST_SUPPORT_FAKES_CLOCK_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "utils/base/clock.h"

namespace isulad::test {

using ClockFactory = std::function<std::unique_ptr<Clock>()>;

class ClockContract : public ::testing::TestWithParam<ClockFactory> {
 protected:
  ClockContract() : clock_(GetParam()()) {}

  const std::unique_ptr<Clock> clock_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_CLOCK_CONTRACT_H_
