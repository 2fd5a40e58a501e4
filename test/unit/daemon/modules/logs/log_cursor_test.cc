#include "daemon/modules/logs/log_cursor.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "support/result_matchers.h"

namespace isulad::logs {
namespace {

constexpr uint64_t kLargest = ~uint64_t{0};

TEST(LogCursor, ReadsBackWhatWasWritten) {
  for (const LogCursor& cursor :
       {LogCursor{}, LogCursor{1, 2, 3, true, false}, LogCursor{0, kLargest, kLargest, false, true},
        LogCursor{kLargest, 1, 0, true, true}}) {
    ASSERT_OK_AND_ASSIGN(const LogCursor read, ParseCursor(FormatCursor(cursor)));
    EXPECT_EQ(read, cursor);
  }
}

TEST(LogCursor, RefusesAllElse) {
  for (const std::string text : {"", "1", "1.2.3.4", "1.2.3.4.4", "2.2.3.4.1", "1.2.3.4.1.0",
                                 "1.2.3.-4.1", "1.2.x.4.1", "1.2.3.18446744073709551616.0"}) {
    EXPECT_THAT(ParseCursor(text), test::IsErrorWith(Code::kInvalidArgument, "not a place"))
        << text;
  }
}

// Clients hold cursors over the restart of a daemon, which may be another version then.
TEST(LogCursor, KeepsItsFormAndHash) {
  EXPECT_EQ(FormatCursor({7, 8, 9, true, true}), "1.7.8.9.3");
  EXPECT_EQ(HashOfLine("isulad"), uint64_t{0x1e04a77e9f24561});
  EXPECT_NE(HashOfLine(""), 0u);
}

}  // namespace
}  // namespace isulad::logs
