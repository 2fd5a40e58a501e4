#include "utils/json/reader.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::json {
namespace {

using test::IsErrorWith;

class ReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(value_, Parse(R"({
      "name": "web", "count": -3, "huge": 18446744073709551615, "on": true, "part": 1.5,
      "nothing": null, "names": ["a", "b"], "mixed": ["a", 1],
      "inner": {"memory": "much", "deeper": {"x": 1}},
      "list": [{"id": 1}, {"id": "two"}]})"));
  }

  Value value_;
  Reader reader_{value_, "config.json"};
};

TEST_F(ReaderTest, ReadsMembersOfEveryType) {
  EXPECT_EQ(reader_.String("name").value_or(""), "web");
  EXPECT_EQ(reader_.Int64("count").value_or(0), -3);
  EXPECT_EQ(reader_.Uint64("huge").value_or(0), UINT64_MAX);
  EXPECT_TRUE(reader_.Bool("on").value_or(false));
  EXPECT_EQ(reader_.Strings("names").value_or(std::vector<std::string>{}),
            (std::vector<std::string>{"a", "b"}));
}

TEST_F(ReaderTest, NeverCutsANumberToFit) {
  EXPECT_EQ(reader_.Int32("count", -3, -3).value_or(0), -3);
  EXPECT_THAT(reader_.Int32("count", 0, 255),
              IsErrorWith(Code::kInvalidArgument, "config.json: \"count\" must be from 0 to 255"));
  EXPECT_THAT(reader_.Int32("count", -9, -4), IsErrorWith(Code::kInvalidArgument, "\"count\""));
  EXPECT_THAT(reader_.Int32("huge", 0, 255), IsErrorWith(Code::kInvalidArgument, "too large"));
}

TEST_F(ReaderTest, CountsNullAsMissing) {
  EXPECT_TRUE(reader_.Has("name"));
  EXPECT_FALSE(reader_.Has("nothing"));
  EXPECT_FALSE(reader_.Has("absent"));
  for (const std::string key : {"nothing", "absent"}) {
    const std::string reason = "config.json: \"" + key + "\" is missing";
    EXPECT_THAT(reader_.String(key), IsErrorWith(Code::kInvalidArgument, reason));
    EXPECT_THAT(reader_.Child(key), IsErrorWith(Code::kInvalidArgument, reason));
    EXPECT_EQ(reader_.StringOr(key, "x").value_or(""), "x");
    EXPECT_EQ(reader_.Int64Or(key, 7).value_or(0), 7);
    EXPECT_EQ(reader_.Uint64Or(key, 7).value_or(0), 7u);
    EXPECT_TRUE(reader_.BoolOr(key, true).value_or(false));
    EXPECT_TRUE(reader_.Strings(key).value_or(std::vector<std::string>{"x"}).empty());
    ASSERT_OK_AND_ASSIGN(const std::vector<Reader> children, reader_.Children(key));
    EXPECT_TRUE(children.empty());
  }
}

TEST_F(ReaderTest, DoesNotTakeTheFallbackForAWrongType) {
  EXPECT_THAT(reader_.StringOr("count", "x"),
              IsErrorWith(Code::kInvalidArgument, "must be a string"));
  EXPECT_THAT(reader_.Int64Or("name", 1),
              IsErrorWith(Code::kInvalidArgument, "must be a whole number"));
  EXPECT_THAT(reader_.Uint64Or("part", 1),
              IsErrorWith(Code::kInvalidArgument, "must be a whole number"));
  EXPECT_THAT(reader_.BoolOr("name", true),
              IsErrorWith(Code::kInvalidArgument, "must be true or false"));
  EXPECT_THAT(reader_.Strings("mixed"),
              IsErrorWith(Code::kInvalidArgument, "must be an array of strings"));
  EXPECT_THAT(reader_.Strings("name"),
              IsErrorWith(Code::kInvalidArgument, "must be an array of strings"));
  EXPECT_THAT(reader_.Child("names"), IsErrorWith(Code::kInvalidArgument, "must be an object"));
  EXPECT_THAT(reader_.Children("inner"),
              IsErrorWith(Code::kInvalidArgument, "must be an array of objects"));
  EXPECT_THAT(reader_.Children("names"),
              IsErrorWith(Code::kInvalidArgument, "\"names[0]\" must be an object"));
}

TEST_F(ReaderTest, TellsTheRangeOfNumbers) {
  EXPECT_THAT(reader_.Int64("huge"), IsErrorWith(Code::kInvalidArgument, "\"huge\" is too large"));
  EXPECT_THAT(reader_.Uint64("count"),
              IsErrorWith(Code::kInvalidArgument, "\"count\" must not be negative"));
}

TEST_F(ReaderTest, NamesTheFullPath) {
  ASSERT_OK_AND_ASSIGN(const Reader inner, reader_.Child("inner"));
  EXPECT_THAT(
      inner.Int64("memory"),
      IsErrorWith(Code::kInvalidArgument, "config.json: \"inner.memory\" must be a whole number"));
  ASSERT_OK_AND_ASSIGN(const Reader deeper, inner.Child("deeper"));
  EXPECT_EQ(deeper.Int64("x").value_or(0), 1);
  EXPECT_THAT(deeper.Int64("y"),
              IsErrorWith(Code::kInvalidArgument, "\"inner.deeper.y\" is missing"));
  ASSERT_OK_AND_ASSIGN(const std::vector<Reader> list, reader_.Children("list"));
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].Int64("id").value_or(0), 1);
  EXPECT_THAT(list[1].Int64("id"), IsErrorWith(Code::kInvalidArgument, "\"list[1].id\" must be"));
  EXPECT_EQ(inner.Fault("memory", "is odd").message(), "config.json: \"inner.memory\" is odd");
}

TEST_F(ReaderTest, FindsUnknownKeys) {
  ASSERT_OK_AND_ASSIGN(const Reader inner, reader_.Child("inner"));
  EXPECT_OK(inner.CheckKeys({"memory", "deeper", "absent"}));
  EXPECT_THAT(inner.CheckKeys({"memory"}),
              IsErrorWith(Code::kInvalidArgument, "config.json: unknown key \"inner.deeper\""));
}

TEST(Reader, FailsAtTheFirstAccessWhereTheDocumentIsNoObject) {
  const Value value = Array{1};
  const Reader reader(value, "state.json");
  EXPECT_FALSE(reader.Has("a"));
  EXPECT_THAT(reader.StringOr("a", ""),
              IsErrorWith(Code::kInvalidArgument, "state.json: must be an object"));
  EXPECT_THAT(reader.CheckKeys({}), IsErrorWith(Code::kInvalidArgument, "must be an object"));
}

}  // namespace
}  // namespace isulad::json
