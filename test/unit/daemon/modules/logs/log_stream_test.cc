#include "daemon/modules/logs/log_stream.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::logs {
namespace {

class LogStreamTest : public testing::Test {
 protected:
  void Append(const std::string& text) {
    std::ofstream(dir_.Sub("log.json"), std::ios::app)
        << "{\"log\":\"" << text << "\",\"stream\":\"stdout\",\"time\":\"\"}\n";
  }
  std::unique_ptr<LogReader> Reader(bool to_present_end) {
    ReadOptions options;
    options.to_present_end = to_present_end;
    auto reader = LogReader::Open(LogFiles(dir_.Sub("log.json")), options);
    EXPECT_OK(reader);
    return *std::move(reader);
  }
  std::unique_ptr<LogStream> Follow() {
    return std::make_unique<LogStream>(Reader(false), news_,
                                       std::vector<std::function<void()>>{[this] { ++released_; }});
  }
  // The text of the next chunk; "-" where there is none now, "." where none comes.
  static std::string NextOf(LogStream& stream) {
    const Result<std::optional<LogChunk>> chunk = stream.Next();
    EXPECT_OK(chunk);
    return *chunk ? (*chunk)->text : stream.ended() ? "." : "-";
  }

  test::TempDir dir_;
  std::shared_ptr<LogNews> news_ = std::make_shared<LogNews>();
  int released_ = 0;
  int woken_ = 0;
  const std::function<void()> wake_ = [this] { ++woken_; };
};

TEST_F(LogStreamTest, EndsAtTheEndWhereItDoesNotFollow) {
  Append("1");
  LogStream stream(Reader(true));
  EXPECT_EQ(NextOf(stream), "1");
  EXPECT_EQ(NextOf(stream), ".");
}

TEST_F(LogStreamTest, WakesItsReaderOnceWhenItIsToldOfMore) {
  const auto stream = Follow();
  EXPECT_EQ(NextOf(*stream), "-");
  stream->WhenMore(wake_);
  EXPECT_EQ(woken_, 0);
  Append("1");
  news_->TellMore();
  news_->TellMore();
  EXPECT_EQ(woken_, 1);
  EXPECT_EQ(NextOf(*stream), "1");
}

TEST_F(LogStreamTest, WakesItsReaderAtOnceWhereItWasToldSinceTheLook) {
  const auto stream = Follow();
  EXPECT_EQ(NextOf(*stream), "-");
  news_->TellMore();
  stream->WhenMore(wake_);
  EXPECT_EQ(woken_, 1);
}

TEST_F(LogStreamTest, ReadsToTheEndAfterItWasTold) {
  const auto stream = Follow();
  Append("1");
  EXPECT_EQ(NextOf(*stream), "1");
  EXPECT_EQ(NextOf(*stream), "-");
  Append("2");  // nobody told of this one
  news_->TellEnd();
  stream->WhenMore(wake_);
  EXPECT_EQ(woken_, 1);
  EXPECT_EQ(NextOf(*stream), "2");
  EXPECT_EQ(NextOf(*stream), ".");
}

TEST_F(LogStreamTest, LooksOnceMoreWhereTheEndIsToldDuringALook) {
  const auto stream = Follow();
  EXPECT_EQ(NextOf(*stream), "-");
  stream->WhenMore(wake_);
  news_->TellEnd();
  EXPECT_EQ(woken_, 1);
  EXPECT_EQ(NextOf(*stream), ".");
}

TEST_F(LogStreamTest, TakesBackWhatFeedsItAndTheWishToBeWoken) {
  const auto held = std::make_shared<int>(0);
  auto stream = Follow();
  EXPECT_EQ(NextOf(*stream), "-");
  stream->WhenMore([held] { ++*held; });
  EXPECT_EQ(held.use_count(), 2);
  stream.reset();
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_EQ(released_, 1);
  news_->TellEnd();
  EXPECT_EQ(*held, 0);
}

}  // namespace
}  // namespace isulad::logs
