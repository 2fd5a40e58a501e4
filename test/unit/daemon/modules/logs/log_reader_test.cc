#include "daemon/modules/logs/log_reader.h"

#include <gtest/gtest.h>
#include <stdio.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/base/clock.h"
#include "utils/json/value.h"
#include "utils/os/file.h"

namespace isulad::logs {
namespace {

constexpr int64_t kAll = -1;

std::string Entry(const std::string& text, const std::string& stream = "stdout",
                  const std::string& time = "2026-01-02T03:04:05.000000006Z") {
  json::Object object;
  object.Set("log", text);
  object.Set("stream", stream);
  object.Set("time", time);
  return json::Serialize(object) + "\n";
}

// The first one of file `number`.
std::string First(int number, const std::string& text) {
  return "{\"file\":" + std::to_string(number) + "," + Entry(text).substr(1);
}

Timestamp At(const std::string& time) { return ParseTimestamp(time).value_or(Timestamp{}); }

class LogReaderTest : public testing::Test {
 protected:
  std::string Path() const { return dir_.Sub("log.json"); }
  void Append(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::app | std::ios::binary) << text;
  }
  // Everything that is left, streams and notices marked.
  static std::string ReadOn(LogReader& reader, std::string* cursor = nullptr) {
    std::string all;
    for (;;) {
      Result<std::optional<LogChunk>> chunk = reader.Next();
      if (!chunk) {
        ADD_FAILURE() << chunk.error().message();
        return all;
      }
      if (!*chunk) {
        return all;
      }
      if (cursor != nullptr) {
        *cursor = (*chunk)->cursor;
      }
      all += (*chunk)->notice.empty() ? ((*chunk)->error ? "E:" : "O:") + (*chunk)->text : "GAP;";
    }
  }
  std::unique_ptr<LogReader> Open(const ReadOptions& options) {
    Result<std::unique_ptr<LogReader>> reader = LogReader::Open(LogFiles(Path()), options);
    EXPECT_OK(reader);
    return reader ? *std::move(reader) : nullptr;
  }
  std::unique_ptr<LogReader> Follow(int64_t tail = kAll) {
    ReadOptions options;
    options.tail = tail;
    options.to_present_end = false;
    return Open(options);
  }
  std::string Read(int64_t tail) {
    ReadOptions options;
    options.tail = tail;
    return ReadOn(*Open(options));
  }

