#include "daemon/modules/container/stream_relay.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::container {
namespace {

// Records what it is told, in order.
class Recorder final : public SessionObserver {
 public:
  void OnOpened(const SessionOpened& opened) override {
    lines.push_back("opened pid " + std::to_string(opened.pid));
  }
  void OnOutput(bool error, std::string bytes) override {
    lines.push_back((error ? "err " : "out ") + bytes);
  }
  void OnFinished(const Result<SessionEnd>& end) override {
    lines.push_back(end ? "finished " + std::to_string(end->exit_code)
                        : "failed " + end.error().message());
  }

  std::vector<std::string> lines;
};

using Lines = std::vector<std::string>;

class StreamRelayTest : public testing::Test {
 protected:
  void Open() {
    SessionOpened opened;
    opened.pid = 9;
    relay_.Open(opened);
  }
  const Lines& lines() const { return recorder_->lines; }

  const std::shared_ptr<Recorder> recorder_ = std::make_shared<Recorder>();
  StreamRelay relay_{recorder_};
};

TEST_F(StreamRelayTest, PassesOutputOnAndFinishesWithTheExitCode) {
  Open();
  relay_.OnOutput(false, "a");
  relay_.OnOutput(true, "b");
  relay_.OnEnd();
  relay_.ProcessEnded(SessionEnd{3, {}});
  EXPECT_EQ(lines(), (Lines{"opened pid 9", "out a", "err b", "finished 3"}));
}

TEST_F(StreamRelayTest, HoldsOutputUntilTheClientIsToldThatItIsAttached) {
  relay_.OnOutput(false, "early");
  EXPECT_EQ(lines(), Lines{});
  Open();
  EXPECT_EQ(lines(), (Lines{"opened pid 9", "out early"}));
}

TEST_F(StreamRelayTest, WaitsForTheOutputOfAProcessThatHasEnded) {
  Open();
  relay_.ProcessEnded(SessionEnd{0, {}});
  relay_.OnOutput(false, "last words");
  EXPECT_EQ(lines(), (Lines{"opened pid 9", "out last words"}));
  relay_.OnEnd();
  EXPECT_EQ(lines(), (Lines{"opened pid 9", "out last words", "finished 0"}));
}

TEST_F(StreamRelayTest, WaitsForTheProcessWhoseOutputHasEnded) {
  Open();
  relay_.OnEnd();
  EXPECT_EQ(lines(), Lines{"opened pid 9"});
  relay_.ProcessEnded(SessionEnd{1, {}});
  EXPECT_EQ(lines(), (Lines{"opened pid 9", "finished 1"}));
}

TEST_F(StreamRelayTest, KeepsTheOrderWhereAllIsOverBeforeItIsOpened) {
  relay_.OnOutput(true, "short life");
  relay_.OnEnd();
  relay_.ProcessEnded(SessionEnd{127, {}});
  EXPECT_EQ(lines(), Lines{});
  Open();
  EXPECT_EQ(lines(), (Lines{"opened pid 9", "err short life", "finished 127"}));
}

TEST_F(StreamRelayTest, PassesOnThatTheProcessWasLost) {
  Open();
  relay_.OnEnd();
  relay_.ProcessEnded(Internal("the monitor is gone"));
  EXPECT_EQ(lines(), (Lines{"opened pid 9", "failed the monitor is gone"}));
}

TEST_F(StreamRelayTest, SaysNothingOnceAbandoned) {
  Open();
  relay_.Abandon();
  relay_.OnOutput(false, "a");
  relay_.OnEnd();
  relay_.ProcessEnded(SessionEnd{0, {}});
  EXPECT_EQ(lines(), Lines{"opened pid 9"});
}

TEST_F(StreamRelayTest, FinishesOnceWhereBothEndsComeAtOnce) {
  for (int round = 0; round < 200; ++round) {
    const auto recorder = std::make_shared<Recorder>();
    StreamRelay relay(recorder);
    relay.Open({});
    std::thread output([&] { relay.OnEnd(); });
    std::thread process([&] { relay.ProcessEnded(SessionEnd{4, {}}); });
    output.join();
    process.join();
    ASSERT_EQ(recorder->lines, (Lines{"opened pid 0", "finished 4"}));
  }
}

TEST_F(StreamRelayTest, AsksWhyTheOutputWasCut) {
  int asked = 0;
  Open();
  relay_.WhenCut([&] { ++asked; });
  relay_.OnCut();
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(lines(), Lines{"opened pid 9"});
  relay_.ProcessEnded(Error(Code::kAborted, "dropped"));
  relay_.ProcessEnded(SessionEnd{0, {}});
  EXPECT_EQ(lines(), (Lines{"opened pid 9", "failed dropped"}));
}

TEST_F(StreamRelayTest, AsksAtOnceWhereTheCutCameFirst) {
  int asked = 0;
  relay_.OnCut();
  relay_.WhenCut([&] { ++asked; });
  EXPECT_EQ(asked, 1);
}

TEST_F(StreamRelayTest, FinishesWithTheKnownEndWhereTheOutputIsCutAfterIt) {
  int asked = 0;
  Open();
  relay_.WhenCut([&] { ++asked; });
  relay_.ProcessEnded(SessionEnd{3, {}});
  relay_.OnCut();
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(lines(), (Lines{"opened pid 9", "finished 3"}));
}

}  // namespace
}  // namespace isulad::container
