#include "utils/base/device_rule.h"

#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

TEST(DeviceRule, ReadsBackWhatItWrote) {
  for (const std::string text : {"c 1:3 rwm", "b *:* m", "c 10:* r", "c *:7 rw", "a *:* rwm",
                                 "b 4095:1048575 wm", "c 0:0 r"}) {
    ASSERT_OK_AND_ASSIGN(const DeviceRule rule, ParseDeviceRule(text));
    EXPECT_EQ(FormatDeviceRule(rule), text);
  }
  EXPECT_EQ(*ParseDeviceRule("c 10:* wr"), (DeviceRule{'c', 10, {}, "rw"}));
}

TEST(DeviceRule, RefusalNamesTheFieldAndItsRange) {
  const struct {
    std::string text;
    std::string reason;
  } cases[] = {
      {"", "must be \"TYPE MAJOR:MINOR PERMISSIONS\""},
      {"c 1:3", "must be \"TYPE"},
      {"c 1 rwm", "must be \"TYPE"},
      {"c  1:3 rwm", "must be \"TYPE"},
      {"c 1:3 rwm ", "must be \"TYPE"},
      {"c 1:3:4 rwm", "must be \"TYPE"},
      {"u 1:3 rwm", "type \"u\" must be c (character), b (block) or a (all)"},
      {"cb 1:3 rwm", "type \"cb\""},
      {"c 4096:3 rwm", "major number \"4096\" must be * or a whole number from 0 to 4095"},
      {"c -1:3 rwm", "major number \"-1\""},
      {"c 1:1048576 rwm", "minor number \"1048576\" must be * or a whole number from 0 to 1048575"},
      {"c 1: rwm", "minor number \"\""},
      {"c 1:3 rx", "permissions \"rx\""},
      {"c 1:3 rr", "permissions \"rr\""},
      {"a 1:3 rwm", "\"a *:* rwm\""},
      {"a *:* r", "\"a *:* rwm\""},
      {"c 1:3 rwm\n", "permissions \"rwm\\n\""},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseDeviceRule(c.text), IsErrorWith(Code::kInvalidArgument, c.reason)) << c.text;
  }
}

}  // namespace
}  // namespace isulad
