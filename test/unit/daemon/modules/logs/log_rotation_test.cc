// Reading while files are rotated: every look of a reader at the files is a step between which the
// writer may do any number of its own.
#include <gtest/gtest.h>
#include <stdio.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "daemon/modules/logs/log_files.h"
#include "daemon/modules/logs/log_reader.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::logs {
namespace {

constexpr int kEntriesInAFile = 3;
constexpr int kSeeds = 30;
// Of the writer until a reader has caught up with it: one that goes on with every look is never
// caught up with.
constexpr int kStepsInARound = 100;
constexpr int kMostSteps = 12;  // between two looks: a whole rotation, and the next begun

// Writes entries 1, 2, 3, ... as the monitor does, one system call a step.
class Writer {
 public:
  Writer(std::string path, int files) : path_(std::move(path)), files_(files) {}

  void Step() {
    if (!renames_.empty()) {
      const int from = renames_.back();
      renames_.pop_back();
      from < 0 ? ::unlink(path_.c_str()) : ::rename(Name(from).c_str(), Name(from + 1).c_str());
      Note(from);
    } else if (in_file_ == kEntriesInAFile && !half_) {
      renames_ = {-1};
      for (int from = 0; from + 1 < files_; ++from) {
        renames_.push_back(from);
      }
      in_file_ = 0;
      ++file_;
    } else {
      WriteHalf();
    }
  }
  int last() const { return last_; }
  // The last entry that is in no file any more.
  int dropped() const { return dropped_; }
  // Finishes what is begun; the newest file has an entry then.
  void Settle() {
    while (half_ || !renames_.empty() || in_file_ == 0) {
      Step();
    }
  }

 private:
  std::string Name(int number) const {
    return number == 0 ? path_ : path_ + "." + std::to_string(number);
  }
  // What a rename or, with -1, the removal has done to the files.
  void Note(int from) {
    const auto moved = ends_.find(std::max(from, 0));
    if (moved == ends_.end()) {
      return;
    }
    const auto dropped = from < 0 ? moved : ends_.find(from + 1);
    if (dropped != ends_.end()) {
      dropped_ = dropped->second;
    }
    if (from >= 0) {
      ends_[from + 1] = moved->second;
    }
    ends_.erase(moved);
  }
  void WriteHalf() {
    const std::string line =
        std::string("{") + (in_file_ == 0 ? "\"file\":" + std::to_string(file_) + "," : "") +
        "\"log\":\"" + std::to_string(last_ + 1) + "\\n\",\"stream\":\"stdout\",\"time\":\"\"}\n";
    const size_t middle = line.size() / 2;
    std::ofstream(path_, std::ios::app) << (half_ ? line.substr(middle) : line.substr(0, middle));
    if (half_) {
      ends_[0] = ++last_;
      ++in_file_;
    }
    half_ = !half_;
  }

  const std::string path_;
  const int files_;
  int file_ = 1;
  int in_file_ = 0;
  int last_ = 0;
  int dropped_ = 0;
  bool half_ = false;
  std::map<int, int> ends_;   // by the number in a file's name, its last entry
  std::vector<int> renames_;  // the next one last; -1 for the removal at the end
};

// What a reader got: a number an entry; a notice is Writer::dropped(), negative.
using Numbers = std::vector<int>;

class RotationTest : public testing::TestWithParam<int> {
 protected:
  // With every fourth look or so the writer does up to `most` steps.
  void Begin(unsigned seed, int most) {
    random_.seed(seed);
    most_ = most;
    ASSERT_OK(os::RemoveTree(dir_.Sub("logs")));
    ASSERT_OK(os::MakeDirectories(dir_.Sub("logs"), 0700));
    writer_.emplace(dir_.Sub("logs/log.json"), GetParam());
  }
  void Write(int steps) {
    for (int i = 0; i < steps; ++i) {
      writer_->Step();
    }
  }
  LogFiles Files() {
    return LogFiles(dir_.Sub("logs/log.json"), [this](const std::string& path) {
      if (random_() % 4 == 0) {
        const int steps = static_cast<int>(random_() % static_cast<unsigned>(most_ + 1));
        Write(std::min(steps, left_));
        left_ -= std::min(steps, left_);
      }
      return os::Open(path, O_RDONLY);
    });
  }
  std::unique_ptr<LogReader> Open(const ReadOptions& options) {
    left_ = kStepsInARound;
    Result<std::unique_ptr<LogReader>> reader = LogReader::Open(Files(), options);
    EXPECT_OK(reader);
    return *std::move(reader);
  }
  void ReadOn(LogReader& reader, Numbers& numbers, std::string* cursor = nullptr) {
    left_ = kStepsInARound;
    for (;;) {
      const Result<std::optional<LogChunk>> chunk = reader.Next();
      ASSERT_OK(chunk);
      if (!*chunk) {
        return;
      }
      if (!(*chunk)->notice.empty()) {
        numbers.push_back(-writer_->dropped());
      }
      for (const std::string_view line : Split((*chunk)->text, '\n')) {
        if (!line.empty()) {
          numbers.push_back(static_cast<int>(ParseUint64(line).value_or(0u)));
        }
      }
      if (cursor != nullptr) {
        *cursor = (*chunk)->cursor;
      }
    }
  }
  // Each number follows the one before it, or a notice stands between them and all that is missing
  // was in no file any more.
  static void ExpectExact(const Numbers& numbers, int last, const std::string& what) {
    for (size_t i = 1; i < numbers.size(); ++i) {
      if (numbers[i] <= 0) {
        continue;
      }
      const bool gap = numbers[i - 1] <= 0;
      const int before = gap ? (i >= 2 ? numbers[i - 2] : 0) : numbers[i - 1];
      ASSERT_TRUE(gap ? numbers[i] > before + 1 && numbers[i] <= 1 - numbers[i - 1]
                      : numbers[i] == before + 1)
          << what << ": " << before << (gap ? ", a notice, " : ", ") << numbers[i];
    }
    ASSERT_FALSE(numbers.empty()) << what;
    ASSERT_EQ(numbers.back(), last) << what;
  }

