#include "utils/base/deadline.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

namespace isulad {
namespace {

using std::chrono::steady_clock;

TEST(MillisecondsUntil, IsNothingForWhatHasPassed) {
  EXPECT_EQ(MillisecondsUntil(steady_clock::now()), 0);
  EXPECT_EQ(MillisecondsUntil(steady_clock::now() - std::chrono::hours(1)), 0);
}

TEST(MillisecondsUntil, IsRoundedUpSoThatNobodyWakesTooEarly) {
  const Deadline deadline = steady_clock::now() + std::chrono::seconds(1000);
  const int left = MillisecondsUntil(deadline);
  EXPECT_GT(left, 0);
  EXPECT_GE(steady_clock::now() + std::chrono::milliseconds(left), deadline);
}

TEST(MillisecondsUntil, IsAsMuchAsPollCanWaitForWhatIsFurtherAway) {
  EXPECT_EQ(MillisecondsUntil(steady_clock::now() + std::chrono::hours(24 * 365)),
            std::numeric_limits<int>::max());
}

}  // namespace
}  // namespace isulad
