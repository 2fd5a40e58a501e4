// The monitor with the real runtimes, on a rootfs of one static program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <string>
#include <utility>

#include "integration/shim/shim_fixture.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::shim {
namespace {

using ::testing::HasSubstr;

constexpr char kBusybox[] = "/bin/busybox";
constexpr char kUnifiedCgroup[] = "/sys/fs/cgroup/unified";

std::string JsonList(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) {
    list.append(list.empty() ? "\"" : ",\"").append(word).append("\"");
  }
  return "[" + list + "]";
}

// `parameter`: the runtime's program.
class WithRuntime : public ShimTest, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    ShimTest::SetUp();
    if (::geteuid() != 0 || ::access(GetParam().c_str(), X_OK) != 0 ||
        ::access(kBusybox, X_OK) != 0) {
      GTEST_SKIP() << "needs root, " << GetParam() << " and " << kBusybox;
    }
    ASSERT_OK(os::MakeDirectories(dir_.Sub("rootfs/bin"), 0755));
    std::filesystem::copy(kBusybox, dir_.Sub("rootfs/bin/busybox"));
    ASSERT_EQ(::symlink("busybox", dir_.Sub("rootfs/bin/sh").c_str()), 0);
    ASSERT_OK(os::MakeDirectories(dir_.Sub("exec"), 0700));
  }
  void TearDown() override {
    os::SpawnOptions options;
    options.program = GetParam();
    options.argv = Command({"delete", "--force", id_});
    EXPECT_TRUE(os::RunAndCapture(options));
    ShimTest::TearDown();
  }

  std::vector<std::string> Command(const std::vector<std::string>& words) {
    std::vector<std::string> command = {GetParam(), "--root", dir_.Sub("root")};
    command.insert(command.end(), words.begin(), words.end());
    return command;
  }
  std::string ProcessJson(const std::vector<std::string>& args, bool terminal) {
    return std::string("{\"terminal\":") + (terminal ? "true" : "false") +
           ",\"user\":{\"uid\":0,\"gid\":0},\"cwd\":\"/\",\"env\":[\"PATH=/bin\"],\"args\":" +
           JsonList(args) + "}";
  }
  void WriteBundle(const std::vector<std::string>& args, bool terminal) {
    const std::string config =
        "{\"ociVersion\":\"1.0.2\",\"process\":" + ProcessJson(args, terminal) +
        ",\"root\":{\"path\":\"rootfs\"},\"mounts\":["
        "{\"destination\":\"/proc\",\"type\":\"proc\",\"source\":\"proc\"},"
        "{\"destination\":\"/dev\",\"type\":\"tmpfs\",\"source\":\"tmpfs\"},"
        "{\"destination\":\"/dev/pts\",\"type\":\"devpts\",\"source\":\"devpts\","
        "\"options\":[\"newinstance\",\"ptmxmode=0666\"]}],"
        "\"linux\":{\"cgroupsPath\":\"/isulad-shim-test-" +
        id_ +
        "\",\"namespaces\":["
        "{\"type\":\"pid\"},{\"type\":\"mount\"},{\"type\":\"ipc\"},{\"type\":\"uts\"}]}}";
    ASSERT_OK(os::WriteFileAtomic(dir_.Sub("config.json"), config, 0600, os::Sync::kNone));
  }
  // The words that both starting commands share.
  std::vector<std::string> StartWords(const char* verb, const Config& config) {
    std::vector<std::string> words = {"--log",        config.directory + "/" + kRuntimeLogName,
                                      "--log-format", "json",
                                      verb,           "--detach",
                                      "--pid-file",   config.directory + "/" + kPidFileName};
    if (config.terminal) {
      words.insert(words.end(), {"--console-socket", config.directory + "/" + kConsoleSocketName});
    }
    return words;
  }
  Config Container(const std::vector<std::string>& args, bool terminal = false) {
    WriteBundle(args, terminal);
    Config config = BaseConfig();
    config.terminal = terminal;
    config.hide_unified_cgroup = os::PathExists(kUnifiedCgroup);
    std::vector<std::string> words = StartWords("run", config);
    words.insert(words.end(), {"--bundle", dir_.path(), id_});
    config.start_command = Command(words);
    return config;
  }
  Config Exec(const std::vector<std::string>& args, bool terminal = false) {
    EXPECT_OK(os::WriteFileAtomic(dir_.Sub("exec/process.json"), ProcessJson(args, terminal), 0600,
                                  os::Sync::kNone));
    Config config = ExecConfig();
    config.directory = dir_.Sub("exec");
    config.terminal = terminal;
    config.hide_unified_cgroup = os::PathExists(kUnifiedCgroup);
    config.wait_for_attach = true;
    std::vector<std::string> words = StartWords("exec", config);
    words.insert(words.end(), {"--process", dir_.Sub("exec/process.json"), id_});
    config.start_command = Command(words);
    return config;
  }
  void Kill(Monitor* monitor, int signal) {
    std::promise<Status> sent;
    monitor->Signal(signal, [&sent](Status status) { sent.set_value(std::move(status)); });
    EXPECT_OK(sent.get_future().get());
  }
};

