#include "daemon/modules/logs/log_options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::logs {
namespace {

using test::IsErrorWith;

TEST(LogOptions, KeepsOneGrowingFileWhereNothingIsAsked) {
  ASSERT_OK_AND_ASSIGN(const LogOptions options, ParseLogOptions("", {}));
  EXPECT_EQ(options, LogOptions{});
  EXPECT_EQ(options.driver, Driver::kJsonFile);
}

TEST(LogOptions, ReadsSizeAndNumber) {
  ASSERT_OK_AND_ASSIGN(const LogOptions options,
                       ParseLogOptions("json-file", {"max-file=3", "max-size=10m"}));
  EXPECT_EQ(options, (LogOptions{Driver::kJsonFile, 10u << 20, 3}));
}

TEST(LogOptions, ReadsTheDriverThatKeepsNothing) {
  ASSERT_OK_AND_ASSIGN(const LogOptions options, ParseLogOptions("none", {}));
  EXPECT_EQ(options.driver, Driver::kNone);
  EXPECT_THAT(ParseLogOptions("none", {"max-size=10m"}),
              IsErrorWith(Code::kInvalidArgument, "takes no log options"));
}

TEST(LogOptions, NamesWhatItDoesNotKnow) {
  EXPECT_THAT(ParseLogOptions("syslog", {}),
              IsErrorWith(Code::kInvalidArgument, "unknown log driver \"syslog\""));
  EXPECT_THAT(ParseLogOptions("", {"compress=true"}),
              IsErrorWith(Code::kInvalidArgument, "unknown log option \"compress\""));
  EXPECT_THAT(ParseLogOptions("", {"max-size"}), IsErrorWith(Code::kInvalidArgument, "KEY=VALUE"));
  EXPECT_THAT(ParseLogOptions("", {"=1m"}),
              IsErrorWith(Code::kInvalidArgument, "unknown log option \"\""));
}

TEST(LogOptions, RefusesAnOptionGivenTwice) {
  EXPECT_THAT(ParseLogOptions("", {"max-size=1m", "max-size=2m"}),
              IsErrorWith(Code::kInvalidArgument, "max-size is given more than once"));
}

TEST(LogOptions, HoldsTheLimits) {
  for (const std::string size : {"4k", "4096", "1t"}) {
    EXPECT_OK(ParseLogOptions("", {"max-size=" + size, "max-file=100"})) << size;
  }
  for (const std::string size : {"0", "4095", "1025g", "-1", "", "1.5m", "1x"}) {
    EXPECT_THAT(ParseLogOptions("", {"max-size=" + size}),
                IsErrorWith(Code::kInvalidArgument, "max-size"))
        << size;
  }
  for (const std::string number : {"0", "101", "4294967297", "-1", "", "x"}) {
    EXPECT_THAT(ParseLogOptions("", {"max-size=1m", "max-file=" + number}),
                IsErrorWith(Code::kInvalidArgument, "max-file"))
        << number;
  }
}

TEST(LogOptions, RefusesFilesThatWouldNeverCome) {
  EXPECT_THAT(ParseLogOptions("", {"max-file=3"}),
              IsErrorWith(Code::kInvalidArgument, "needs max-size"));
  EXPECT_OK(ParseLogOptions("", {"max-file=1"}));
}

TEST(LogOptions, NamesDriversAsItReadsThem) {
  for (const Driver driver : {Driver::kJsonFile, Driver::kNone}) {
    ASSERT_OK_AND_ASSIGN(const Driver read, ParseDriver(DriverName(driver)));
    EXPECT_EQ(read, driver);
  }
}

}  // namespace
}  // namespace isulad::logs
