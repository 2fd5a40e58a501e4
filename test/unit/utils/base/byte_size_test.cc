#include "utils/base/byte_size.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();

void ExpectSize(std::string_view text, uint64_t expected) {
  const Result<uint64_t> size = ParseByteSize(text);
  ASSERT_TRUE(test::IsOk(size)) << text;
  EXPECT_EQ(*size, expected) << text;
}

TEST(ParseByteSize, ReadsEveryUnitInEitherCase) {
  ExpectSize("0", 0);
  ExpectSize("4096", 4096);
  ExpectSize("4096b", 4096);
  ExpectSize("64k", 64u << 10);
  ExpectSize("64K", 64u << 10);
  ExpectSize("32M", 32u << 20);
  ExpectSize("1g", uint64_t{1} << 30);
  ExpectSize("2T", uint64_t{2} << 40);
}

TEST(ParseByteSize, TakesLongUnitsAsPowersOf1024) {
  ExpectSize("32MiB", 32u << 20);
  ExpectSize("32MB", 32u << 20);
  ExpectSize("32mib", 32u << 20);
  ExpectSize("1kb", 1024);
}

TEST(ParseByteSize, RefusesWhatIsNotAWholeNumber) {
  for (const std::string text :
       {"", "M", "-1", "+1", "1.5M", "1,5M", " 32M", "32 M", "32M ", "0x10"}) {
    EXPECT_FALSE(ParseByteSize(text).has_value()) << text;
  }
  EXPECT_THAT(ParseByteSize(""), IsErrorWith(Code::kInvalidArgument, "not a whole number"));
  EXPECT_THAT(ParseByteSize("-1"), IsErrorWith(Code::kInvalidArgument, "not a whole number"));
  EXPECT_THAT(ParseByteSize("1.5M"), IsErrorWith(Code::kInvalidArgument, "not a whole number"));
  EXPECT_THAT(ParseByteSize("32 M"), IsErrorWith(Code::kInvalidArgument, "not a whole number"));
}

TEST(ParseByteSize, NamesAnUnknownUnit) {
  EXPECT_THAT(ParseByteSize("32x"), IsErrorWith(Code::kInvalidArgument, "unknown unit \"x\""));
  EXPECT_THAT(ParseByteSize("32Mi"), IsErrorWith(Code::kInvalidArgument, "unknown unit \"Mi\""));
  EXPECT_THAT(ParseByteSize("32bb"), IsErrorWith(Code::kInvalidArgument, "unknown unit \"bb\""));
  EXPECT_THAT(ParseByteSize("1p"), IsErrorWith(Code::kInvalidArgument, "unknown unit \"p\""));
}

TEST(ParseByteSize, RefusesMoreThan64Bits) {
  ExpectSize("18446744073709551615", kMax);
  ExpectSize("16777215T", uint64_t{16777215} << 40);
  EXPECT_THAT(ParseByteSize("18446744073709551616"),
              IsErrorWith(Code::kInvalidArgument, "too large"));
  EXPECT_THAT(ParseByteSize("16777216T"), IsErrorWith(Code::kInvalidArgument, "too large"));
}

TEST(FormatByteSize, TakesTheLargestUnitThatIsExact) {
  EXPECT_EQ(FormatByteSize(0), "0");
  EXPECT_EQ(FormatByteSize(1023), "1023");
  EXPECT_EQ(FormatByteSize(4097), "4097");
  EXPECT_EQ(FormatByteSize(33554432), "32M");
  EXPECT_EQ(FormatByteSize(uint64_t{3} << 50), "3072T");
}

TEST(FormatByteSize, IsReadBackAsTheSameNumber) {
  for (const uint64_t bytes :
       {uint64_t{1}, uint64_t{4096}, uint64_t{5} << 30, uint64_t{1} << 63, kMax}) {
    ExpectSize(FormatByteSize(bytes), bytes);
  }
}

TEST(RoundUpToPage, RoundsUpAndKeepsMultiples) {
  EXPECT_EQ(RoundUpToPage(0, 4096).value_or(1), 0u);
  EXPECT_EQ(RoundUpToPage(1, 4096).value_or(0), 4096u);
  EXPECT_EQ(RoundUpToPage(4096, 4096).value_or(0), 4096u);
  EXPECT_EQ(RoundUpToPage(4097, 65536).value_or(0), 65536u);
}

TEST(RoundUpToPage, RefusesOverflow) {
  EXPECT_EQ(RoundUpToPage(kMax - 4095, 4096).value_or(0), kMax - 4095);
  EXPECT_THAT(RoundUpToPage(kMax - 4094, 4096), IsErrorWith(Code::kInvalidArgument, "too large"));
}

}  // namespace
}  // namespace isulad
