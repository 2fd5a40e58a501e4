#include "cmd/isulad-shim/log_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdio.h>

#include <memory>
#include <string>

#include "support/fakes/fake_clock.h"
#include "support/lowered_limit.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::monitor {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class LogFileTest : public testing::Test {
 protected:
  std::unique_ptr<LogFile> Open(LogFile::Limits limits) {
    auto log = LogFile::Open(path_, limits, &clock_);
    EXPECT_OK(log);
    return log ? *std::move(log) : nullptr;
  }
  std::string Contents(const std::string& suffix = "") {
    return os::ReadFile(path_ + suffix).value_or("(missing)");
  }
  static std::string Entry(const std::string& text) {
    return EncodeLogEntry(false, text, Timestamp{7});
  }
  // The first one of a file.
  static std::string First(uint64_t number, const std::string& text) {
    return WithFileNumber(Entry(text), number);
  }

  test::TempDir dir_;
  const std::string path_ = dir_.Sub("json.log");
  test::FakeClock clock_{{7}};
};

TEST(RotationRenames, MovesEachFileOneFurtherOldestFirst) {
  EXPECT_THAT(RotationRenames("/l", 3), ElementsAre(Pair("/l.1", "/l.2"), Pair("/l", "/l.1")));
}

TEST(RotationRenames, MovesNothingWhenOneFileIsKept) {
  EXPECT_THAT(RotationRenames("/l", 1), IsEmpty());
  EXPECT_THAT(RotationRenames("/l", 0), IsEmpty());
}

TEST_F(LogFileTest, WritesLinesAtOnceAndTheLastOneAtTheEnd) {
  auto log = Open({});
  EXPECT_OK(log->Append(false, "one\ntwo"));
  EXPECT_EQ(Contents(), Entry("one\n"));
  EXPECT_OK(log->Finish());
  EXPECT_EQ(Contents(), Entry("one\n") + Entry("two"));
}

TEST_F(LogFileTest, KeepsStreamsApart) {
  auto log = Open({});
  EXPECT_OK(log->Append(false, "out"));
  EXPECT_OK(log->Append(true, "err\n"));
  EXPECT_OK(log->Append(false, "\n"));
  EXPECT_EQ(Contents(), EncodeLogEntry(true, "err\n", Timestamp{7}) + Entry("out\n"));
}

TEST_F(LogFileTest, AppendsToWhatIsThere) {
  EXPECT_OK(Open({})->Append(false, "one\n"));
  EXPECT_OK(Open({})->Append(false, "two\n"));
  EXPECT_EQ(Contents(), Entry("one\n") + Entry("two\n"));
}

TEST_F(LogFileTest, RotatesBeforeAFileWouldGrowOverTheLimit) {
  auto log = Open({First(1, "1\n").size() + Entry("2\n").size(), 3});
  EXPECT_OK(log->Append(false, "1\n2\n3\n4\n5\n6\n7\n"));
  EXPECT_EQ(Contents(), First(4, "7\n"));
  EXPECT_EQ(Contents(".1"), First(3, "5\n") + Entry("6\n"));
  EXPECT_EQ(Contents(".2"), First(2, "3\n") + Entry("4\n"));
  EXPECT_EQ(Contents(".3"), "(missing)");
}

TEST_F(LogFileTest, LeavesARotatedFileToItsReaders) {
  for (const uint32_t files : {1u, 2u}) {
    ASSERT_OK(os::RemoveTree(path_));
    auto log = Open({First(1, "1\n").size(), files});
    EXPECT_OK(log->Append(false, "1\n"));
    ASSERT_OK_AND_ASSIGN(const os::UniqueFd reader, os::Open(path_, O_RDONLY));
    EXPECT_OK(log->Append(false, "2\n"));
    EXPECT_EQ(os::ReadAll(reader.get()).value_or("(error)"), First(1, "1\n"));
    EXPECT_EQ(Contents(), First(2, "2\n"));
  }
}

TEST_F(LogFileTest, StartsOverWhenOnlyOneFileIsKept) {
  auto log = Open({First(1, "1\n").size(), 1});
  EXPECT_OK(log->Append(false, "1\n2\n"));
  EXPECT_EQ(Contents(), First(2, "2\n"));
  EXPECT_EQ(Contents(".1"), "(missing)");
}

