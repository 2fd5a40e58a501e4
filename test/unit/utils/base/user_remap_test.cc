#include "utils/base/user_remap.h"

#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

TEST(UserRemap, ReadsBackWhatItWrote) {
  for (const std::string text :
       {"100000:200000:65536", "1:1:1", "4294967294:1:1", "4294901759:4294901759:65536"}) {
    ASSERT_OK_AND_ASSIGN(const UserRemap remap, ParseUserRemap(text));
    EXPECT_EQ(FormatUserRemap(remap), text);
  }
  EXPECT_EQ(*ParseUserRemap("7:8:9"), (UserRemap{7, 8, 9}));
}

TEST(UserRemap, ContainsTheIdsBelowItsSize) {
  const UserRemap remap{100000, 100000, 10};
  EXPECT_TRUE(remap.Contains(0));
  EXPECT_TRUE(remap.Contains(9));
  EXPECT_FALSE(remap.Contains(10));
}

TEST(UserRemap, RefusalNamesTheFieldAndItsRange) {
  struct Bad {
    std::string text;
    std::string reason;
  };
  const std::string ids = " must be a whole number from 1 to 4294967294";
  const std::string sizes = " must be a whole number from 1 to 65536";
  for (const Bad& bad : {
           Bad{"", "user remap \"\" has not three fields: expected UID:GID:SIZE"},
           Bad{"1", "user remap \"1\" has not three fields"},
           Bad{"1:2", "user remap \"1:2\" has not three fields"},
           Bad{"1:2:3:4", "user remap \"1:2:3:4\" has not three fields"},
           Bad{"::", "user remap uid \"\"" + ids},
           Bad{"0:1:1", "user remap uid \"0\"" + ids},
           Bad{"1:0:1", "user remap gid \"0\"" + ids},
           Bad{"-1:1:1", "user remap uid \"-1\"" + ids},
           Bad{"+1:1:1", "user remap uid \"+1\"" + ids},
           Bad{" 1:1:1", "user remap uid \" 1\"" + ids},
           Bad{"1:0x1:1", "user remap gid \"0x1\"" + ids},
           Bad{"root:1:1", "user remap uid \"root\"" + ids},
           Bad{"4294967295:1:1", "user remap uid \"4294967295\"" + ids},
           Bad{"18446744073709551617:1:1", "user remap uid \"18446744073709551617\"" + ids},
           Bad{"1:1:0", "user remap size \"0\"" + sizes},
           Bad{"1:1:65537", "user remap size \"65537\"" + sizes},
           Bad{"1:1:1k", "user remap size \"1k\"" + sizes},
           Bad{"1:1:1\n", "user remap size \"1\\n\"" + sizes},
           Bad{"4294967294:1:2",
               "user remap uid \"4294967294\" with the size 2 goes beyond the largest id, "
               "4294967294"},
           Bad{"1:4294901760:65536", "user remap gid \"4294901760\" with the size 65536 goes"},
       }) {
    EXPECT_THAT(ParseUserRemap(bad.text), IsErrorWith(Code::kInvalidArgument, bad.reason));
  }
}

}  // namespace
}  // namespace isulad
