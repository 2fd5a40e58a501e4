// Streams, starts that wait for them, and the thread on which all is told.
#include <gmock/gmock.h>

#include <cerrno>
#include <csignal>
#include <future>
#include <utility>

#include "support/fakes/launcher_contract.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"

namespace isulad::test {

using testing::ElementsAre;
using testing::IsEmpty;

std::string MuchOutput() {
  std::string text;
  for (int i = 1; i <= kMuchLines; ++i) {
    text.append(std::to_string(i)).append("\n");
  }
  return text;
}

std::shared_ptr<StreamsClient> LauncherContract::Attach(const shim::Config& config,
                                                        const shim::Attach& what, bool stalled) {
  auto client = std::make_shared<StreamsClient>(stalled);
  auto streams = host_->launcher().AttachStreams(config.directory, what, client);
  EXPECT_OK(streams);
  if (streams) {
    client->SetStreams(*std::move(streams));
  }
  return client;
}

std::shared_ptr<StreamsClient> LauncherContract::Run(Program program, const shim::Attach& what,
                                                     bool stalled) {
  exec_ = host_->Exec(program);
  exec_.wait_for_attach = true;
  exec_.open_stdin = what.standard_input;
  exec_.stdin_once = what.standard_input;
  events_ = Launch(exec_);
  return Attach(exec_, what, stalled);
}

TEST_P(LauncherContract, WaitsWithTheStartForAClient) {
  shim::Config config = host_->Exec(Program::kPrints);
  config.wait_for_attach = true;
  const auto events = Launch(config);
  // A monitor that answers has its configuration and would have started.
  EXPECT_THAT(Signal(0), IsErrno(ESRCH));
  EXPECT_FALSE(host_->HasBegun());
  EXPECT_THAT(events->calls(), IsEmpty());
  const auto client = Attach(config, kAttachOutput);
  EXPECT_EQ(client->AwaitEnd(), "out\n") << "all of it, from the first byte on";
  EXPECT_TRUE(events->AwaitExited());
  EXPECT_TRUE(host_->HasBegun());
  EXPECT_THAT(events->calls(), ElementsAre("started", "exited"));
}

TEST_P(LauncherContract, GivesUpAStartThatWaitsForAClient) {
  shim::Config config = host_->Container(Program::kExits);
  config.wait_for_attach = true;
  const auto events = Launch(config);
  monitor_->Abandon();
  EXPECT_TRUE(events->AwaitLost());
  EXPECT_TRUE(host_->AwaitMonitorGone());
  EXPECT_FALSE(host_->HasBegun());
  EXPECT_THAT(events->calls(), ElementsAre("lost"));
}

TEST_P(LauncherContract, DoesNotWaitForAClientWithoutItsDaemon) {
  shim::Config config = host_->Container(Program::kExits);
  config.wait_for_attach = true;
  const auto events = Launch(config);
  EXPECT_THAT(Signal(0), IsErrno(ESRCH));
  KillDaemon();
  EXPECT_TRUE(host_->AwaitMonitorGone());
  EXPECT_FALSE(host_->HasBegun());
  host_->StartDaemon();
  EXPECT_THAT(host_->launcher().Reconnect(config.directory, std::make_shared<MonitorEvents>()),
              IsErrorWith(Code::kNotFound, shim::kControlSocketName));
  EXPECT_THAT(events->calls(), IsEmpty());
}

TEST_P(LauncherContract, KeepsOutputAndErrorApart) {
  const auto client = Run(Program::kPrints, kAttachOutput);
  EXPECT_EQ(client->AwaitEnd(false), "out\n");
  EXPECT_EQ(client->AwaitEnd(true), "err\n");
  EXPECT_FALSE(client->was_cut());
}

TEST_P(LauncherContract, CarriesOnlyWhatWasAskedFor) {
  const auto client = Run(Program::kPrints, {false, false, true});
  EXPECT_EQ(client->AwaitEnd(false), "");
  EXPECT_EQ(client->AwaitEnd(true), "err\n");
}

TEST_P(LauncherContract, GivesOnePieceOfOutputUntilAskedForMoreAndLosesNothing) {
  const auto client = Run(Program::kPrintsMuch, kAttachOutput, /*stalled=*/true);
  ASSERT_TRUE(events_->AwaitExited());
  ASSERT_TRUE(client->AwaitOutput("1\n"));
  PassLoop();
  EXPECT_EQ(client->pieces(), 1u);
  EXPECT_FALSE(client->has_ended());
  client->Unstall();
  const auto output = client->AwaitEnd();
  ASSERT_TRUE(output);
  EXPECT_TRUE(*output == MuchOutput()) << output->size();
  EXPECT_GT(client->pieces(), 1u);
  EXPECT_FALSE(client->was_cut());
}

TEST_P(LauncherContract, CarriesInputByteForByte) {
  const auto client = Run(Program::kCopies, kAttachAll);
  ASSERT_TRUE(client->Write(MuchOutput()));
  client->streams().CloseStdin();
  const auto output = client->AwaitEnd();
  ASSERT_TRUE(output);
  EXPECT_TRUE(*output == MuchOutput()) << output->size();
  const auto exited = events_->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 0);
}

