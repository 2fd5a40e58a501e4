// Input and output of attached clients, byte for byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <string>

#include "integration/shim/shim_fixture.h"
#include "utils/os/file.h"

namespace isulad::shim {
namespace {

using std::chrono::milliseconds;

constexpr int kManyLines = 1'500'000;

// What `seq 1 count` prints.
std::string Sequence(int count) {
  std::string text;
  for (int i = 1; i <= count; ++i) {
    text.append(std::to_string(i)).append("\n");
  }
  return text;
}

class AttachedStreams : public ShimTest {
 protected:
  // An exec of `program` with a client attached from the first byte on.
  std::shared_ptr<Client> Run(const std::string& program, const struct Attach& what,
                              bool stalled = false) {
    Config config = ExecConfig();
    config.wait_for_attach = true;
    config.open_stdin = what.standard_input;
    config.stdin_once = what.standard_input;
    config.start_command = FakeRuntime(program);
    events_ = Launch(config);
    return Attach(what, stalled);
  }

  std::shared_ptr<Events> events_;
};

TEST_F(AttachedStreams, AreNeverADeviceOfTheHost) {
  Config config = ExecConfig();
  config.wait_for_attach = true;
  config.start_command = FakeRuntime("readlink /proc/self/fd/0; cat; echo end");
  events_ = Launch(config);
  const std::string output = Attach(kAttachOutput)->AwaitEnd(false).value_or("");
  EXPECT_THAT(output, testing::StartsWith("pipe:"));
  EXPECT_THAT(output, testing::EndsWith("\nend\n")) << "input that ends at once";
}

TEST_F(AttachedStreams, CarryMuchOutputWholly) {
  auto client = Run("seq 1 " + std::to_string(kManyLines), kAttachOutput);
  const auto output = client->AwaitEnd();
  ASSERT_TRUE(output);
  EXPECT_TRUE(*output == Sequence(kManyLines)) << output->size();
}

TEST_F(AttachedStreams, HoldAnExecBackWhileItsClientStallsAndLoseNothing) {
  auto client = Run("seq 1 " + std::to_string(kManyLines), kAttachOutput, /*stalled=*/true);
  ASSERT_TRUE(events_->AwaitStarted());
  EXPECT_FALSE(events_->ExitedWithin(milliseconds(500)));
  client->Unstall();
  const auto output = client->AwaitEnd();
  ASSERT_TRUE(output);
  EXPECT_TRUE(*output == Sequence(kManyLines)) << output->size();
  EXPECT_TRUE(events_->AwaitExited());
}

TEST_F(AttachedStreams, ReleaseAContainerFromAClientThatStaysStalled) {
  Config config = BaseConfig();
  config.wait_for_attach = true;
  config.log_max_bytes = 1 << 20;
  config.start_command = FakeRuntime("seq 1 400000");
  auto events = Launch(config);
  auto client = Attach(kAttachOutput, /*stalled=*/true);
  EXPECT_TRUE(events->AwaitExited());  // after the 10 seconds that a client has
  EXPECT_THAT(Log(), testing::HasSubstr("\"400000\\n\""));
  const std::string notes = Read("monitor/monitor.log");
  EXPECT_THAT(notes, testing::HasSubstr("a client was dropped"));
  EXPECT_TRUE(os::RemoveTree(dir_.Sub("monitor/monitor.log")));  // TearDown() expects none
  client->Unstall();
  EXPECT_TRUE(client->AwaitEnd());
  EXPECT_TRUE(client->was_cut());
}

TEST_F(AttachedStreams, GoToSeveralClientsFromThenOn) {
  Config config = BaseConfig();
  config.open_stdin = true;
  config.start_command = FakeRuntime("read a; echo one; read b; echo two");
  auto events = Launch(config);
  auto first = Attach(kAttachAll);
  ASSERT_TRUE(first->Write("x\n"));
  ASSERT_TRUE(first->AwaitOutput("one\n"));
  auto second = Attach(kAttachAll);
  ASSERT_TRUE(second->Write("y\n"));
  EXPECT_EQ(first->AwaitEnd(), "one\ntwo\n");
  EXPECT_EQ(second->AwaitEnd(), "two\n");
  EXPECT_TRUE(events->AwaitExited());
}

TEST_F(AttachedStreams, CarryMuchInputWhollyToASlowReader) {
  const std::string input = Sequence(400'000);
  auto client = Run("sleep 0.3; exec cat", kAttachAll);
  ASSERT_TRUE(client->Write(input));
  client->streams().CloseStdin();
  const auto output = client->AwaitEnd();
  ASSERT_TRUE(output);
  EXPECT_TRUE(*output == input) << output->size();
  const auto exited = events_->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 0);
}

TEST_F(AttachedStreams, HoldTheClientBackWhileTheProcessDoesNotRead) {
  auto client = Run("read go; wc -c", kAttachAll);
  std::atomic<bool> taken = false;
  const std::string block(8 << 20, 'x');
  client->streams().WriteStdin(block, [&taken] { taken = true; });
  ASSERT_TRUE(events_->AwaitStarted());
  EXPECT_FALSE(events_->ExitedWithin(milliseconds(300)));
  EXPECT_FALSE(taken);
  // The line has no end: the shell reads one byte at a time and is far from done.
  monitor_->Signal(SIGKILL, [](const Status&) {});
  EXPECT_TRUE(events_->AwaitExited());
  EXPECT_TRUE(client->AwaitEnd());
}

TEST_F(AttachedStreams, ThrowOutputAwayWhereNobodyWantsIt) {
  Config config = ExecConfig();
  config.start_command = FakeRuntime("seq 1 100000");
  const auto exited = Launch(config)->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 0);
}

}  // namespace
}  // namespace isulad::shim