  test::TempDir dir_;
};

TEST_F(LogReaderTest, TakesAMissingLogForAnEmptyOne) {
  EXPECT_EQ(Read(kAll), "");
  EXPECT_EQ(Read(3), "");
}

TEST_F(LogReaderTest, JoinsLinesOfOneStream) {
  Append(Path(), Entry("a\n") + Entry("b\n") + Entry("c\n", "stderr") + Entry("d\n"));
  EXPECT_EQ(Read(kAll), "O:a\nb\nE:c\nO:d\n");
}

TEST_F(LogReaderTest, ReadsTheRotatedFilesOldestFirst) {
  Append(Path() + ".2", Entry("1\n"));
  Append(Path() + ".1", Entry("2\n"));
  Append(Path(), Entry("3\n"));
  EXPECT_EQ(Read(kAll), "O:1\n2\n3\n");
}

TEST_F(LogReaderTest, TailsWithinOneFile) {
  Append(Path(), Entry("1\n") + Entry("2\n") + Entry("3\n"));
  EXPECT_EQ(Read(0), "");
  EXPECT_EQ(Read(1), "O:3\n");
  EXPECT_EQ(Read(2), "O:2\n3\n");
  EXPECT_EQ(Read(3), "O:1\n2\n3\n");
  EXPECT_EQ(Read(4), "O:1\n2\n3\n");
}

TEST_F(LogReaderTest, TailsOverRotatedFiles) {
  Append(Path() + ".2", Entry("1\n") + Entry("2\n"));
  Append(Path() + ".1", Entry("3\n") + Entry("4\n"));
  Append(Path(), Entry("5\n"));
  EXPECT_EQ(Read(0), "");
  EXPECT_EQ(Read(1), "O:5\n");
  EXPECT_EQ(Read(2), "O:4\n5\n");
  EXPECT_EQ(Read(3), "O:3\n4\n5\n");
  EXPECT_EQ(Read(4), "O:2\n3\n4\n5\n");
  EXPECT_EQ(Read(99), "O:1\n2\n3\n4\n5\n");
}

// A file that has just been rotated is still empty.
TEST_F(LogReaderTest, TailsOverAnEmptyNewestFile) {
  Append(Path() + ".1", Entry("1\n") + Entry("2\n"));
  Append(Path(), "");
  EXPECT_EQ(Read(1), "O:2\n");
}

TEST_F(LogReaderTest, TailsOverBlocksOfALargeFile) {
  constexpr int kLines = 5000;  // several times what is read at once
  std::string text;
  for (int i = 0; i < kLines; ++i) {
    text += Entry(std::to_string(i) + "\n");
  }
  Append(Path(), text);
  std::string last;
  for (int i = kLines - 3000; i < kLines; ++i) {
    last += std::to_string(i) + "\n";
  }
  std::string read = Read(3000);
  EXPECT_EQ(read, "O:" + last);
}

TEST_F(LogReaderTest, PassesOverLinesThatAreNoEntries) {
  Append(Path(), Entry("1\n") + "{\"log\":\"cut sho\n" + "\n" + "[]\n" +
                     "{\"log\":1,\"stream\":\"stdout\"}\n" + "{\"stream\":\"stdout\"}\n" +
                     Entry("2\n"));
  EXPECT_EQ(Read(kAll), "O:1\n2\n");
}

TEST_F(LogReaderTest, LeavesOutALastLineWithoutItsNewline) {
  const std::string cut = Entry("2\n");
  Append(Path(), Entry("1\n") + cut.substr(0, cut.size() - 1));
  EXPECT_EQ(Read(kAll), "O:1\n");
}

TEST_F(LogReaderTest, DoesNotJoinACutLineToTheNextFile) {
  Append(Path() + ".1", Entry("1\n") + "{\"log\":\"");
  Append(Path(), Entry("2\n"));
  EXPECT_EQ(Read(kAll), "O:1\n2\n");
}

TEST_F(LogReaderTest, KeepsBytesThatJsonEscapes) {
  const std::string text = "tab\t quote\" backslash\\ bell\a nul" + std::string(1, '\0') + " ü\n";
  Append(Path(), Entry(text));
  EXPECT_EQ(Read(kAll), "O:" + text);
}

TEST_F(LogReaderTest, PrefersTheBytesOfATextThatIsNotUtf8) {
  Append(Path(), "{\"log\":\"caf\\ufffd\\n\",\"stream\":\"stdout\",\"b64\":\"Y2Fm6Qo=\"}\n");
  EXPECT_EQ(Read(kAll), "O:caf\xe9\n");
}

TEST_F(LogReaderTest, ShowsTheTextWhereItsBytesAreDamaged) {
  for (const char* bytes : {"\"Y2Fm6Q\"", "7", "null"}) {
    Append(Path(), std::string("{\"log\":\"x\",\"stream\":\"stdout\",\"b64\":") + bytes + "}\n");
  }
  EXPECT_EQ(Read(kAll), "O:xxx");
}

TEST_F(LogReaderTest, HandsOutChunksOfBoundedSize) {
  const std::string line(16 << 10, 'x');
  for (int i = 0; i < 20; ++i) {
    Append(Path(), Entry(line));
  }
  const auto reader = Open({});
  size_t total = 0;
  for (;;) {
    ASSERT_OK_AND_ASSIGN(const std::optional<LogChunk> chunk, reader->Next());
    if (!chunk) {
      break;
    }
    EXPECT_LT(chunk->text.size(), (64u + 16u) << 10);
    total += chunk->text.size();
  }
  EXPECT_EQ(total, 20 * line.size());
}

TEST_F(LogReaderTest, ReadsOnWhatIsWrittenLater) {
  Append(Path(), Entry("1\n"));
  const auto reader = Follow();
  EXPECT_EQ(ReadOn(*reader), "O:1\n");
  EXPECT_EQ(ReadOn(*reader), "");
  Append(Path(), Entry("2\n"));
  EXPECT_EQ(ReadOn(*reader), "O:2\n");
}

TEST_F(LogReaderTest, BeginsWithALogThatIsMadeLater) {
  const auto reader = Follow(0);
  EXPECT_EQ(ReadOn(*reader), "");
  Append(Path(), "");
  EXPECT_EQ(ReadOn(*reader), "");
  Append(Path(), Entry("1\n"));
  EXPECT_EQ(ReadOn(*reader), "O:1\n");
}

TEST_F(LogReaderTest, WaitsForTheRestOfALine) {
  const std::string line = Entry("2\n");
  const auto reader = Follow();
  for (size_t cut = 0; cut < line.size(); ++cut) {
    Append(Path(), line.substr(0, cut));
    EXPECT_EQ(ReadOn(*reader), "") << cut;
    Append(Path(), line.substr(cut));
    EXPECT_EQ(ReadOn(*reader), "O:2\n") << cut;
  }
}

TEST_F(LogReaderTest, EndsWithWhatWasThereWhenItWasOpened) {
  Append(Path(), Entry("1\n"));
  const auto reader = Open({});
  Append(Path(), Entry("2\n"));
  Append(Path() + ".1", "");
  EXPECT_EQ(ReadOn(*reader), "O:1\n");
  EXPECT_TRUE(reader->ended());
}

TEST_F(LogReaderTest, ReadsTheRestOfAFileThatWasRotated) {
  Append(Path(), Entry("1\n"));
  const auto reader = Follow();
  EXPECT_EQ(ReadOn(*reader), "O:1\n");
  Append(Path(), Entry("2\n"));
  ASSERT_EQ(::rename(Path().c_str(), (Path() + ".1").c_str()), 0);
  EXPECT_EQ(ReadOn(*reader), "O:2\n");
  Append(Path(), Entry("3\n"));
  EXPECT_EQ(ReadOn(*reader), "O:3\n");
}

TEST_F(LogReaderTest, GoesOnWithoutAGapWhereTheFileThatIsReadIsDropped) {
  Append(Path(), First(1, "1\n"));
  const auto reader = Follow();
  EXPECT_EQ(ReadOn(*reader), "O:1\n");
  Append(Path(), Entry("2\n"));
  ASSERT_OK(os::RemoveTree(Path()));
  EXPECT_EQ(ReadOn(*reader), "O:2\n");
  Append(Path(), First(2, "3\n"));
  EXPECT_EQ(ReadOn(*reader), "O:3\n");
}

TEST_F(LogReaderTest, TellsOfAFileThatWasDroppedUnread) {
  Append(Path(), First(1, "1\n"));
  const auto reader = Follow();
  EXPECT_EQ(ReadOn(*reader), "O:1\n");
  ASSERT_OK(os::RemoveTree(Path()));
  Append(Path(), First(3, "3\n") + Entry("4\n"));
  std::string cursor;
  EXPECT_EQ(ReadOn(*reader, &cursor), "GAP;O:3\n4\n");
  Append(Path(), Entry("5\n"));
  ReadOptions options;
  options.cursor = cursor;
  EXPECT_EQ(ReadOn(*Open(options)), "O:5\n");
}

// It holds the last file that it is to read, and no more.
TEST_F(LogReaderTest, ReadsTheLastFileThoughAllAreDroppedMeanwhile) {
  Append(Path() + ".2", First(1, "1\n"));
  Append(Path() + ".1", First(2, "2\n"));
  Append(Path(), First(3, "3\n"));
  const auto reader = Open({});
  for (const char* suffix : {"", ".1", ".2"}) {
    ASSERT_OK(os::RemoveTree(Path() + suffix));
  }
  Append(Path(), First(4, "4\n"));
  EXPECT_EQ(ReadOn(*reader), "O:1\nGAP;O:3\n");
  EXPECT_TRUE(reader->ended());
}

TEST_F(LogReaderTest, GoesOnBehindACursor) {
  Append(Path() + ".1", First(1, "1\n") + Entry("e\n", "stderr"));
  Append(Path(), First(2, "2\n") + Entry("3\n"));
  std::string all;
  ReadOptions options;
  for (std::string read = "x"; !read.empty();) {
    const auto reader = Open(options);
    const Result<std::optional<LogChunk>> chunk = reader->Next();
    ASSERT_OK(chunk);
    read = *chunk ? (*chunk)->text : "";
    options.cursor = *chunk ? (*chunk)->cursor : reader->cursor();
    all += "|" + read;
  }
  EXPECT_EQ(all, "|1\n|e\n|2\n3\n|");
}

TEST_F(LogReaderTest, GoesOnBehindACursorWhateverTheFileIsCalledByThen) {
  Append(Path(), First(1, "1\n"));
  ReadOptions options;
  EXPECT_EQ(ReadOn(*Open(options), &options.cursor), "O:1\n");
  Append(Path(), Entry("2\n"));
  ASSERT_EQ(::rename(Path().c_str(), (Path() + ".5").c_str()), 0);
  Append(Path(), First(2, "3\n"));
  EXPECT_EQ(ReadOn(*Open(options)), "O:2\n3\n");
}

TEST_F(LogReaderTest, TellsOfAGapWhereTheFileOfTheCursorIsGone) {
  Append(Path(), First(1, "1\n"));
  ReadOptions options;
  ReadOn(*Open(options), &options.cursor);
  ASSERT_OK(os::RemoveTree(Path()));
  Append(Path(), First(2, "2\n"));
  EXPECT_EQ(ReadOn(*Open(options)), "GAP;O:2\n");
}

TEST_F(LogReaderTest, TellsOfAGapWhereTheCursorIsBehindTheEnd) {
  Append(Path(), Entry("1\n") + Entry("2\n"));
  ReadOptions options;
  ReadOn(*Open(options), &options.cursor);
  ASSERT_EQ(::truncate(Path().c_str(), static_cast<off_t>(Entry("1\n").size())), 0);
  EXPECT_EQ(ReadOn(*Open(options)), "GAP;O:1\n");
}

TEST_F(LogReaderTest, HasACursorBeforeAnythingWasRead) {
  ReadOptions options;
  options.tail = 0;
  options.cursor = Open(options)->cursor();
  Append(Path(), Entry("1\n"));
  EXPECT_EQ(ReadOn(*Open(options)), "O:1\n");
  options.cursor.clear();
  options.cursor = Open(options)->cursor();
  Append(Path(), Entry("2\n"));
  EXPECT_EQ(ReadOn(*Open(options)), "O:2\n");
  ASSERT_EQ(::rename(Path().c_str(), (Path() + ".1").c_str()), 0);
  Append(Path(), "");
  options.cursor.clear();
  options.cursor = Open(options)->cursor();
  Append(Path(), Entry("3\n"));
  EXPECT_EQ(ReadOn(*Open(options)), "O:3\n");
}

TEST_F(LogReaderTest, RefusesACursorThatIsNone) {
  ReadOptions options;
  options.cursor = "x";
  Append(Path(), Entry("1\n"));
  EXPECT_THAT(LogReader::Open(LogFiles(Path()), options),
              test::IsErrorWith(Code::kInvalidArgument, "not a place in a log"));
}

TEST_F(LogReaderTest, KeepsToTheTimesAskedForBothIncluded) {
  for (const char* second : {"05", "06", "07", "08"}) {
    Append(Path(), Entry(std::string(second) + "\n", "stdout",
                         "2026-01-02T03:04:" + std::string(second) + ".5Z"));
  }
  ReadOptions options;
  options.since = At("2026-01-02T03:04:06.5Z");
  EXPECT_EQ(ReadOn(*Open(options)), "O:06\n07\n08\n");
  options.until = At("2026-01-02T03:04:07.5Z");
  EXPECT_EQ(ReadOn(*Open(options)), "O:06\n07\n");
  options.since.nanoseconds += 1;
  options.until.nanoseconds -= 1;
  EXPECT_EQ(ReadOn(*Open(options)), "");
  options.since = {};
  EXPECT_EQ(ReadOn(*Open(options)), "O:05\n06\n");
}

TEST_F(LogReaderTest, CountsTheTailBeforeTheTimes) {
  Append(Path(), Entry("1\n", "stdout", "2026-01-02T03:04:05Z") +
                     Entry("2\n", "stdout", "2026-01-02T03:04:06Z") +
                     Entry("3\n", "stdout", "2026-01-02T03:04:07Z"));
  ReadOptions options;
  options.tail = 2;
  options.until = At("2026-01-02T03:04:06Z");
  EXPECT_EQ(ReadOn(*Open(options)), "O:2\n");
}

TEST_F(LogReaderTest, EndsFollowingAtTheFirstEntryThatIsTooLate) {
  ReadOptions options;
  options.until = At("2026-01-02T03:04:06Z");
  options.to_present_end = false;
  const auto reader = Open(options);
  Append(Path(), Entry("1\n", "stdout", "2026-01-02T03:04:05Z"));
  EXPECT_EQ(ReadOn(*reader), "O:1\n");
  EXPECT_FALSE(reader->ended());
  Append(Path(), Entry("2\n", "stdout", "2026-01-02T03:04:07Z"));
  EXPECT_EQ(ReadOn(*reader), "");
  EXPECT_TRUE(reader->ended());
}

TEST_F(LogReaderTest, ShowsEntriesWithoutATimeWhateverIsAskedFor) {
  Append(Path(), Entry("1\n", "stdout", "") + Entry("2\n", "stdout", "noon"));
  ReadOptions options;
  options.since = At("2026-01-02T03:04:06Z");
  options.until = options.since;
  EXPECT_EQ(ReadOn(*Open(options)), "O:1\n2\n");
}

TEST_F(LogReaderTest, PutsTheTimeBeforeEachLineNotEachEntry) {
  Append(Path(), Entry("a", "stdout", "T1") + Entry("e\n", "stderr", "T2") +
                     Entry("b\n", "stdout", "T3") + Entry("c\n", "stdout", "T4"));
  ReadOptions options;
  options.timestamps = true;
  EXPECT_EQ(ReadOn(*Open(options)), "O:T1 aE:T2 e\nO:b\nT4 c\n");
}

TEST_F(LogReaderTest, KnowsBehindACursorThatItIsWithinALine) {
  Append(Path(), Entry("a", "stdout", "T1"));
  ReadOptions options;
  options.timestamps = true;
  EXPECT_EQ(ReadOn(*Open(options), &options.cursor), "O:T1 a");
  Append(Path(), Entry("e\n", "stderr", "T2") + Entry("b\n", "stdout", "T3"));
  EXPECT_EQ(ReadOn(*Open(options)), "E:T2 e\nO:b\n");
}

TEST_F(LogReaderTest, ReportsWhatItCannotRead) {
  ASSERT_OK(LogReader::Open(LogFiles(dir_.Sub("nothing")), {}));
  Append(dir_.Sub("file"), "");
  EXPECT_FALSE(LogReader::Open(LogFiles(dir_.Sub("file/log.json")), {}));
}

}  // namespace
}  // namespace isulad::logs
