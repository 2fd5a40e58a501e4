#include "utils/base/strings.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace isulad {
namespace {

using Views = std::vector<std::string_view>;

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(Split("", ':'), Views{""});
  EXPECT_EQ(Split("a", ':'), Views{"a"});
  EXPECT_EQ(Split("a:b::", ':'), (Views{"a", "b", "", ""}));
}

TEST(Join, PutsTheSeparatorBetween) {
  EXPECT_EQ(Join({}, ", "), "");
  EXPECT_EQ(Join({"a"}, ", "), "a");
  EXPECT_EQ(Join({"a", "", "b"}, ", "), "a, , b");
}

TEST(Trim, LooksAtBothEndsOnly) {
  EXPECT_EQ(Trim(" \t a b \n"), "a b");
  EXPECT_EQ(Trim(" \n"), "");
  EXPECT_EQ(Trim(""), "");
}

TEST(ParseUint64, TakesDigitsOnly) {
  EXPECT_EQ(ParseUint64("0"), 0u);
  EXPECT_EQ(ParseUint64("007"), 7u);
  EXPECT_EQ(ParseUint64("18446744073709551615"), std::numeric_limits<uint64_t>::max());
  for (const std::string text :
       {"", "-1", "+1", " 1", "1 ", "0x1", "1.0", "18446744073709551616"}) {
    EXPECT_EQ(ParseUint64(text), std::nullopt) << text;
  }
}

TEST(ParseInt64, TakesAMinusSign) {
  EXPECT_EQ(ParseInt64("-9223372036854775808"), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(ParseInt64("9223372036854775807"), std::numeric_limits<int64_t>::max());
  for (const std::string text : {"", "-", "--1", "+1", "9223372036854775808"}) {
    EXPECT_EQ(ParseInt64(text), std::nullopt) << text;
  }
}

TEST(IsValidUtf8, TakesEveryLengthUpToFour) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"));
  EXPECT_TRUE(IsValidUtf8("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf"));
}

TEST(IsValidUtf8, RefusesOverlongFormsSurrogatesAndStumps) {
  for (const std::string text :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc3", "\xe2\x82", "\xe2\x28\xa1", "a\xff"}) {
    EXPECT_FALSE(IsValidUtf8(text));
  }
}

TEST(Utf8SequenceLength, LooksAtTheFirstCharacterOnly) {
  EXPECT_EQ(Utf8SequenceLength(""), 0u);
  EXPECT_EQ(Utf8SequenceLength("a\xff"), 1u);
  EXPECT_EQ(Utf8SequenceLength("\xe2\x82\xac\xff"), 3u);
  EXPECT_EQ(Utf8SequenceLength("\xff\x61"), 0u);
}

TEST(HasControlCharacter, FindsC0AndDel) {
  EXPECT_FALSE(HasControlCharacter("a b\xc3\xa4"));
  EXPECT_TRUE(HasControlCharacter("a\tb"));
  EXPECT_TRUE(HasControlCharacter("\x7f"));
  EXPECT_TRUE(HasControlCharacter(std::string_view("a\0", 2)));
}

TEST(Quote, KeepsPrintableText) {
  EXPECT_EQ(Quote(""), "\"\"");
  EXPECT_EQ(Quote("a b/\xc3\xa4"), "\"a b/\xc3\xa4\"");
}

TEST(Quote, EscapesWhatWouldBreakTheLine) {
  EXPECT_EQ(Quote("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(Quote("\n\r\t\x1b\x7f"), R"("\n\r\t\x1b\x7f")");
  EXPECT_EQ(Quote("\xff\xc3"), R"("\xff\xc3")");
  EXPECT_EQ(Quote("\xc2\x9b"), R"("\xc2\x9b")");
  EXPECT_EQ(Quote(std::string_view("\0", 1)), R"("\x00")");
}

}  // namespace
}  // namespace isulad
