#include "utils/base/moment.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr int64_t kHour = 3600 * kNanosecondsPerSecond;
constexpr int64_t kTime = 1767323045 * kNanosecondsPerSecond;  // 2026-01-02T03:04:05Z
constexpr int64_t kDate = 1767312000 * kNanosecondsPerSecond;  // 2026-01-02T00:00:00Z

// Local time is two hours ahead of UTC.
int64_t TwoHoursBack(int64_t local) { return local - 7200; }

Result<Moment> Parse(const std::string& text) { return ParseMoment(text, TwoHoursBack); }

void ExpectAt(const std::string& text, int64_t nanos) {
  const Result<Moment> moment = Parse(text);
  ASSERT_TRUE(moment) << text;
  EXPECT_EQ(*moment, (Moment{false, nanos})) << text;
}

void ExpectAgo(const std::string& text, int64_t nanos) {
  const Result<Moment> moment = Parse(text);
  ASSERT_TRUE(moment) << text;
  EXPECT_EQ(*moment, (Moment{true, nanos})) << text;
}

TEST(ParseMoment, ReadsRfc3339WithAZone) {
  ExpectAt("2026-01-02T03:04:05Z", kTime);
  ExpectAt("2026-01-02t03:04:05z", kTime);
  ExpectAt("2026-01-02T03:04:05.000000006Z", kTime + 6);
  ExpectAt("2026-01-02T03:04:05.25Z", kTime + kNanosecondsPerSecond / 4);
  ExpectAt("2026-01-02T04:34:05+01:30", kTime);
  ExpectAt("2026-01-01T23:04:05.5-04:00", kTime + kNanosecondsPerSecond / 2);
  ExpectAt("2026-01-01T23:04:05-0400", kTime);
  ExpectAt("2026-01-02T03:04Z", kTime - 5 * kNanosecondsPerSecond);
  ExpectAt("1969-12-31T23:59:59.999999999Z", -1);
}

TEST(ParseMoment, TakesTimesWithoutAZoneForLocalOnes) {
  ExpectAt("2026-01-02T03:04:05", kTime - 2 * kHour);
  ExpectAt("2026-01-02 03:04:05.5", kTime - 2 * kHour + kNanosecondsPerSecond / 2);
  ExpectAt("2026-01-02T03:04", kTime - 5 * kNanosecondsPerSecond - 2 * kHour);
  ExpectAt("2026-01-02", kDate - 2 * kHour);
}

TEST(ParseMoment, ReadsSecondsSinceTheEpoch) {
  ExpectAt("0", 0);
  ExpectAt("1767323045", kTime);
  ExpectAt("1767323045.000000006", kTime + 6);
  ExpectAt("1767323045.5", kTime + kNanosecondsPerSecond / 2);
}

TEST(ParseMoment, ReadsDurationsAsBeforeNow) {
  ExpectAgo("10m", 600 * kNanosecondsPerSecond);
  ExpectAgo("1h30m", kHour + kHour / 2);
  ExpectAgo("1.5h", kHour + kHour / 2);
  ExpectAgo("90s", 90 * kNanosecondsPerSecond);
  ExpectAgo("2d", 48 * kHour);
  ExpectAgo("1ms2us3ns", 1'002'003);
  ExpectAgo("0s", 0);
}

TEST(ParseMoment, RefusesAllElse) {
  for (const std::string text : {"",
                                 " ",
                                 "now",
                                 "yesterday",
                                 "-1",
                                 "+1",
                                 "1.",
                                 ".5",
                                 "1.0000000001",
                                 "1,5",
                                 "1e3",
                                 "10 m",
                                 "10m ",
                                 "m",
                                 "h1",
                                 "1h30",
                                 "1x",
                                 "-10m",
                                 "1..5h",
                                 "99999999999999999999",
                                 "9223372037",
                                 "9999999d",
                                 "2026-01",
                                 "2026-1-2",
                                 "2026-02-30",
                                 "2026-01-02T",
                                 "2026-01-02T03",
                                 "2026-01-02T03:04:0",
                                 "2026-01-02T03:04:05+1:00",
                                 "2026-01-02T03:04:05+24:00",
                                 "2026-01-02T03:04:05+01:60",
                                 "2026-01-02T03:04:05ZZ",
                                 "2026-01-02T03:04:05 Z",
                                 "2026-01-02x03:04:05Z",
                                 "2026-01-02Z",
                                 "2300-01-01",
                                 "2026-01-02T03:04:05+"}) {
    EXPECT_THAT(Parse(text), test::IsErrorWith(Code::kInvalidArgument, "must be a time")) << text;
  }
}

TEST(Moment, IsCountedFromNowWhereItIsADuration) {
  EXPECT_EQ((Moment{true, 5}).At({100}).nanoseconds, 95);
  EXPECT_EQ((Moment{true, 0}).At({100}).nanoseconds, 100);
  EXPECT_EQ((Moment{false, 5}).At({100}).nanoseconds, 5);
  EXPECT_EQ((Moment{true, std::numeric_limits<int64_t>::max()}).At({-100}).nanoseconds,
            std::numeric_limits<int64_t>::min());
}

}  // namespace
}  // namespace isulad
