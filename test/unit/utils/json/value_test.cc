#include "utils/json/value.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace isulad::json {
namespace {

TEST(Object, ReplacesAMemberInItsPlace) {
  Object object;
  object.Set("a", 1);
  object.Set("b", 2);
  object.Set("a", 3) = 4;
  ASSERT_EQ(object.size(), 2u);
  EXPECT_EQ(object.members()[0].first, "a");
  EXPECT_EQ(*object.Find("a"), Value(4));
  EXPECT_EQ(object.Find("c"), nullptr);
}

TEST(Object, IsEqualInWhateverOrder) {
  Object one;
  one.Set("a", 1);
  one.Set("b", 2);
  Object other;
  other.Set("b", 2);
  EXPECT_NE(Value(one), Value(other));
  other.Set("a", 1);
  EXPECT_EQ(Value(one), Value(other));
  other.Set("a", 5);
  EXPECT_NE(Value(one), Value(other));
}

TEST(Value, KeepsSmallUnsignedNumbersAsSigned) {
  EXPECT_EQ(Value(uint64_t{7}), Value(7));
  EXPECT_NE(Value(uint64_t{7}).AsInt64(), nullptr);
  EXPECT_NE(Value(uint64_t{1} << 63).AsUint64(), nullptr);
  EXPECT_EQ(Value(uint64_t{1} << 63).AsInt64(), nullptr);
}

TEST(Value, TellsItsTypeApart) {
  EXPECT_EQ(Value("1").AsInt64(), nullptr);
  EXPECT_EQ(Value(1).AsBool(), nullptr);
  EXPECT_NE(Value(true).AsBool(), nullptr);
  EXPECT_TRUE(Value().IsNull());
  EXPECT_EQ(Value(std::vector<std::string>{"a", "b"}), Value(Array{"a", "b"}));
}

}  // namespace
}  // namespace isulad::json