TEST_P(WithRuntime, TellsTheExitCodeAndWritesTheLog) {
  auto events = Launch(Container({"/bin/sh", "-c", "echo hello; exit 3"}));
  ASSERT_TRUE(events->AwaitStarted());
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 3);
  EXPECT_THAT(Log(), HasSubstr("hello\\n"));
}

TEST_P(WithRuntime, TellsTheSignalThatEndedTheContainer) {
  auto events = Launch(Container({"/bin/busybox", "sleep", "1000"}));
  ASSERT_TRUE(events->AwaitStarted());
  Kill(monitor_.get(), SIGKILL);
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->signal, SIGKILL);
}

TEST_P(WithRuntime, PassesTheRuntimesReasonOnWhenTheCommandDoesNotExist) {
  const auto failed = Launch(Container({"/nonexistent"}))->AwaitStartFailed();
  ASSERT_TRUE(failed);
  EXPECT_THAT(failed->reason, HasSubstr("\"msg\""));
  EXPECT_THAT(failed->reason, HasSubstr("/nonexistent"));
}

TEST_P(WithRuntime, GivesTheContainerATerminalOfTheSizeAsked) {
  // A loop: the size is set when the runtime hands the terminal over, which may be after the start.
  const std::string until = "until busybox stty size | busybox grep -q ";
  const std::string wait = "; do busybox sleep 0.01; done; ";
  Config config = Container({"/bin/sh", "-c",
                             until + "'^33 121'" + wait + "echo first; read line; " + until +
                                 "'^44 99'" + wait + "echo second"},
                            /*terminal=*/true);
  config.window = {33, 121};
  config.open_stdin = true;
  config.wait_for_attach = true;
  auto events = Launch(config);
  auto client = Attach(kAttachAll);
  ASSERT_TRUE(client->AwaitOutput("first\r\n")) << client->output();
  client->streams().Resize({44, 99});
  ASSERT_TRUE(client->Write("typed\n"));
  const auto output = client->AwaitEnd();
  ASSERT_TRUE(output);
  EXPECT_THAT(*output, HasSubstr("typed\r\n"));  // the terminal's echo
  EXPECT_THAT(*output, HasSubstr("second\r\n"));
  EXPECT_TRUE(events->AwaitExited());
}

TEST_P(WithRuntime, EndsTheInputOfATerminalWithItsEndOfFileCharacter) {
  Config config = Container({"/bin/sh", "-c", "busybox cat; exit 6"}, /*terminal=*/true);
  config.open_stdin = true;
  config.wait_for_attach = true;
  auto events = Launch(config);
  auto client = Attach(kAttachAll);
  ASSERT_TRUE(client->Write("line\n"));
  ASSERT_TRUE(client->AwaitOutput("line\r\nline\r\n"));
  client->streams().CloseStdin();
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 6);
}

