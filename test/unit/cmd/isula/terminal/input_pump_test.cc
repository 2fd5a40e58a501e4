#include "cmd/isula/terminal/input_pump.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "support/isula/fake_clients.h"

namespace isulad::terminal {
namespace {

using ::testing::ElementsAre;

struct InputPipe {
  InputPipe() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    read_end.reset(ends[0]);
    write_end.reset(ends[1]);
  }
  void Write(std::string_view text) const {
    EXPECT_EQ(::write(write_end.get(), text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
  }
  os::UniqueFd read_end;
  os::UniqueFd write_end;
};

class InputPumpTest : public ::testing::Test {
 protected:
  void WaitForSent(size_t messages) {
    MutexLock lock(record_->mutex);
    while (record_->sent.size() < messages) {
      record_->changed.Wait(record_->mutex);
    }
  }

  std::shared_ptr<test::FakeSession::Record> record_ =
      std::make_shared<test::FakeSession::Record>();
  test::FakeSession session_{record_, {}};
  InputPipe input_;
};

TEST_F(InputPumpTest, ForwardsInputAndItsEnd) {
  const auto pump =
      *InputPump::Start(session_, {.stdin_fd = input_.read_end.get(), .forward_stdin = true});
  input_.Write("hello");
  WaitForSent(1);
  input_.write_end.reset();
  WaitForSent(2);
  EXPECT_THAT(record_->Sent(), ElementsAre("stdin hello", "close_stdin"));
  EXPECT_FALSE(pump->detached());
}

TEST_F(InputPumpTest, CancelsTheSessionWhenTheUserDetaches) {
  const auto pump = *InputPump::Start(
      session_,
      {.stdin_fd = input_.read_end.get(), .forward_stdin = true, .detach_keys = DetachKeys()});
  input_.Write("x\x10\x11");
  record_->WaitForCancel();
  EXPECT_THAT(record_->Sent(), ElementsAre("stdin x"));
  EXPECT_TRUE(pump->detached());
}

TEST_F(InputPumpTest, PassesAHeldKeyOnAtTheEndOfInput) {
  const auto pump = *InputPump::Start(
      session_,
      {.stdin_fd = input_.read_end.get(), .forward_stdin = true, .detach_keys = DetachKeys()});
  input_.Write("\x10");
  input_.write_end.reset();
  WaitForSent(2);
  EXPECT_THAT(record_->Sent(), ElementsAre("stdin \x10", "close_stdin"));
}

TEST_F(InputPumpTest, LeavesInputAloneWhenItIsNotWanted) {
  {
    const auto pump = *InputPump::Start(session_, {.stdin_fd = input_.read_end.get()});
    input_.Write("mine");
  }
  char left[8];
  EXPECT_EQ(::read(input_.read_end.get(), left, sizeof(left)), 4);
  EXPECT_TRUE(record_->Sent().empty());
}

TEST_F(InputPumpTest, ForwardsSignalsAndGivesThemBack) {
  {
    const auto pump = *InputPump::Start(session_, {.forward_signals = true});
    ASSERT_EQ(::raise(SIGUSR1), 0);
    WaitForSent(1);
    ASSERT_EQ(::raise(SIGTERM), 0);
    WaitForSent(2);
  }
  EXPECT_THAT(record_->Sent(), ElementsAre("signal " + std::to_string(SIGUSR1),
                                           "signal " + std::to_string(SIGTERM)));
  struct sigaction action {};
  ASSERT_EQ(::sigaction(SIGTERM, nullptr, &action), 0);
  EXPECT_TRUE(action.sa_handler == SIG_DFL);
}

TEST(SignalPipe, LeavesAnIgnoredSignalIgnored) {
  ASSERT_TRUE(::signal(SIGHUP, SIG_IGN) != SIG_ERR);
  const auto pipe = *SignalPipe::Create({SIGHUP});
  ASSERT_EQ(::raise(SIGHUP), 0);
  EXPECT_EQ(pipe->Read(), 0);
  ASSERT_TRUE(::signal(SIGHUP, SIG_DFL) != SIG_ERR);
}

TEST(SignalPipeDeathTest, LetsTheThirdSignalKillWhenNoneIsForwarded) {
  EXPECT_EXIT(
      {
        const auto pipe = *SignalPipe::Create({SIGINT});
        ::raise(SIGINT);
        ::raise(SIGINT);
        ::raise(SIGINT);
        ::_exit(0);
      },
      ::testing::KilledBySignal(SIGINT), "");
}

TEST(SignalPipeDeathTest, GoesOnWhenSignalsAreForwarded) {
  EXPECT_EXIT(
      {
        const auto pipe = *SignalPipe::Create({SIGINT});
        for (int i = 0; i < 5; ++i) {
          ::raise(SIGINT);
          pipe->Done(pipe->Read());
        }
        ::_exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace isulad::terminal
