#include "utils/base/ids.h"

#include <gtest/gtest.h>

#include <string>

namespace isulad {
namespace {

TEST(IsValidId, TakesExactly64LowerHexDigits) {
  EXPECT_TRUE(IsValidId(std::string(64, 'a')));
  EXPECT_FALSE(IsValidId(std::string(63, 'a')));
  EXPECT_FALSE(IsValidId(std::string(65, 'a')));
  EXPECT_FALSE(IsValidId(std::string(64, 'A')));
  EXPECT_FALSE(IsValidId(std::string(64, 'g')));
}

TEST(IsIdPrefix, TakesOneTo64Digits) {
  EXPECT_TRUE(IsIdPrefix("0"));
  EXPECT_TRUE(IsIdPrefix(std::string(64, 'f')));
  EXPECT_FALSE(IsIdPrefix(""));
  EXPECT_FALSE(IsIdPrefix(std::string(65, 'f')));
  EXPECT_FALSE(IsIdPrefix("0x"));
}

TEST(ShortId, IsTheFirstTwelveDigits) {
  EXPECT_EQ(ShortId("0123456789abcdef"), "0123456789ab");
  EXPECT_EQ(ShortId("012"), "012");
}

TEST(IsValidName, HoldsToTheAlphabet) {
  EXPECT_TRUE(IsValidName("web_1.a-b"));
  EXPECT_TRUE(IsValidName("7"));
  EXPECT_TRUE(IsValidName(std::string(255, 'n')));
  EXPECT_FALSE(IsValidName(std::string(256, 'n')));
  for (const std::string name : {"", ".a", "-a", "_a", "a b", "a/b", "a\n", "\xc3\xa4"}) {
    EXPECT_FALSE(IsValidName(name)) << name;
  }
}

TEST(HexEncode, WritesTwoLowerDigitsAByte) {
  EXPECT_EQ(HexEncode(""), "");
  EXPECT_EQ(HexEncode(std::string_view("\x00\x0f\xa5\xff", 4)), "000fa5ff");
}

}  // namespace
}  // namespace isulad