TEST_F(LogFileTest, WritesAnEntryThatIsLongerThanTheLimit) {
  auto log = Open({1, 2});
  EXPECT_OK(log->Append(false, "1\n"));
  EXPECT_EQ(Contents(), First(1, "1\n"));
}

TEST_F(LogFileTest, CountsWhatWasThereBefore) {
  EXPECT_OK(Open({First(1, "1\n").size(), 2})->Append(false, "1\n"));
  EXPECT_OK(Open({First(1, "1\n").size(), 2})->Append(false, "2\n"));
  EXPECT_EQ(Contents(".1"), First(1, "1\n"));
  EXPECT_EQ(Contents(), First(2, "2\n"));
}

// As a monitor leaves it that is killed between the renames and the new file.
TEST_F(LogFileTest, GoesOnCountingWhereTheNewestFileIsMissing) {
  EXPECT_OK(Open({First(1, "1\n").size(), 3})->Append(false, "1\n2\n"));
  ASSERT_EQ(::rename(path_.c_str(), (path_ + ".2").c_str()), 0);
  ASSERT_OK(os::RemoveTree(path_ + ".1"));
  EXPECT_OK(Open({1000, 3})->Append(false, "3\n"));
  EXPECT_EQ(Contents(), First(3, "3\n"));
}

TEST_F(LogFileTest, CountsFromOneAfterAFileWithoutANumber) {
  EXPECT_OK(Open({})->Append(false, "1\n"));
  EXPECT_OK(Open({1, 2})->Append(false, "2\n"));
  EXPECT_EQ(Contents(".1"), Entry("1\n"));
  EXPECT_EQ(Contents(), First(1, "2\n"));
}

TEST_F(LogFileTest, EndsTheLineThatAKilledMonitorHasLeft) {
  const std::string half = Entry("1\n").substr(0, 20);
  ASSERT_OK(os::WriteFileAtomic(path_, half, 0600, os::Sync::kNone));
  EXPECT_OK(Open({})->Append(false, "2\n"));
  EXPECT_EQ(Contents(), half + "\n" + Entry("2\n"));
}

TEST_F(LogFileTest, EndsATornLineAlsoAfterFurtherWritesThatFail) {
  auto log = Open({});
  ::signal(SIGXFSZ, SIG_IGN);
  {
    const test::LoweredLimit full(RLIMIT_FSIZE, 10);
    EXPECT_FALSE(log->Append(false, "a\n"));
    EXPECT_FALSE(log->Append(false, "b\n"));
  }
  ASSERT_OK(log->Append(false, "c\n"));
  EXPECT_EQ(Contents(), Entry("a\n").substr(0, 10) + "\n" + Entry("c\n"));
}

TEST_F(LogFileTest, AddsNoEmptyLineWhereAFailedWriteEndedWithALine) {
  auto log = Open({});
  ::signal(SIGXFSZ, SIG_IGN);
  {
    const test::LoweredLimit full(RLIMIT_FSIZE, Entry("a\n").size());
    EXPECT_FALSE(log->Append(false, "a\nb\n"));
  }
  ASSERT_OK(log->Append(false, "c\n"));
  EXPECT_EQ(Contents(), Entry("a\n") + Entry("c\n"));
}

TEST_F(LogFileTest, DoesNotRotateAgainWhereTheNewFileCouldNotBeMade) {
  auto log = Open({First(1, "a\n").size(), 3});
  ASSERT_OK(log->Append(false, "a\n"));
  {
    const test::LoweredLimit no_descriptors(RLIMIT_NOFILE, 3);
    EXPECT_FALSE(log->Append(false, "b\n"));
    EXPECT_FALSE(log->Append(false, "c\n"));
  }
  ASSERT_OK(log->Append(false, "d\n"));
  EXPECT_EQ(Contents(".1"), First(1, "a\n") + Entry("b\n") + Entry("c\n"));
  EXPECT_EQ(Contents(), First(2, "d\n"));
  EXPECT_EQ(Contents(".2"), "(missing)");
}

TEST_F(LogFileTest, FailsToOpenWhenTheDirectoryIsMissing) {
  EXPECT_THAT(LogFile::Open(dir_.Sub("none/json.log"), {}, &clock_),
              test::IsErrorWith(Code::kNotFound, "none/json.log"));
}

}  // namespace
}  // namespace isulad::monitor
