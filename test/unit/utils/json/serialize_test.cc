#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "support/result_matchers.h"
#include "utils/json/value.h"

namespace isulad::json {
namespace {

Object Sample() {
  Object inner;
  inner.Set("empty", Object());
  Object object;
  object.Set("z", Array{1, "two", 2.5});
  object.Set("a", inner);
  object.Set("none", Array());
  return object;
}

TEST(Serialize, WritesCompactTextInTheOrderOfMembers) {
  EXPECT_EQ(Serialize(Sample()), R"({"z":[1,"two",2.5],"a":{"empty":{}},"none":[]})");
}

TEST(Serialize, IndentsByFourSpacesAndEndsTheLine) {
  EXPECT_EQ(Serialize(Sample(), Style::kIndented),
            "{\n"
            "    \"z\": [\n"
            "        1,\n"
            "        \"two\",\n"
            "        2.5\n"
            "    ],\n"
            "    \"a\": {\n"
            "        \"empty\": {}\n"
            "    },\n"
            "    \"none\": []\n"
            "}\n");
}

TEST(Serialize, WritesNumbersThatReadBackAsTheyWere) {
  for (const Value& value : {Value(0), Value(-1), Value(std::numeric_limits<int64_t>::min()),
                             Value(std::numeric_limits<uint64_t>::max()), Value(0.1), Value(1.0),
                             Value(1e300), Value(-2.5)}) {
    ASSERT_OK_AND_ASSIGN(const Value read, Parse(Serialize(value)));
    EXPECT_EQ(read, value) << Serialize(value);
  }
  EXPECT_EQ(Serialize(0.1), "0.1");
}

TEST(Serialize, WritesNullForWhatIsNoNumber) {
  EXPECT_EQ(Serialize(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(Serialize(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(Serialize, RepairsInvalidUtf8) {
  EXPECT_EQ(Serialize("a\xff\xc3z"), "\"a\xef\xbf\xbd\xef\xbf\xbdz\"");
  Object object;
  object.Set("\xff", 1);
  EXPECT_EQ(Serialize(object), "{\"\xef\xbf\xbd\":1}");
}

TEST(Serialize, EndsWhereValuesNestTooDeeply) {
  Value value = "bottom";
  for (int i = 0; i < 150; ++i) {
    value = Array{std::move(value)};
  }
  const std::string expected = std::string(100, '[') + "null" + std::string(100, ']');
  EXPECT_EQ(Serialize(value), expected);
}

TEST(QuoteString, EscapesWhatJsonAsksFor) {
  EXPECT_EQ(QuoteString(""), "\"\"");
  EXPECT_EQ(QuoteString("a/b \"c\" \\ \xc3\xa4"), "\"a/b \\\"c\\\" \\\\ \xc3\xa4\"");
  EXPECT_EQ(QuoteString("\n\x01"), "\"\\n\\u0001\"");
  EXPECT_EQ(QuoteString(std::string_view("\0", 1)), "\"\\u0000\"");
}

}  // namespace
}  // namespace isulad::json
