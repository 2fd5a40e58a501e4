// `isula` without a terminal: as part of a pipeline or a script.
#include <signal.h>

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "integration/isula/client_process.h"
#include "integration/isula/scripted_container.h"
#include "support/isula/fake_daemon.h"

namespace isulad::test {
namespace {

using ::testing::HasSubstr;

class PipesTest : public ::testing::TestWithParam<int> {
 protected:
  PipesTest() {
    daemon_.containers.attach = [this](grpc::ServerContext*, auto* stream) {
      return container_.Serve(stream);
    };
  }
  ClientProcess Start(const std::vector<std::string>& arguments) {
    return ClientProcess::OnPipes(daemon_.socket(), arguments);
  }

  ScriptedContainer container_{/*terminal=*/false};
  FakeDaemon daemon_;
};

TEST_F(PipesTest, ForwardsInputUntilItsEnd) {
  ClientProcess client = Start({"run", "-i", "none", "cat"});
  client.Type("hello");
  EXPECT_TRUE(container_.Saw("open 0x0 stdin"));
  EXPECT_TRUE(container_.Saw("stdin hello"));
  client.CloseInput();
  EXPECT_TRUE(container_.Saw("close_stdin"));
  EXPECT_EQ(client.Wait().exit_status, 0);
}

TEST_P(PipesTest, ForwardsSignals) {
  ClientProcess client = Start({"run", "none", "sleep"});
  client.ReadUntil("ready");
  client.Kill(GetParam());
  EXPECT_TRUE(container_.Saw("signal " + std::to_string(GetParam())));
  EXPECT_EQ(client.Wait().exit_status, 128 + GetParam());
}

INSTANTIATE_TEST_SUITE_P(Signals, PipesTest,
                         ::testing::Values(SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2));

TEST_F(PipesTest, CopiesEveryByteToASlowReader) {
  container_.flood = std::string(3 << 20, '\0') + "end";
  ClientProcess client = Start({"run", "-i", "none", "cat"});
  EXPECT_TRUE(container_.Saw("open 0x0 stdin"));
  client.Type("exit");
  EXPECT_TRUE(container_.Saw("stdin exit"));
  EXPECT_EQ(client.ReadAll(), "ready" + container_.flood);
  EXPECT_EQ(client.Wait().exit_status, 7);
}

TEST_F(PipesTest, DiesOfABrokenPipeAsOtherToolsDo) {
  container_.flood = std::string(1 << 20, 'y');
  ClientProcess client = Start({"run", "none", "yes"});
  client.CloseOutput();
  EXPECT_EQ(client.Wait().signal, SIGPIPE);
  EXPECT_TRUE(container_.Saw("gone"));
}

TEST_F(PipesTest, PrintsNothingButResultsOnStdout) {
  ClientProcess client = Start({"create", "none", "init"});
  EXPECT_EQ(client.ReadAll(), std::string(64, 'b') + "\n");
  EXPECT_EQ(client.ReadErrors(), "WARNING: careful\n");
  EXPECT_EQ(client.Wait().exit_status, 0);
}

TEST_F(PipesTest, TracesCallsWhenAsked) {
  ClientProcess client = Start({"-D", "ps", "-q"});
  EXPECT_EQ(client.ReadAll(), std::string(12, 'c') + "\n");
  EXPECT_THAT(client.ReadErrors(), HasSubstr("DEBUG: List: ok, "));
  EXPECT_EQ(client.Wait().exit_status, 0);
}

TEST(NoTerminalTest, ForwardsBytesWhenATerminalWasAskedForWithoutHavingOne) {
  ScriptedContainer container(/*terminal=*/true);
  FakeDaemon daemon;
  daemon.containers.attach = [&](grpc::ServerContext*, auto* stream) {
    return container.Serve(stream);
  };
  ClientProcess client = ClientProcess::OnPipes(daemon.socket(), {"run", "-it", "none", "sh"});
  client.Type("hello");
  EXPECT_TRUE(container.Saw("stdin hello"));
  client.CloseInput();
  EXPECT_TRUE(container.Saw("close_stdin"));
  EXPECT_EQ(client.Wait().exit_status, 0);
}

TEST(NoDaemonTest, EndsWith125AndOneLine) {
  ClientProcess client = ClientProcess::OnPipes("/nonexistent/s", {"ps"});
  EXPECT_EQ(client.ReadErrors(),
            "Can not connect with server. Is the iSulad daemon running on the host?\n");
  EXPECT_EQ(client.Wait().exit_status, 125);
}

TEST(UnknownCommandTest, EndsWith1) {
  ClientProcess client = ClientProcess::OnPipes("/nonexistent/s", {"images"});
  EXPECT_EQ(client.ReadErrors(), "Unknown command: \"images\". See 'isula --help'.\n");
  EXPECT_EQ(client.Wait().exit_status, 1);
}

}  // namespace
}  // namespace isulad::test
