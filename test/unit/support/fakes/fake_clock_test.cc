// The fake clock keeps the promises of the real one.
#include "support/fakes/fake_clock.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "support/fakes/clock_contract.h"

namespace isulad::test {
namespace {

INSTANTIATE_TEST_SUITE_P(Fake, ClockContract, testing::Values(ClockFactory([] {
                           return std::make_unique<FakeClock>();
                         })));

TEST(FakeClock, StandsStillUntilItIsSetOrSomebodySleeps) {
  FakeClock clock({1000});
  EXPECT_EQ(clock.Now().nanoseconds, 1000);
  EXPECT_EQ(clock.Now().nanoseconds, 1000);
  clock.Advance(std::chrono::nanoseconds(5));
  EXPECT_EQ(clock.Now().nanoseconds, 1005);
  clock.SleepFor(std::chrono::milliseconds(2));
  EXPECT_EQ(clock.Now().nanoseconds, 2'001'005);
  clock.Set({7});
  EXPECT_EQ(clock.Now().nanoseconds, 7) << "back, as a clock that somebody sets";
}

}  // namespace
}  // namespace isulad::test
