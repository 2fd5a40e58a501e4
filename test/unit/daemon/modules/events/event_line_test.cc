#include "daemon/modules/events/event_line.h"

#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"
#include "utils/base/strings.h"

namespace isulad::events {
namespace {

using test::IsErrorWith;

Entry Sample() {
  return {7,
          {{1'767'323'045'000'000'006},
           EventType::kDie,
           std::string(64, 'a'),
           "web",
           {{"image", "none"}, {"exitCode", "137"}}}};
}

TEST(EventType, HasANameThatLeadsBackToIt) {
  for (int i = 0; i <= static_cast<int>(EventType::kHealthUnhealthy); ++i) {
    const auto type = static_cast<EventType>(i);
    EXPECT_EQ(ParseType(TypeName(type)), type);
  }
  EXPECT_EQ(ParseType("nosuch"), std::nullopt);
  EXPECT_EQ(ParseType(""), std::nullopt);
}

TEST(EventLine, HasTheDocumentedForm) {
  EXPECT_EQ(FormatEntry(Sample()),
            "{\"Seq\":7,\"Time\":1767323045000000006,\"Type\":\"die\",\"Id\":\"" +
                std::string(64, 'a') +
                "\",\"Name\":\"web\",\"Attributes\":{\"image\":\"none\",\"exitCode\":\"137\"}}\n");
  EXPECT_EQ(FormatHeader({5}), "{\"Version\":1,\"Since\":5}\n");
}

TEST(EventLine, IsReadBackAsWritten) {
  std::string line = FormatEntry(Sample());
  line.pop_back();
  ASSERT_OK_AND_ASSIGN(const Entry entry, ParseEntry(line));
  EXPECT_EQ(entry, Sample());
  ASSERT_OK_AND_ASSIGN(const Timestamp since, ParseHeader("{\"Version\":1,\"Since\":5}"));
  EXPECT_EQ(since, Timestamp{5});
}

TEST(EventLine, StaysOneLineWhateverTheTextsAre) {
  Entry entry = Sample();
  entry.event.name = "a\nb\xff\"";
  std::string line = FormatEntry(entry);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  line.pop_back();
  ASSERT_OK_AND_ASSIGN(const Entry read, ParseEntry(line));
  EXPECT_EQ(read.event.name, "a\nb\xef\xbf\xbd\"");
}

TEST(EventLine, RefusesWhatIsNoEvent) {
  for (const char* line :
       {"", "{", "[]", "{}", "7",
        R"({"Seq":1,"Time":2,"Type":"nosuch","Id":"a","Name":"b","Attributes":{}})",
        R"({"Seq":-1,"Time":2,"Type":"die","Id":"a","Name":"b","Attributes":{}})",
        R"({"Seq":1,"Time":"2","Type":"die","Id":"a","Name":"b","Attributes":{}})",
        R"({"Seq":1,"Time":2,"Type":"die","Id":"a","Name":"b","Attributes":{"x":1}})",
        R"({"Seq":1,"Time":2,"Type":"die","Id":"a","Name":"b","Attributes":[]})",
        R"({"Seq":1,"Time":2,"Type":"die","Id":"a","Name":"b"})"}) {
    EXPECT_THAT(ParseEntry(line), IsErrorWith(Code::kInvalidArgument, "")) << line;
  }
  EXPECT_THAT(ParseHeader(R"({"Version":2,"Since":5})"),
              IsErrorWith(Code::kInvalidArgument, "Version"));
  EXPECT_THAT(ParseHeader(R"({"Version":1})"), IsErrorWith(Code::kInvalidArgument, "Since"));
}

TEST(EventLine, IsNeverLongerThanABlock) {
  Event event = Sample().event;
  event.id = event.name = std::string(10 * kMaxTextBytes, '\x01');
  event.attributes.clear();
  for (int i = 0; i < 100; ++i) {
    event.attributes.push_back({std::to_string(i) + std::string(1000, '\x01'), event.name});
  }
  const Event bounded = Bounded(event);
  EXPECT_EQ(bounded.attributes.size(), kMaxAttributes);
  EXPECT_LE(FormatEntry({UINT64_MAX, bounded}).size(), kMaxLineBytes);
}

TEST(EventLine, CutsTextsBetweenCharacters) {
  Event event = Sample().event;
  event.name = std::string(kMaxTextBytes - 1, 'x') + "\u00e9";
  const Event bounded = Bounded(event);
  EXPECT_EQ(bounded.name, std::string(kMaxTextBytes - 1, 'x'));
  EXPECT_TRUE(IsValidUtf8(bounded.name));
}

}  // namespace
}  // namespace isulad::events
