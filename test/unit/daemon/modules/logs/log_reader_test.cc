#include "daemon/modules/logs/log_reader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/json/value.h"

namespace isulad::logs {
namespace {

constexpr int64_t kAll = -1;

std::string Entry(const std::string& text, const std::string& stream = "stdout") {
  json::Object object;
  object.Set("log", text);
  object.Set("stream", stream);
  object.Set("time", "2026-01-02T03:04:05.000000006Z");
  return json::Serialize(object) + "\n";
}

class LogReaderTest : public testing::Test {
 protected:
  std::string Path() const { return dir_.Sub("log.json"); }
  void Append(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::app | std::ios::binary) << text;
  }
  // Everything that is left, streams marked.
  static std::string ReadOn(LogReader& reader) {
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
      all += ((*chunk)->error ? "E:" : "O:") + (*chunk)->text;
    }
  }
  std::string Read(int64_t tail) {
    Result<std::unique_ptr<LogReader>> reader = LogReader::Open(Path(), tail);
    if (!reader) {
      ADD_FAILURE() << reader.error().message();
      return "";
    }
    return ReadOn(**reader);
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
  ASSERT_OK_AND_ASSIGN(const auto reader, LogReader::Open(Path(), kAll));
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

TEST_F(LogReaderTest, ReportsWhatItCannotRead) {
  ASSERT_OK(LogReader::Open(dir_.Sub("nothing"), kAll));
  Append(dir_.Sub("file"), "");
  EXPECT_FALSE(LogReader::Open(dir_.Sub("file/log.json"), kAll));
}

}  // namespace
}  // namespace isulad::logs
