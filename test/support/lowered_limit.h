// A resource limit of the test's own process that is lower for a while.
#ifndef ISULAD_TEST_SUPPORT_LOWERED_LIMIT_H_
#define ISULAD_TEST_SUPPORT_LOWERED_LIMIT_H_

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace isulad::test {

// Lowers a soft limit, and puts it back at the end. Not where threads of other tests run.
class LoweredLimit {
 public:
  LoweredLimit(__rlimit_resource resource, rlim_t soft) : resource_(resource) {
    EXPECT_EQ(::getrlimit(resource_, &before_), 0);
    const struct rlimit lowered = {soft, before_.rlim_max};
    EXPECT_EQ(::setrlimit(resource_, &lowered), 0);
  }
  ~LoweredLimit() { ::setrlimit(resource_, &before_); }
  LoweredLimit(const LoweredLimit&) = delete;
  LoweredLimit& operator=(const LoweredLimit&) = delete;

 private:
  const __rlimit_resource resource_;
  struct rlimit before_ = {};
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_LOWERED_LIMIT_H_
