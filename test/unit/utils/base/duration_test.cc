#include "utils/base/duration.h"

#include <gtest/gtest.h>

namespace isulad {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

TEST(ParseDuration, ReadsNumbersWithUnits) {
  EXPECT_EQ(ParseDuration("30s"), seconds(30));
  EXPECT_EQ(ParseDuration("1m30s"), seconds(90));
  EXPECT_EQ(ParseDuration("500ms"), milliseconds(500));
  EXPECT_EQ(ParseDuration("1.5h"), minutes(90));
  EXPECT_EQ(ParseDuration("1h0m0.25s"), hours(1) + milliseconds(250));
  EXPECT_EQ(ParseDuration("7us"), nanoseconds(7000));
  EXPECT_EQ(ParseDuration("2d"), hours(48));
  EXPECT_EQ(ParseDuration("0"), nanoseconds(0));
  EXPECT_EQ(ParseDuration("0s"), nanoseconds(0));
  EXPECT_EQ(ParseDuration("9223372036854775807ns"), nanoseconds::max());
}

TEST(ParseDuration, RefusesAllElse) {
  for (const char* text : {"", "1", "s", "-1s", "+1s", "1 s", "1x", "1.s", ".5s", "1s2", "1h ",
                           "9223372036854775808ns", "293y", "2562048h", "1.0000000001s"}) {
    EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
  }
}

TEST(FormatDuration, ShowsWhatGoShows) {
  EXPECT_EQ(FormatDuration(nanoseconds(0)), "0s");
  EXPECT_EQ(FormatDuration(nanoseconds(7)), "7ns");
  EXPECT_EQ(FormatDuration(nanoseconds(1500)), "1.5us");
  EXPECT_EQ(FormatDuration(milliseconds(500)), "500ms");
  EXPECT_EQ(FormatDuration(milliseconds(1500)), "1.5s");
  EXPECT_EQ(FormatDuration(seconds(30)), "30s");
  EXPECT_EQ(FormatDuration(seconds(90)), "1m30s");
  EXPECT_EQ(FormatDuration(hours(2)), "2h0m0s");
  EXPECT_EQ(FormatDuration(hours(720)), "720h0m0s");
}

}  // namespace
}  // namespace isulad