  test::TempDir dir_{test::TempDir::Place::kMemory};
  std::mt19937 random_;
  int most_ = 0;
  int left_ = 0;
  std::optional<Writer> writer_;
};

TEST_P(RotationTest, FollowsExactly) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    Begin(seed, kMostSteps);
    Write(static_cast<int>(seed % 50));
    ReadOptions options;
    options.to_present_end = false;
    options.tail = seed % 3 == 0 ? 0 : -1;
    const auto reader = Open(options);
    Numbers numbers;
    for (int round = 0; round < 5; ++round) {
      Write(static_cast<int>(random_() % 30));
      ReadOn(*reader, numbers);
    }
    most_ = 0;
    Write(20);
    writer_->Settle();
    ReadOn(*reader, numbers);
    ExpectExact(numbers, writer_->last(), "seed " + std::to_string(seed));
  }
}

TEST_P(RotationTest, TailsExactly) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    Begin(seed, kMostSteps);
    Write(60);
    ReadOptions options;
    options.tail = 1 + seed % 7;
    options.to_present_end = false;
    const int before = writer_->last();
    const auto reader = Open(options);
    const int after = writer_->last();
    const int dropped = writer_->dropped();
    most_ = 0;
    Write(2);
    writer_->Settle();
    Numbers numbers;
    ReadOn(*reader, numbers);
    ExpectExact(numbers, writer_->last(), "seed " + std::to_string(seed));
    const int tail = static_cast<int>(options.tail);
    EXPECT_GE(numbers.front(), before + 1 - tail) << seed;
    EXPECT_LE(numbers.front(), std::max(after + 1 - tail, dropped + 1)) << seed;
  }
}

TEST_P(RotationTest, GoesOnBehindCursorsExactly) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    Begin(seed, kMostSteps);
    Write(10);
    ReadOptions options;
    options.to_present_end = false;
    Numbers numbers;
    for (int round = 0; round < 8; ++round) {
      const auto reader = Open(options);
      options.cursor = reader->cursor();
      ReadOn(*reader, numbers, &options.cursor);
      Write(static_cast<int>(random_() % 12));
    }
    most_ = 0;
    writer_->Settle();
    ReadOn(*Open(options), numbers);
    // A cursor whose file is gone says nothing of what was in it, so the notice may be one too
    // many.
    std::erase_if(numbers, [](int number) { return number <= 0; });
    for (size_t i = 1; i < numbers.size(); ++i) {
      ASSERT_GT(numbers[i], numbers[i - 1]) << seed;
      if (GetParam() > 20) {
        ASSERT_EQ(numbers[i], numbers[i - 1] + 1) << seed;
      }
    }
    ASSERT_FALSE(numbers.empty());
    EXPECT_EQ(numbers.back(), writer_->last()) << seed;
  }
}

TEST_P(RotationTest, EndsWhereTheWriterWasAndMissesNothingBefore) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    Begin(seed, kMostSteps);
    Write(61);
    writer_->Settle();
    const int before = writer_->last();
    const auto reader = Open({});
    const int opened = writer_->last();
    Numbers numbers;
    ReadOn(*reader, numbers);
    ASSERT_TRUE(reader->ended()) << seed;
    if (numbers.empty()) {
      EXPECT_EQ(GetParam(), 1) << seed;  // opened in the moment in which there is no file
      continue;
    }
    EXPECT_GE(numbers.back(), before) << seed;
    EXPECT_LE(numbers.back(), opened + 1) << seed;
    ExpectExact(numbers, numbers.back(), "seed " + std::to_string(seed));
  }
}

INSTANTIATE_TEST_SUITE_P(FilesKept, RotationTest, testing::Values(1, 2, 3, 6, 90),
                         [](const auto& kept) { return std::to_string(kept.param); });

}  // namespace
}  // namespace isulad::logs
