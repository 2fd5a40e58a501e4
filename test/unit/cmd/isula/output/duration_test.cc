#include "cmd/isula/output/duration.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace isulad::output {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMinute = 60;
constexpr int64_t kHour = 3600;
constexpr int64_t kDay = 24 * kHour;

TEST(HumanDuration, ChangesTheUnitAsPeopleDo) {
  const struct {
    int64_t seconds;
    const char* text;
  } cases[] = {
      {0, "Less than a second"}, {1, "1 second"},
      {2, "2 seconds"},          {59, "59 seconds"},
      {60, "About a minute"},    {119, "About a minute"},
      {120, "2 minutes"},        {59 * kMinute + 59, "59 minutes"},
      {kHour, "About an hour"},  {2 * kHour - 1, "About an hour"},
      {2 * kHour, "2 hours"},    {2 * kDay - 1, "47 hours"},
      {2 * kDay, "2 days"},      {14 * kDay - 1, "13 days"},
      {14 * kDay, "2 weeks"},    {60 * kDay - 1, "8 weeks"},
      {60 * kDay, "2 months"},   {730 * kDay - 1, "24 months"},
      {730 * kDay, "2 years"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(HumanDuration(c.seconds), c.text) << c.seconds;
  }
}

TEST(HumanSince, CountsNothingWhenTheClockWasSetBack) {
  EXPECT_EQ(HumanSince({5 * kSecond}, {2 * kSecond}), "Less than a second");
  EXPECT_EQ(HumanSince({2 * kSecond}, {5 * kSecond}), "3 seconds");
}

TEST(HumanTime, IsInUtcWithoutFractions) {
  EXPECT_EQ(HumanTime({1'000'000'000'123'456'789}), "2001-09-09 01:46:40 +0000 UTC");
  EXPECT_EQ(HumanTime({0}), "");
}

}  // namespace
}  // namespace isulad::output
