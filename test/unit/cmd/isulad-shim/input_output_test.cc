#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cmd/isulad-shim/input.h"
#include "cmd/isulad-shim/output.h"
#include "support/result_matchers.h"
#include "utils/os/event_loop.h"
#include "utils/os/file.h"
#include "utils/os/nonblocking_io.h"
#include "utils/os/unix_socket.h"

namespace isulad::monitor {
namespace {

// A pipe whose one end is the container's.
class PipeTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(loop_, os::EventLoop::Create());
    ASSERT_OK_AND_ASSIGN(auto pipe, os::Pipe());
    ASSERT_OK(os::SetNonBlocking(pipe.first.get()));
    ASSERT_OK(os::SetNonBlocking(pipe.second.get()));
    reader_ = std::move(pipe.first);
    writer_ = std::move(pipe.second);
  }
  void RunUntilIdle() {
    loop_->After(std::chrono::milliseconds(1), [this] { loop_->Stop(); });
    ASSERT_OK(loop_->Run());
  }

  std::unique_ptr<os::EventLoop> loop_;
  os::UniqueFd reader_;
  os::UniqueFd writer_;
};

class InputTest : public PipeTest {
 protected:
  std::unique_ptr<Input> MakeInput(bool terminal = false) {
    return std::make_unique<Input>(loop_.get(), terminal, [this] { ++rooms_; });
  }
  // What is in the pipe; "(open)" at the end where the pipe is not closed.
  std::string Drain() {
    std::string text;
    char buffer[4096];
    for (;;) {
      const auto count = os::ReadSome(reader_.get(), buffer, sizeof(buffer));
      if (!count || !*count) {
        return text + "(open)";
      }
      if (**count == 0) {
        return text;
      }
      text.append(buffer, **count);
    }
  }

  int rooms_ = 0;
};

TEST_F(InputTest, KeepsWhatComesBeforeTheContainerRuns) {
  auto input = MakeInput();
  input->Write("early ");
  ASSERT_OK(input->Open(std::move(writer_)));
  input->Write("late");
  EXPECT_EQ(Drain(), "early late(open)");
}

TEST_F(InputTest, ClosesBehindWhatIsQueued) {
  auto input = MakeInput();
  input->Write("all");
  input->Close();
  input->Write("too late");
  ASSERT_OK(input->Open(std::move(writer_)));
  EXPECT_EQ(Drain(), "all");
}

TEST_F(InputTest, GivesATerminalItsEndOfFileCharacterAndStaysOpen) {
  auto input = MakeInput(/*terminal=*/true);
  ASSERT_OK(input->Open(std::move(writer_)));
  input->Close();
  input->Write("more");
  EXPECT_EQ(Drain(), "\x04more(open)");
}

TEST_F(InputTest, HasNoRoomUntilTheContainerReads) {
  auto input = MakeInput();
  ASSERT_OK(input->Open(std::move(writer_)));
  const std::string block(1 << 20, 'x');
  input->Write(block);
  EXPECT_FALSE(input->HasRoom());
  std::string received;
  while (!input->HasRoom()) {
    received += Drain();
    RunUntilIdle();
  }
  EXPECT_EQ(rooms_, 1);
  EXPECT_GT(received.size(), block.size() / 2);
}

TEST_F(InputTest, HasRoomAgainWhenTheContainerIsGone) {
  auto input = MakeInput();
  ASSERT_OK(input->Open(std::move(writer_)));
  input->Write(std::string(1 << 20, 'x'));
  input->Discard();
  EXPECT_TRUE(input->HasRoom());
  EXPECT_EQ(rooms_, 1);
}

TEST_F(InputTest, ThrowsInputAwayWhereThereIsNoneToGiveItTo) {
  auto input = MakeInput();
  ASSERT_OK(input->Open(os::UniqueFd()));
  input->Write(std::string(1 << 20, 'x'));
  EXPECT_TRUE(input->HasRoom());
}

class OutputTest : public PipeTest {
 protected:
  void SetUp() override {
    PipeTest::SetUp();
    output_ = std::make_unique<Output>(loop_.get(), [this](bool error, std::string_view bytes) {
      text_.append(error ? "2:" : "1:").append(bytes).append(";");
    });
  }
  void Print(const std::string& text) { ASSERT_OK(os::WriteAll(writer_.get(), text)); }

  std::string text_;
  std::unique_ptr<Output> output_;
};

TEST_F(OutputTest, PassesOnWhatComes) {
  ASSERT_OK(output_->Add(std::move(reader_), /*error=*/true));
  Print("a");
  RunUntilIdle();
  Print("b");
  RunUntilIdle();
  EXPECT_EQ(text_, "2:a;2:b;");
}

TEST_F(OutputTest, ReadsNothingWhilePaused) {
  ASSERT_OK(output_->Add(std::move(reader_), false));
  output_->Pause();
  Print("held");
  RunUntilIdle();
  EXPECT_EQ(text_, "");
  output_->Resume();
  RunUntilIdle();
  EXPECT_EQ(text_, "1:held;");
}

TEST_F(OutputTest, ReadsNothingWhenAddedWhilePaused) {
  output_->Pause();
  ASSERT_OK(output_->Add(std::move(reader_), false));
  Print("held");
  RunUntilIdle();
  EXPECT_EQ(text_, "");
}

TEST_F(OutputTest, PassesOnAtTheEndWhatIsThereThoughPausedAndStillOpen) {
  ASSERT_OK(output_->Add(std::move(reader_), false));
  output_->Pause();
  Print("rest");
  output_->Finish();
  EXPECT_EQ(text_, "1:rest;");
}

TEST_F(OutputTest, DoesNotSpinWhenTheOtherEndIsClosed) {
  ASSERT_OK(output_->Add(std::move(reader_), false));
  writer_.reset();
  RunUntilIdle();
  output_->Resume();
  RunUntilIdle();
  output_->Finish();
  EXPECT_EQ(text_, "");
}

}  // namespace
}  // namespace isulad::monitor
