#include "daemon/modules/logs/log_entry.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace isulad::logs {
namespace {

constexpr char kTime[] = "2026-01-02T03:04:05.000000006Z";

std::string Line(const std::string& log, const std::string& more = "") {
  return R"({"log":")" + log + R"(","stream":"stdout","time":")" + kTime + "\"" + more + "}";
}

// Both ways give this.
void ExpectOwn(const std::string& line, const LogEntry& entry) {
  EXPECT_EQ(DecodeOwnForm(line), entry) << line;
  EXPECT_EQ(DecodeJson(line), entry) << line;
}

TEST(DecodeOwnForm, ReadsWhatOurMonitorWrites) {
  ExpectOwn(Line("hello\\n"), {false, "hello\n", kTime});
  ExpectOwn(Line(""), {false, "", kTime});
  ExpectOwn(R"({"file":12,"log":"x","stream":"stderr","time":""})", {true, "x", ""});
}

TEST(DecodeOwnForm, ReadsEscapesAndOtherScriptsWhereverTheyStand) {
  for (size_t before = 0; before < 20; ++before) {
    const std::string plain(before, 'x');
    ExpectOwn(Line(plain + R"(\"\\\n\r\t\u0000\u001b\u007f\ufffd)" + plain),
              {false, plain + "\"\\\n\r\t" + std::string(1, '\0') + "\x1b\x7f\xef\xbf\xbd" + plain,
               kTime});
    ExpectOwn(Line(plain + "ü€😀" + plain), {false, plain + "ü€😀" + plain, kTime});
  }
}

TEST(DecodeOwnForm, TakesTheBytesOfATextThatIsNotUtf8) {
  ExpectOwn(Line("caf\\ufffd\\n", R"(,"b64":"Y2Fm6Qo=")"), {false, "caf\xe9\n", kTime});
  ExpectOwn(Line("x", R"(,"b64":"Y2Fm6Q")"), {false, "x", kTime});  // damaged
}

// Whether these are entries is for the JSON parser to say.
TEST(DecodeOwnForm, LeavesAllElseAlone) {
  for (const std::string& line :
       {std::string(),
        std::string("{}"),
        Line("x") + " ",
        Line("x") + Line("x"),
        " " + Line("x"),
        Line("\\u00e9"),
        Line("\\u00g0"),
        Line("\\/"),
        Line("\\b"),
        Line("\\"),
        Line("\xe9"),
        Line("\xc0\x80"),
        Line("\x01"),
        Line("\t"),
        Line("x", R"(,"more":1)"),
        Line("x", R"(,"b64":7)"),
        std::string(R"({"log":"x","stream":"stdin","time":"T"})"),
        std::string(R"({"stream":"stdout","log":"x","time":"T"})"),
        std::string(R"({"log":"x","stream":"stdout"})"),
        std::string(R"({"file":01,"log":"x","stream":"stdout","time":"T"})"),
        std::string(R"({"file":-1,"log":"x","stream":"stdout","time":"T"})"),
        std::string(R"({"log":"x","stream":"stdout","time":"\n"})")}) {
    EXPECT_EQ(DecodeOwnForm(line), std::nullopt) << line;
  }
}

TEST(DecodeOwnForm, TakesNoBeginningForTheWhole) {
  const std::string line = Line("caf\\ufffd\\n", R"(,"b64":"Y2Fm6Qo=")");
  for (size_t size = 0; size < line.size(); ++size) {
    EXPECT_EQ(DecodeLogEntry(line.substr(0, size)), std::nullopt) << size;
  }
}

TEST(DecodeLogEntry, ReadsTheFormOfOthers) {
  EXPECT_EQ(DecodeLogEntry(R"( { "stream" : "stderr", "time":5, "log": "\u00e9" } )"),
            (LogEntry{true, "é", ""}));
  EXPECT_EQ(DecodeLogEntry(R"({"log":1,"stream":"stdout"})"), std::nullopt);
}

}  // namespace
}  // namespace isulad::logs
