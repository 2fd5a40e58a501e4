#include "shim_protocol/frame_socket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/unix_socket.h"

namespace isulad::shim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Both ends on one loop, which each test runs until what it waits for has come.
class FrameSocketTest : public testing::Test, public FrameSocket::Handler {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(loop_, os::EventLoop::Create());
    ASSERT_OK_AND_ASSIGN(auto pair, os::SocketPair());
    ASSERT_OK(os::SetNonBlocking(pair.first.get()));
    socket_ = FrameSocket::Create(loop_.get(), std::move(pair.first), {}, this);
    peer_ = std::move(pair.second);
  }
  void RunUntilIdle() {
    loop_->After(std::chrono::milliseconds(1), [this] { loop_->Stop(); });
    ASSERT_OK(loop_->Run());
  }
  void Write(const std::string& bytes) { ASSERT_OK(os::WriteAll(peer_.get(), bytes)); }

  void OnFrame(Frame frame) override {
    payloads_.push_back(frame.payload);
    if (pause_after_each_) {
      socket_->PauseReading();
    }
  }
  void OnProgress() override { progressed_ = true; }
  void OnClosed(const Error& reason) override { closed_ = reason.message(); }

  std::unique_ptr<os::EventLoop> loop_;
  std::shared_ptr<FrameSocket> socket_;
  os::UniqueFd peer_;
  bool pause_after_each_ = false;
  bool progressed_ = false;
  std::vector<std::string> payloads_;
  std::string closed_;
};

TEST_F(FrameSocketTest, DeliversFramesInOrder) {
  socket_->ResumeReading();
  Write(EncodeFrame(FrameType::kStdout, "a") + EncodeFrame(FrameType::kStdout, "b"));
  RunUntilIdle();
  EXPECT_THAT(payloads_, ElementsAre("a", "b"));
}

TEST_F(FrameSocketTest, DeliversNothingBeforeReadingIsResumed) {
  Write(EncodeFrame(FrameType::kStdout, "a"));
  RunUntilIdle();
  EXPECT_THAT(payloads_, IsEmpty());
}

TEST_F(FrameSocketTest, HoldsFramesBackWhilePausedAndTheEndBehindThem) {
  pause_after_each_ = true;
  socket_->ResumeReading();
  Write(EncodeFrame(FrameType::kStdout, "a") + EncodeFrame(FrameType::kStdout, "b"));
  peer_.reset();
  RunUntilIdle();
  EXPECT_THAT(payloads_, ElementsAre("a"));
  EXPECT_EQ(closed_, "");

  socket_->ResumeReading();
  EXPECT_THAT(payloads_, ElementsAre("a", "b"));
  socket_->ResumeReading();
  RunUntilIdle();
  EXPECT_NE(closed_, "");
}

TEST_F(FrameSocketTest, QueuesWhatThePeerDoesNotTakeAndSendsItLater) {
  const std::string payload(kMaxFrameBytes - 1, 'x');
  socket_->Send(FrameType::kStdout, payload);
  const size_t queued = socket_->queued();
  EXPECT_GT(queued, 0u);
  EXPECT_EQ(socket_->total_sent() + queued, payload.size() + kFrameHeaderBytes);

  std::string received;
  while (received.size() < payload.size() + kFrameHeaderBytes) {
    char buffer[65536];
    const ssize_t count = ::read(peer_.get(), buffer, sizeof(buffer));
    ASSERT_GT(count, 0);
    received.append(buffer, static_cast<size_t>(count));
    RunUntilIdle();
  }
  EXPECT_EQ(received, EncodeFrame(FrameType::kStdout, payload));
  EXPECT_EQ(socket_->queued(), 0u);
  EXPECT_TRUE(progressed_);
}

TEST_F(FrameSocketTest, ReadsWhatAPeerSaidThatNoLongerListens) {
  Write(EncodeFrame(FrameType::kStdout, "last words"));
  peer_.reset();
  socket_->Send(FrameType::kStdin, "unheard");
  EXPECT_EQ(socket_->queued(), 0u);
  socket_->ResumeReading();
  RunUntilIdle();
  EXPECT_THAT(payloads_, ElementsAre("last words"));
  EXPECT_NE(closed_, "");
}

TEST_F(FrameSocketTest, ClosesWhenThePeerBreaksTheFraming) {
  socket_->ResumeReading();
  Write(std::string(4, '\0'));
  RunUntilIdle();
  EXPECT_NE(closed_, "");
  EXPECT_TRUE(socket_->closed());
}

TEST_F(FrameSocketTest, CallsNobodyAfterClose) {
  socket_->ResumeReading();
  socket_->Close();
  peer_.reset();
  RunUntilIdle();
  EXPECT_EQ(closed_, "");
}

}  // namespace
}  // namespace isulad::shim
