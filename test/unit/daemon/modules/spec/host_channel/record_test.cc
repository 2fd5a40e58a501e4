#include "daemon/modules/spec/host_channel/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::host_channel {
namespace {

using isulad::test::IsErrorWith;

const std::string kId(64, 'a');

Record TestRecord() {
  Record record;
  record.id = kId;
  record.host_path = "/srv/a \"b\"";
  record.size = 8192;
  record.options.share = true;
  record.options.symlinks = true;
  record.owners = {{{"owner-1", "web"}, "/c\\040", Access::kReadOnly, 3}};
  record.identities = {"1-ab-7.9"};
  return record;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Record, IsReadBackAsItWasWritten) {
  for (const bool plain : {false, true}) {
    Record record = TestRecord();
    if (plain) {
      record.options = {};
      record.identities.clear();
      record.owners.push_back({{"owner-2", "db"}, "/d", Access::kReadWrite, 0});
    }
    const Result<Record> again = ParseRecord(SerializeRecord(record), kId);
    ASSERT_OK(again);
    EXPECT_EQ(*again, record);
  }
}

TEST(Record, DoesNotKeepWhatChangesWithoutASync) {
  Record record = TestRecord();
  record.started = true;
  record.removing = true;
  EXPECT_EQ(SerializeRecord(record), SerializeRecord(TestRecord()));
}

TEST(Record, OfVersion1IsRead) {
  const std::string text = R"({"Version": 1, "Id": ")" + kId + R"(",
      "Owners": [{"Id": "owner-1", "Name": "web"}], "Position": 3, "PathOnHost": "/srv/a",
      "PathInContainer": "/c", "Permissions": "ro", "Size": 8192, "Options": ["symlinks"],
      "Identities": ["1-ab-7.9"], "PreviousSize": 4096})";
  Record expected = TestRecord();
  expected.host_path = "/srv/a";
  expected.options.share = false;
  expected.owners.front().container_path = "/c";
  expected.previous_size = 4096;
  const Result<Record> record = ParseRecord(text, kId);
  ASSERT_OK(record);
  EXPECT_EQ(*record, expected);
}

TEST(Record, IsRefusedWhereAnOwnerStandsThereTwice) {
  Record record = TestRecord();
  record.owners.push_back(record.owners.front());
  EXPECT_THAT(ParseRecord(SerializeRecord(record), kId),
              IsErrorWith(Code::kInvalidArgument, "holds \"owner-1\" twice"));
}

TEST(Record, IsRefusedWhereAMemberIsWrong) {
  const std::string good = SerializeRecord(TestRecord());
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"\"Version\": 2", "\"Version\": 3"},
      {"\"Version\": 2", "\"Version\": 0"},
      {"\"Version\": 2", "\"Version\": 1"},
      {"\"Version\": 2", "\"Version\": \"2\""},
      {"\"Id\": \"aaaa", "\"Id\": \"baaa"},
      {"\"Owners\"", "\"Others\""},
      {"\"owner-1\"", "7"},
      {"\"Position\": 3", "\"Position\": -3"},
      {"\"/srv/a", "\"srv/a"},
      {"\"/srv/a", "\"/srv/../a"},
      {"\"/srv/a", "\"/srv//a"},
      {"\"/c", "\"c"},
      {"\"ro\"", "\"rx\""},
      {"\"Size\": 8192", "\"Size\": 0"},
      {"\"Size\": 8192", "\"Size\": -1"},
      {"\"Size\": 8192", "\"Size\": 1e99"},
      {"\"symlinks\"", "\"x\""},
      {"\"symlinks\"", "\"share\""},
      {"\"1-ab-7.9\"", "1"},
  };
  for (const auto& [from, to] : cases) {
    EXPECT_THAT(ParseRecord(Replaced(good, from, to), kId),
                IsErrorWith(Code::kInvalidArgument, "channel.json"))
        << from << " -> " << to;
  }
}

TEST(Record, IsRefusedWhereItIsNoJsonObject) {
  const std::string good = SerializeRecord(TestRecord());
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("null"), std::string("\0\0\0", 3),
        good.substr(0, good.size() / 2), good + "}"}) {
    EXPECT_FALSE(ParseRecord(text, kId)) << text;
  }
}

TEST(Record, IsRefusedUnderAnotherId) {
  EXPECT_THAT(ParseRecord(SerializeRecord(TestRecord()), std::string(64, 'b')),
              IsErrorWith(Code::kInvalidArgument, "is not the name of the record's directory"));
}

}  // namespace
}  // namespace isulad::host_channel
