#include "cmd/isulad-shim/log_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace isulad::monitor {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Timestamp kTime{1'000'000'005};

std::vector<std::string> Split(const std::vector<std::string>& chunks) {
  LineSplitter splitter;
  std::vector<std::string> texts;
  const auto emit = [&texts](std::string_view text) { texts.emplace_back(text); };
  for (const std::string& chunk : chunks) {
    splitter.Feed(chunk, emit);
  }
  texts.emplace_back("flush");
  splitter.Flush(emit);
  return texts;
}

TEST(EncodeLogEntry, WritesTextStreamAndTime) {
  EXPECT_EQ(
      EncodeLogEntry(false, "hello\n", kTime),
      "{\"log\":\"hello\\n\",\"stream\":\"stdout\",\"time\":\"1970-01-01T00:00:01.000000005Z\"}\n");
  EXPECT_THAT(EncodeLogEntry(true, "x", kTime), HasSubstr("\"stream\":\"stderr\""));
}

TEST(FileNumberOf, ReadsBackTheNumberOfAFirstEntry) {
  const std::string entry = EncodeLogEntry(false, "hello\n", kTime);
  EXPECT_EQ(WithFileNumber(entry, 12), "{\"file\":12," + entry.substr(1));
  EXPECT_EQ(FileNumberOf(WithFileNumber(entry, ~uint64_t{0}).substr(0, kFileNumberBytes)),
            ~uint64_t{0});
  for (const std::string& other : {entry, std::string(), std::string("{\"file\":12"),
                                   std::string("{\"file\":x,\"log\":\"\"}")}) {
    EXPECT_EQ(FileNumberOf(other), 0u) << other;
  }
}

TEST(EncodeLogEntry, EscapesWhatJsonCannotHold) {
  EXPECT_THAT(EncodeLogEntry(false, "\"\\\t\r\x1b\x7f", kTime),
              HasSubstr("\"log\":\"\\\"\\\\\\t\\r\\u001b\\u007f\""));
  EXPECT_THAT(EncodeLogEntry(false, std::string("a\0b", 3), kTime), HasSubstr("a\\u0000b"));
}

TEST(EncodeLogEntry, KeepsUtf8AndReplacesOtherBytes) {
  EXPECT_THAT(EncodeLogEntry(false, "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", kTime),
              HasSubstr("\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\""));
  EXPECT_THAT(EncodeLogEntry(false, "a\xff\xc3", kTime), HasSubstr("\"a\\ufffd\\ufffd\""));
  EXPECT_THAT(EncodeLogEntry(false, "\xed\xa0\x80", kTime), HasSubstr("\"\\ufffd\\ufffd\\ufffd\""));
}

TEST(EncodeLogEntry, AddsTheBytesOfATextThatIsNotUtf8) {
  EXPECT_EQ(EncodeLogEntry(false, "caf\xe9\n", kTime),
            "{\"log\":\"caf\\ufffd\\n\",\"stream\":\"stdout\","
            "\"time\":\"1970-01-01T00:00:01.000000005Z\",\"b64\":\"Y2Fm6Qo=\"}\n");
  EXPECT_THAT(EncodeLogEntry(false, "caf\xc3\xa9\n", kTime), Not(HasSubstr("b64")));
}

TEST(LineSplitter, EmitsWholeLinesAndKeepsTheRest) {
  EXPECT_THAT(Split({"a\nb\nc"}), ElementsAre("a\n", "b\n", "flush", "c"));
}

TEST(LineSplitter, JoinsChunksOfOneLine) {
  EXPECT_THAT(Split({"he", "llo", "\n"}), ElementsAre("hello\n", "flush"));
}

TEST(LineSplitter, KeepsEmptyLines) {
  EXPECT_THAT(Split({"\n\n"}), ElementsAre("\n", "\n", "flush"));
}

TEST(LineSplitter, CutsLineThatIsTooLong) {
  const std::string most(kMaxLogText, 'x');
  EXPECT_THAT(Split({most + "y\n"}), ElementsAre(most, "y\n", "flush"));
}

TEST(LineSplitter, WaitsWhenTextIsAsLongAsAllowed) {
  const std::string most(kMaxLogText, 'x');
  EXPECT_THAT(Split({most}), ElementsAre("flush", most));
}

TEST(LineSplitter, NeverCutsWithinACharacter) {
  const std::string before(kMaxLogText - 1, 'x');
  EXPECT_THAT(Split({before + "\xe2\x82\xac\n"}), ElementsAre(before, "\xe2\x82\xac\n", "flush"));
}

TEST(LineSplitter, CutsBytesThatAreNoCharacters) {
  const std::string bytes(kMaxLogText + 1, '\x80');
  EXPECT_THAT(Split({bytes}), ElementsAre(bytes.substr(1), "flush", "\x80"));
}

}  // namespace
}  // namespace isulad::monitor