TEST_P(WithRuntime, KeepsATerminalOpenWhoseContainerClosesIt) {
  Config config = Container(
      {"/bin/sh", "-c", "exec <&- >&- 2>&-; busybox sleep 0.2; exec > /dev/console; echo again"},
      /*terminal=*/true);
  config.wait_for_attach = true;
  auto events = Launch(config);
  auto client = Attach(kAttachOutput);
  EXPECT_EQ(client->AwaitEnd(), "again\r\n");
  EXPECT_TRUE(events->AwaitExited());
}

TEST_P(WithRuntime, CarriesAllOutputOfATerminalUpToItsEnd) {
  Config config = Container({"/bin/sh", "-c", "busybox seq 1 50000"}, /*terminal=*/true);
  config.wait_for_attach = true;
  auto events = Launch(config);
  auto client = Attach(kAttachOutput);
  std::string expected;
  for (int i = 1; i <= 50000; ++i) {
    expected.append(std::to_string(i)).append("\r\n");
  }
  const auto output = client->AwaitEnd();
  ASSERT_TRUE(output);
  EXPECT_TRUE(*output == expected) << output->size() << " of " << expected.size();
  EXPECT_TRUE(events->AwaitExited());
}

TEST_P(WithRuntime, TellsTheExitCodeOfAnExec) {
  auto container = Launch(Container({"/bin/busybox", "sleep", "1000"}));
  ASSERT_TRUE(container->AwaitStarted());
  const std::shared_ptr<Monitor> container_monitor = monitor_;

  auto events = Launch(Exec({"/bin/sh", "-c", "echo from exec; exit 4"}));
  auto client = Attach(kAttachOutput, /*stalled=*/false, "exec");
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 4);
  EXPECT_EQ(client->AwaitEnd(), "from exec\n");

  Kill(container_monitor.get(), SIGKILL);
  EXPECT_TRUE(container->AwaitExited());
}

TEST_P(WithRuntime, SignalsAnExecWithATerminal) {
  auto container = Launch(Container({"/bin/busybox", "sleep", "1000"}));
  ASSERT_TRUE(container->AwaitStarted());
  const std::shared_ptr<Monitor> container_monitor = monitor_;

  auto events = Launch(Exec({"/bin/sh", "-c", "echo ready; exec busybox sleep 1000"}, true));
  auto client = Attach(kAttachOutput, /*stalled=*/false, "exec");
  ASSERT_TRUE(client->AwaitOutput("ready\r\n"));
  Kill(monitor_.get(), SIGTERM);
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->signal, SIGTERM);
  EXPECT_EQ(client->AwaitEnd(), "ready\r\n");

  Kill(container_monitor.get(), SIGKILL);
  EXPECT_TRUE(container->AwaitExited());
}

TEST_P(WithRuntime, TellsTheEndOfAnExecWhenTheContainerIsKilled) {
  auto container = Launch(Container({"/bin/busybox", "sleep", "1000"}));
  ASSERT_TRUE(container->AwaitStarted());
  const std::shared_ptr<Monitor> container_monitor = monitor_;
  auto events = Launch(Exec({"/bin/busybox", "sleep", "1000"}));
  auto client = Attach(kAttachOutput, /*stalled=*/false, "exec");
  ASSERT_TRUE(events->AwaitStarted());

  Kill(container_monitor.get(), SIGKILL);
  EXPECT_TRUE(container->AwaitExited());
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->signal, SIGKILL);
  EXPECT_EQ(client->AwaitEnd(), "");
}

INSTANTIATE_TEST_SUITE_P(Runtimes, WithRuntime, testing::Values("/usr/bin/crun", "/usr/sbin/runc"),
                         [](const auto& test) {
                           return test.param.substr(test.param.rfind('/') + 1);
                         });

}  // namespace
}  // namespace isulad::shim
