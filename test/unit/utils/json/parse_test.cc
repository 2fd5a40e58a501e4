#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "support/result_matchers.h"
#include "utils/json/value.h"

namespace isulad::json {
namespace {

using test::IsErrorWith;

Value Parsed(std::string_view text) {
  Result<Value> value = Parse(text);
  EXPECT_TRUE(test::IsOk(value)) << text;
  return value ? *std::move(value) : Value();
}

TEST(Parse, ReadsScalars) {
  EXPECT_TRUE(Parsed("null").IsNull());
  EXPECT_EQ(Parsed("true"), Value(true));
  EXPECT_EQ(Parsed(" false\n"), Value(false));
  EXPECT_EQ(Parsed("-12"), Value(-12));
  EXPECT_EQ(Parsed("1.5"), Value(1.5));
  EXPECT_EQ(Parsed("1e3"), Value(1000.0));
  EXPECT_EQ(Parsed("\"a\\u00e4\\n\""), Value("a\xc3\xa4\n"));
  EXPECT_EQ(Parsed("\"\\u0000\""), Value(std::string(1, '\0')));
}

TEST(Parse, KeepsAll64Bits) {
  EXPECT_EQ(Parsed("9223372036854775807"), Value(std::numeric_limits<int64_t>::max()));
  EXPECT_EQ(Parsed("-9223372036854775808"), Value(std::numeric_limits<int64_t>::min()));
  const Value largest = Parsed("18446744073709551615");
  ASSERT_NE(largest.AsUint64(), nullptr);
  EXPECT_EQ(*largest.AsUint64(), std::numeric_limits<uint64_t>::max());
}

TEST(Parse, RefusesNumbersOutOfRange) {
  for (const std::string text : {"18446744073709551616", "-9223372036854775809", "1e999"}) {
    EXPECT_THAT(Parse(text), IsErrorWith(Code::kInvalidArgument, "number out of range")) << text;
  }
}

TEST(Parse, ReadsContainersInOrder) {
  const Value value = Parsed(R"({"b": [1, "two", {}], "a": {"c": null}})");
  const Object* object = value.AsObject();
  ASSERT_NE(object, nullptr);
  ASSERT_EQ(object->size(), 2u);
  EXPECT_EQ(object->members()[0].first, "b");
  EXPECT_EQ(object->members()[0].second, Value(Array{1, "two", Object()}));
  EXPECT_TRUE(object->Find("a")->AsObject()->Find("c")->IsNull());
}

TEST(Parse, RefusesWhatIsNotOneJsonText) {
  for (const std::string text :
       {"",    "  ",  "{",   "[1",    "[1,]",   "{\"a\":1,}", "{\"a\"}", "{a:1}",
        "tru", "'a'", "1 2", "{} {}", "[] x",   "01",         "+1",      "1.",
        ".5",  "-",   "NaN", "\"a",   "\"\n\"", "\"\\x\"",    "// c\n1", "/* c */ 1"}) {
    EXPECT_THAT(Parse(text), IsErrorWith(Code::kInvalidArgument, "line ")) << text;
  }
}

TEST(Parse, RefusesInvalidUtf8) {
  for (const std::string text : {"\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\""}) {
    EXPECT_THAT(Parse(text), IsErrorWith(Code::kInvalidArgument, "line 1, column 2: not UTF-8"));
  }
}

TEST(Parse, TakesSurrogatesInPairsOnly) {
  EXPECT_EQ(Parsed(R"("\ud83d\ude00")"), Value("\xf0\x9f\x98\x80"));
  EXPECT_EQ(Parsed(R"("\\udc00 \"\\\\ud800")"), Value(R"(\udc00 "\\ud800)"));
  for (const std::string text :
       {R"("\udc00")", R"("\ud800")", R"("\uD800x")", R"("\ud800\n")", R"("\ud800\ud800\udc00")"}) {
    EXPECT_THAT(Parse(text),
                IsErrorWith(Code::kInvalidArgument, "line 1, column 2: half a surrogate pair"))
        << text;
  }
}

TEST(Parse, RefusesDuplicateKeysOfOneObjectOnly) {
  EXPECT_THAT(Parse(R"({"a": 1, "a": 2})"),
              IsErrorWith(Code::kInvalidArgument, "duplicate key \"a\""));
  EXPECT_THAT(Parse(R"([{"a": 1, "\u0061": 2}])"),
              IsErrorWith(Code::kInvalidArgument, "duplicate key \"a\""));
  EXPECT_TRUE(Parse(R"([{"a": {"a": 1}}, {"a": 2}])").has_value());
}

TEST(Parse, TellsThePlaceOfTheFault) {
  EXPECT_THAT(Parse("{\n  \"a\": 1,\n  \"a\": 2\n}"),
              IsErrorWith(Code::kInvalidArgument, "line 3, column "));
  EXPECT_THAT(Parse("[1, x]"), IsErrorWith(Code::kInvalidArgument, "line 1, column "));
}

TEST(Parse, HoldsToTheLimitOfDepth) {
  ParseLimits limits;
  limits.max_depth = 3;
  EXPECT_TRUE(Parse("[[[1]]]", limits).has_value());
  EXPECT_THAT(Parse("[[[[1]]]]", limits),
              IsErrorWith(Code::kInvalidArgument, "nested deeper than 3"));
  const std::string deep(100000, '[');
  EXPECT_THAT(Parse(deep), IsErrorWith(Code::kInvalidArgument, "nested deeper than 64"));
}

TEST(Parse, HoldsToTheLimitOfSize) {
  ParseLimits limits;
  limits.max_bytes = 4;
  EXPECT_TRUE(Parse("1234", limits).has_value());
  EXPECT_THAT(Parse("12345", limits), IsErrorWith(Code::kInvalidArgument, "longer than 4 bytes"));
}

}  // namespace
}  // namespace isulad::json
