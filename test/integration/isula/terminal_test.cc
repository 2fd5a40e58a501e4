// `isula` on a real terminal: raw while attached, as it was before however the client ends.
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "integration/isula/client_process.h"
#include "integration/isula/scripted_container.h"
#include "support/isula/fake_daemon.h"

namespace isulad::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

const std::vector<std::string> kRunInTerminal = {"run", "-it", "none", "sh"};

class TerminalTest : public ::testing::TestWithParam<int> {
 protected:
  TerminalTest() {
    daemon_.containers.attach = [this](grpc::ServerContext*, auto* stream) {
      return container_.Serve(stream);
    };
  }

  ScriptedContainer container_{/*terminal=*/true};
  FakeDaemon daemon_;
  ClientProcess client_ = ClientProcess::OnTerminal(daemon_.socket(), kRunInTerminal);
  const termios before_ = client_.Mode();
};

TEST_F(TerminalTest, IsRawWhileAttachedAndRestoredAtTheEnd) {
  ASSERT_FALSE(IsRaw(before_));
  EXPECT_THAT(client_.ReadUntil("ready"), HasSubstr("WARNING: careful"));
  EXPECT_TRUE(IsRaw(client_.Mode()));
  client_.Type("\x03");  // ctrl-c is the container's
  EXPECT_TRUE(container_.Saw("stdin \x03"));
  client_.Type("exit");
  EXPECT_EQ(client_.Wait().exit_status, 7);
  EXPECT_TRUE(client_.Mode() == before_);
}

TEST_P(TerminalTest, IsRestoredWhenASignalKillsTheClient) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  if (GetParam() == SIGSEGV) {
    GTEST_SKIP() << "the sanitizer takes SIGSEGV for itself, and the client leaves what is taken";
  }
#endif
  client_.ReadUntil("ready");
  ASSERT_TRUE(IsRaw(client_.Mode()));
  client_.Kill(GetParam());
  EXPECT_EQ(client_.Wait().signal, GetParam());
  EXPECT_TRUE(client_.Mode() == before_);
  EXPECT_TRUE(container_.Saw("gone"));
}

INSTANTIATE_TEST_SUITE_P(Signals, TerminalTest,
                         ::testing::Values(SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGPIPE));

TEST_F(TerminalTest, IsRestoredWhenTheUserDetaches) {
  client_.ReadUntil("ready");
  client_.Type("\x10\x11");
  EXPECT_EQ(client_.Wait().exit_status, 0);
  EXPECT_TRUE(client_.Mode() == before_);
  EXPECT_TRUE(container_.Saw("gone"));
}

TEST_F(TerminalTest, PassesALoneCtrlPOn) {
  client_.ReadUntil("ready");
  client_.Type("\x10");
  client_.Type("x");
  EXPECT_TRUE(container_.Saw("stdin \x10x"));
}

TEST_F(TerminalTest, TellsItsSizeAndFollowsIt) {
  client_.ReadUntil("ready");
  EXPECT_TRUE(container_.Saw("open 24x80 stdin"));
  client_.Resize(50, 132);
  EXPECT_TRUE(container_.Saw("resize 50x132"));
}

// The daemon as a process of its own (main, below), so that it can die like one.
class DyingDaemon {
 public:
  DyingDaemon() {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    char program[] = "/proc/self/exe";
    char serve[] = "--serve";
    char* argv[] = {program, serve, nullptr};
    EXPECT_EQ(::posix_spawn(&pid_, program, &actions, nullptr, argv, environ), 0);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    char byte = 0;
    while (::read(ends[0], &byte, 1) == 1 && byte != '\n') {
      socket_.push_back(byte);
    }
    ::close(ends[0]);
  }
  ~DyingDaemon() {
    ::unlink(socket_.c_str());
    ::rmdir(socket_.substr(0, socket_.rfind('/')).c_str());
  }
  void Signal(int number) const { EXPECT_EQ(::kill(pid_, number), 0); }
  void Kill() const {
    Signal(SIGKILL);
    EXPECT_EQ(::waitpid(pid_, nullptr, 0), pid_);
  }
  const std::string& socket() const { return socket_; }

 private:
  pid_t pid_ = -1;
  std::string socket_;
};

TEST(LostDaemonTest, RestoresTheTerminalAndSaysSo) {
  const DyingDaemon daemon;
  ClientProcess client = ClientProcess::OnTerminal(daemon.socket(), kRunInTerminal);
  const termios before = client.Mode();
  client.ReadUntil("ready");
  ASSERT_TRUE(IsRaw(client.Mode()));
  daemon.Kill();
  EXPECT_EQ(client.Wait().exit_status, 125);
  EXPECT_TRUE(client.Mode() == before);
  EXPECT_THAT(client.ReadUntil("\n"), HasSubstr("Error: connection to the daemon was lost"));
}

TEST(LostDaemonTest, EndsACallThatWaits) {
  const DyingDaemon daemon;
  ClientProcess client = ClientProcess::OnPipes(daemon.socket(), {"run", "none", "sh"});
  client.ReadUntil("ready");
  daemon.Kill();
  EXPECT_EQ(client.ReadErrors(), "WARNING: careful\nError: connection to the daemon was lost\n");
  EXPECT_EQ(client.Wait().exit_status, 125);
}

// A busy machine: the connection is there at once, and the daemon's first word is not.
TEST(SlowDaemonTest, IsWaitedFor) {
  const DyingDaemon daemon;
  daemon.Signal(SIGSTOP);
  ClientProcess client = ClientProcess::OnPipes(daemon.socket(), {"run", "none", "sh"});
  ::usleep(1'000'000);
  daemon.Signal(SIGCONT);
  EXPECT_THAT(client.ReadUntil("ready"), HasSubstr("ready"));
  daemon.Kill();
  EXPECT_EQ(client.Wait().exit_status, 125);
}

int ServeUntilKilled() {
  ScriptedContainer container(/*terminal=*/true);
  FakeDaemon daemon;
  daemon.containers.attach = [&](grpc::ServerContext*, auto* stream) {
    return container.Serve(stream);
  };
  const std::string line = daemon.socket() + "\n";
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) {
    return 1;
  }
  for (;;) {
    ::pause();
  }
}

}  // namespace
}  // namespace isulad::test

int main(int argc, char** argv) {
  if (argc == 2 && std::string(argv[1]) == "--serve") {
    return isulad::test::ServeUntilKilled();
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
