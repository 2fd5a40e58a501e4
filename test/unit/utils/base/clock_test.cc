#include "utils/base/clock.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "support/fakes/clock_contract.h"
#include "support/result_matchers.h"

namespace isulad {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

TEST(FormatTimestamp, WritesNineDigitsAndZ) {
  EXPECT_EQ(FormatTimestamp({1767323045 * kSecond + 6}), "2026-01-02T03:04:05.000000006Z");
  EXPECT_EQ(FormatTimestamp({951827696 * kSecond}), "2000-02-29T12:34:56.000000000Z");
}

TEST(FormatTimestamp, WritesTheFirstYearForNever) {
  EXPECT_EQ(FormatTimestamp({}), "0001-01-01T00:00:00Z");
}

TEST(FormatTimestamp, CountsFractionsForwardBeforeTheEpoch) {
  EXPECT_EQ(FormatTimestamp({-1}), "1969-12-31T23:59:59.999999999Z");
}

TEST(ParseTimestamp, ReadsBackWhatWasWritten) {
  for (const int64_t time : {int64_t{0}, int64_t{1}, int64_t{-1}, 1767323045 * kSecond + 123456789,
                             9000000000 * kSecond, -9000000000 * kSecond}) {
    ASSERT_OK_AND_ASSIGN(const Timestamp read, ParseTimestamp(FormatTimestamp({time})));
    EXPECT_EQ(read.nanoseconds, time);
  }
}

TEST(ParseTimestamp, TakesFewerDigitsOfFraction) {
  EXPECT_EQ(ParseTimestamp("1970-01-01T00:00:01Z").value_or(Timestamp{}).nanoseconds, kSecond);
  EXPECT_EQ(ParseTimestamp("1970-01-01T00:00:01.5Z").value_or(Timestamp{}).nanoseconds,
            kSecond + kSecond / 2);
  EXPECT_EQ(ParseTimestamp("1970-01-01T00:00:00.001Z").value_or(Timestamp{}).nanoseconds,
            1'000'000);
}

TEST(ParseTimestamp, RefusesAllElse) {
  for (const std::string text :
       {"", "now", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01 00:00:00Z",
        "1970-13-01T00:00:00Z", "1970-02-29T00:00:00Z", "1970-01-01T24:00:00Z",
        "1970-01-01T00:60:00Z", "1970-01-01T00:00:60Z", "1970-01-01T00:00:00.Z",
        "1970-01-01T00:00:00.1234567890Z", "1970-01-01T00:00:00.-1Z", "1970-01-01T00:00:00+01:00",
        "1970-01-01T00:00:00Zx", "2300-01-01T00:00:00Z", "0001-01-02T00:00:00Z"}) {
    EXPECT_THAT(ParseTimestamp(text), test::IsErrorWith(Code::kInvalidArgument, "RFC 3339"))
        << text;
  }
}

TEST(SystemClock, TellsTheTimeOfTheDay) {
  EXPECT_GT(SystemClock().Now().nanoseconds, 1'700'000'000 * kSecond);
}

}  // namespace
}  // namespace isulad

namespace isulad::test {

INSTANTIATE_TEST_SUITE_P(System, ClockContract, testing::Values(ClockFactory([] {
                           return std::make_unique<SystemClock>();
                         })));

}  // namespace isulad::test
