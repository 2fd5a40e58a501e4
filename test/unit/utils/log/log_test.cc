#include "utils/log/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::log {
namespace {

using testing::MatchesRegex;

constexpr char kTime[] = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z ";

// What `write` logs from `level` on. In a child, because there is one log for each process.
void ExpectLog(Level level, void (*write)(), const std::string& expected) {
  test::RunInChild([&] {
    const test::TempDir directory;
    const std::string file = directory.Sub("log");
    ASSERT_OK(Open(level, file));
    write();
    EXPECT_THAT(os::ReadFile(file).value_or("unreadable"), MatchesRegex(expected));
  });
}

TEST(Log, WritesTimeLevelTextAndFields) {
  ExpectLog(
      Level::kInfo,
      [] {
        Info("container started", {{"id", "abc"}, {"op", "start"}, {"pid", 12}});
      },
      std::string(kTime) + "INFO  container started id=abc op=start pid=12\n");
}

TEST(Log, KeepsOneEventOnOneLine) {
  ExpectLog(
      Level::kInfo,
      [] {
        Error("it\nfailed", {{"error", "a b\n\"c\""}, {"empty", ""}, {"bytes", "\xff"}});
      },
      std::string(kTime) + R"(ERROR "it\\nfailed" error="a b\\n\\"c\\"" empty="" bytes="\\xff")" +
          "\n");
}

TEST(Log, LeavesOutWhatIsBelowTheLevel) {
  ExpectLog(
      Level::kWarn,
      [] {
        Trace("no");
        Debug("no");
        Info("no");
        Warn("yes");
        Fatal("yes");
      },
      std::string(kTime) + "WARN  yes\n" + kTime + "FATAL yes\n");
}

TEST(Log, AppendsToTheFile) {
  test::RunInChild([] {
    const test::TempDir directory;
    ASSERT_OK(os::WriteFileAtomic(directory.Sub("log"), "before\n", 0600, os::Sync::kNone));
    ASSERT_OK(Open(Level::kTrace, directory.Sub("log")));
    Trace("after");
    EXPECT_THAT(os::ReadFile(directory.Sub("log")).value_or(""),
                MatchesRegex(std::string("before\n") + kTime + "TRACE after\n"));
  });
}

TEST(Log, SaysWhichFileCannotBeOpened) {
  EXPECT_THAT(Open(Level::kInfo, "/proc/nonexistent/log"),
              test::IsErrorWith(Code::kInternal, "open log file \"/proc/nonexistent/log\""));
}

TEST(ParseLevel, TakesEitherCase) {
  EXPECT_EQ(ParseLevel("INFO").value_or(Level::kFatal), Level::kInfo);
  EXPECT_EQ(ParseLevel("warn").value_or(Level::kFatal), Level::kWarn);
  EXPECT_EQ(ParseLevel("Trace").value_or(Level::kFatal), Level::kTrace);
  for (const std::string text : {"", "warning", "INF", "INFOS", "info ", "1"}) {
    EXPECT_THAT(ParseLevel(text), test::IsErrorWith(Code::kInvalidArgument, "unknown log level"))
        << text;
  }
}

}  // namespace
}  // namespace isulad::log