TEST_P(LauncherContract, CutsOffAClientThatWritesWithoutHavingAskedForIt) {
  const auto client = Run(Program::kWaits, kAttachOutput);
  ASSERT_TRUE(events_->AwaitStarted());
  client->streams().WriteStdin("x", [] {});
  EXPECT_EQ(client->AwaitEnd(), "");
  EXPECT_TRUE(client->was_cut());
  EndByKill(*events_);
  // The real one notes that in its log, where a test would look for complaints.
  IgnoreError(os::RemoveTree(exec_.directory + "/" + shim::kMonitorLogName));
}

TEST_P(LauncherContract, FindsInputAtItsEndWhereItIsNotOpened) {
  const auto exited = Launch(host_->Container(Program::kCopies))->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 0);
}

TEST_P(LauncherContract, ClosesInputWhenItsFirstClientLeaves) {
  const auto client = Run(Program::kCopies, kAttachAll);
  ASSERT_TRUE(client->Write("bye\n"));
  ASSERT_TRUE(client->AwaitOutput("bye\n"));
  client->Leave();
  const auto exited = events_->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 0);
  PassLoop();
  EXPECT_FALSE(client->has_ended()) << "it has detached";
}

TEST_P(LauncherContract, KeepsInputOpenWhenALaterClientLeaves) {
  const auto first = Run(Program::kCopies, kAttachAll);
  const auto second = Attach(exec_, kAttachAll);
  ASSERT_TRUE(second->Write("two\n"));
  ASSERT_TRUE(first->AwaitOutput("two\n"));
  second->Leave();
  ASSERT_TRUE(first->Write("one\n"));
  ASSERT_TRUE(first->AwaitOutput("two\none\n"));
  first->Leave();
  EXPECT_TRUE(events_->AwaitExited());
}

TEST_P(LauncherContract, KeepsInputOpenWhenItIsNotForOneClientOnly) {
  shim::Config config = host_->Container(Program::kCopies);
  config.open_stdin = true;
  const auto events = Launch(config);
  const auto first = Attach(config, kAttachAll);
  ASSERT_TRUE(first->Write("one\n"));
  ASSERT_TRUE(first->AwaitOutput("one\n"));
  const auto second = Attach(config, kAttachAll);
  first->Leave();
  ASSERT_TRUE(second->Write("two\n"));
  ASSERT_TRUE(second->AwaitOutput("two\n"));
  second->streams().CloseStdin();
  EXPECT_EQ(second->AwaitEnd(), "two\n") << "from its attachment on";
  EXPECT_TRUE(events->AwaitExited());
}

TEST_P(LauncherContract, EndsTheStreamsOfAStartThatFails) {
  const auto client = Run(Program::kFails, kAttachOutput);
  EXPECT_TRUE(events_->AwaitStartFailed());
  EXPECT_EQ(client->AwaitEnd(), "");
  EXPECT_FALSE(client->was_cut());
}

TEST_P(LauncherContract, CutsTheStreamsOfAStartThatIsGivenUp) {
  const auto client = Run(Program::kHangs, kAttachOutput);
  ASSERT_TRUE(host_->AwaitHanging());
  monitor_->Abandon();
  EXPECT_TRUE(events_->AwaitLost());
  EXPECT_EQ(client->AwaitEnd(), "");
  EXPECT_TRUE(client->was_cut());
}

TEST_P(LauncherContract, TellsAllOnTheThreadOfTheLoop) {
  std::promise<std::thread::id> id;
  host_->loop().Post([&id] { id.set_value(std::this_thread::get_id()); });
  const std::thread::id thread = id.get_future().get();
  const auto client = Run(Program::kCopies, kAttachAll);
  ASSERT_TRUE(events_->AwaitStarted());
  ASSERT_TRUE(client->Write("x\n"));
  ASSERT_TRUE(client->AwaitOutput("x\n"));
  monitor_->Signal(SIGTERM, [events = events_](const Status&) { events->Note("answered"); });
  ASSERT_TRUE(events_->AwaitExited());
  EXPECT_TRUE(client->AwaitEnd());
  EXPECT_THAT(events_->calls(), ElementsAre("started", "answered", "exited"));
  EXPECT_THAT(events_->threads(), ElementsAre(thread));
  EXPECT_THAT(client->threads(), ElementsAre(thread));
}

}  // namespace isulad::test
