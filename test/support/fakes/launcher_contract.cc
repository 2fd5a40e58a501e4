// Starts, signals, ends and reconnections.
#include "support/fakes/launcher_contract.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <csignal>
#include <future>
#include <utility>

#include "support/result_matchers.h"
#include "utils/os/file.h"

namespace isulad::test {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::shared_ptr<MonitorEvents> LauncherContract::Launch(const shim::Config& config) {
  auto events = std::make_shared<MonitorEvents>();
  auto monitor = host_->launcher().Launch(config, events);
  EXPECT_OK(monitor);
  monitor_ = monitor ? *std::move(monitor) : nullptr;
  return events;
}

void LauncherContract::KillDaemon() {
  monitor_.reset();
  host_->KillDaemon();
}

void LauncherContract::PassLoop() {
  // Twice: what is told may be posted by what was posted before.
  for (int round = 0; round < 2; ++round) {
    std::promise<void> passed;
    host_->loop().Post([&passed] { passed.set_value(); });
    ASSERT_EQ(passed.get_future().wait_for(kPatience), std::future_status::ready);
  }
}

Status LauncherContract::Signal(int signal) {
  auto answer = std::make_shared<std::promise<Status>>();
  std::future<Status> future = answer->get_future();
  monitor_->Signal(signal, [answer](Status status) { answer->set_value(std::move(status)); });
  if (future.wait_for(kPatience) != std::future_status::ready) {
    return Internal("no answer to the signal");
  }
  return future.get();
}

void LauncherContract::EndByKill(MonitorEvents& events) {
  EXPECT_OK(Signal(SIGKILL));
  const auto exited = events.AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->signal, SIGKILL);
}

Result<shim::Exited> LauncherContract::Record(const shim::Config& config) const {
  ASSIGN_OR_RETURN(const std::string text, os::ReadFile(config.exit_record_path));
  return shim::DecodeExitRecord(text);
}

TEST_P(LauncherContract, TellsAStartAndItsEndOnce) {
  const shim::Config config = host_->Container(Program::kExits);
  const auto events = Launch(config);
  const auto started = events->AwaitStarted();
  ASSERT_TRUE(started);
  EXPECT_GT(started->pid, 1);
  EXPECT_GT(started->start_time, 0u);
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 7);
  EXPECT_EQ(exited->signal, 0);
  EXPECT_GT(exited->time, 0);
  EXPECT_TRUE(host_->AwaitProcessGone(started->pid));
  ASSERT_TRUE(host_->AwaitMonitorGone());
  PassLoop();
  EXPECT_THAT(events->calls(), ElementsAre("started", "exited"));
}

TEST_P(LauncherContract, RecordsAnEndBeforeItTellsIt) {
  const shim::Config config = host_->Container(Program::kExits);
  const auto exited = Launch(config)->AwaitExited();
  ASSERT_TRUE(exited);
  ASSERT_OK_AND_ASSIGN(const shim::Exited record, Record(config));
  EXPECT_EQ(record.code, 7);
  EXPECT_EQ(record.signal, 0);
  EXPECT_EQ(record.time, exited->time);
}

TEST_P(LauncherContract, TellsAFailedStartOnceAndKeepsNothingOfIt) {
  shim::Config config = host_->Container(Program::kFails);
  const auto events = Launch(config);
  const auto failed = events->AwaitStartFailed();
  ASSERT_TRUE(failed);
  EXPECT_THAT(failed->reason, HasSubstr("no way"));
  EXPECT_FALSE(os::PathExists(config.exit_record_path));
  EXPECT_THAT(host_->launcher().Reconnect(config.directory, std::make_shared<MonitorEvents>()),
              IsErrorWith(Code::kNotFound, shim::kControlSocketName));
  // Whoever hears of it may start anew at once.
  EXPECT_TRUE(Launch(host_->Container(Program::kExits))->AwaitExited());
  EXPECT_THAT(events->calls(), ElementsAre("failed"));
}

TEST_P(LauncherContract, LetsGoOfAnObserverAfterItsLastCall) {
  auto events = std::make_shared<MonitorEvents>();
  const std::weak_ptr<MonitorEvents> weak = events;
  ASSERT_OK_AND_ASSIGN(monitor_,
                       host_->launcher().Launch(host_->Container(Program::kWaits), events));
  ASSERT_TRUE(events->AwaitStarted());
  events.reset();
  ASSERT_TRUE(events = weak.lock()) << "an observer is kept as long as something is to come";
  EndByKill(*events);
  events.reset();
  PassLoop();
  EXPECT_TRUE(weak.expired());
}

TEST_P(LauncherContract, RefusesADirectoryThatIsNotThere) {
  shim::Config config = host_->Container(Program::kExits);
  config.directory += "/none";
  const auto events = std::make_shared<MonitorEvents>();
  EXPECT_THAT(host_->launcher().Launch(config, events), IsErrorWith(Code::kNotFound, "none"));
  EXPECT_THAT(host_->launcher().Reconnect(config.directory, events),
              IsErrorWith(Code::kNotFound, "none"));
  PassLoop();
  EXPECT_THAT(events->calls(), IsEmpty());
}

TEST_P(LauncherContract, RefusesASecondMonitorInOneDirectory) {
  const shim::Config config = host_->Container(Program::kWaits);
  const auto events = Launch(config);
  ASSERT_TRUE(events->AwaitStarted());
  const auto others = std::make_shared<MonitorEvents>();
  EXPECT_THAT(host_->launcher().Launch(config, others),
              IsErrorWith(Code::kFailedPrecondition, "already"));
  EndByKill(*events);
  EXPECT_THAT(others->calls(), IsEmpty());
}

TEST_P(LauncherContract, SendsASignalAndTellsTheEndAfterTheAnswer) {
  const shim::Config config = host_->Container(Program::kWaits);
  const auto events = Launch(config);
  const auto started = events->AwaitStarted();
  ASSERT_TRUE(started);
  EXPECT_OK(Signal(0));
  EXPECT_TRUE(host_->HasProcess(started->pid));
  monitor_->Signal(SIGTERM, [events](const Status& sent) { events->Note(sent ? "sent" : "not"); });
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->signal, SIGTERM);
  EXPECT_EQ(exited->code, 0);
  EXPECT_THAT(events->calls(), ElementsAre("started", "sent", "exited"));
  ASSERT_OK_AND_ASSIGN(const shim::Exited record, Record(config));
  EXPECT_EQ(record.signal, SIGTERM);
  EXPECT_TRUE(host_->AwaitProcessGone(started->pid));
}

TEST_P(LauncherContract, RefusesASignalThatDoesNotExist) {
  const auto events = Launch(host_->Container(Program::kWaits));
  ASSERT_TRUE(events->AwaitStarted());
  EXPECT_THAT(Signal(1000), IsErrno(EINVAL));
  EndByKill(*events);
}

TEST_P(LauncherContract, SignalsNothingAfterTheEnd) {
  const auto events = Launch(host_->Container(Program::kExits));
  ASSERT_TRUE(events->AwaitExited());
  EXPECT_THAT(Signal(SIGTERM),
              AnyOf(IsErrorWith(Code::kNotFound, ""), IsErrorWith(Code::kUnavailable, "")));
  monitor_->Abandon();
  PassLoop();
  EXPECT_THAT(events->calls(), ElementsAre("started", "exited"));
}

TEST_P(LauncherContract, GivesUpAStartThatHangs) {
  const shim::Config config = host_->Container(Program::kHangs);
  const auto events = Launch(config);
  ASSERT_TRUE(host_->AwaitHanging());
  EXPECT_THAT(Signal(SIGTERM), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(events->calls(), IsEmpty());
  monitor_->Abandon();
  EXPECT_TRUE(events->AwaitLost());
  EXPECT_TRUE(host_->AwaitMonitorGone());
  EXPECT_FALSE(os::PathExists(config.exit_record_path));
  EXPECT_THAT(host_->launcher().Reconnect(config.directory, std::make_shared<MonitorEvents>()),
              IsErrorWith(Code::kNotFound, shim::kControlSocketName));
  PassLoop();
  EXPECT_THAT(events->calls(), ElementsAre("lost"));
}

TEST_P(LauncherContract, GivesUpAProcessThatHasBeenStarted) {
  const shim::Config config = host_->Container(Program::kWaits);
  const auto events = Launch(config);
  const auto started = events->AwaitStarted();
  ASSERT_TRUE(started);
  monitor_->Abandon();
  EXPECT_TRUE(events->AwaitLost());
  EXPECT_TRUE(host_->AwaitProcessGone(started->pid));
  EXPECT_TRUE(host_->AwaitMonitorGone());
  EXPECT_FALSE(os::PathExists(config.exit_record_path));
  EXPECT_THAT(events->calls(), ElementsAre("started", "lost"));
}

TEST_P(LauncherContract, FindsARunningMonitorAgainWithItsStreams) {
  shim::Config config = host_->Container(Program::kCopies);
  config.open_stdin = true;
  const auto first = Launch(config);
  const auto started = first->AwaitStarted();
  ASSERT_TRUE(started);
  KillDaemon();
  EXPECT_TRUE(host_->HasProcess(started->pid));
  host_->StartDaemon();
  const auto second = std::make_shared<MonitorEvents>();
  ASSERT_OK_AND_ASSIGN(monitor_, host_->launcher().Reconnect(config.directory, second));
  const auto repeated = second->AwaitStarted();
  ASSERT_TRUE(repeated);
  EXPECT_EQ(repeated->pid, started->pid);
  EXPECT_EQ(repeated->start_time, started->start_time);
  const auto client = Attach(config, kAttachAll);
  EXPECT_TRUE(client->Write("hello\n"));
  ASSERT_TRUE(client->AwaitOutput("hello\n"));
  EndByKill(*second);
  EXPECT_EQ(client->AwaitEnd(), "hello\n");
  EXPECT_THAT(second->calls(), ElementsAre("started", "exited"));
  EXPECT_THAT(first->calls(), ElementsAre("started")) << "its daemon is gone";
}

TEST_P(LauncherContract, FindsAMonitorAgainWhoseStartIsUnderWay) {
  const shim::Config config = host_->Container(Program::kHangs);
  Launch(config);
  ASSERT_TRUE(host_->AwaitHanging());
  KillDaemon();
  host_->StartDaemon();
  const auto events = std::make_shared<MonitorEvents>();
  ASSERT_OK_AND_ASSIGN(monitor_, host_->launcher().Reconnect(config.directory, events));
  EXPECT_THAT(Signal(0), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(events->calls(), IsEmpty());
  monitor_->Abandon();
  EXPECT_TRUE(events->AwaitLost());
}

TEST_P(LauncherContract, LeavesARecordOfAnEndThatNoDaemonHasSeen) {
  const shim::Config config = host_->Container(Program::kWaits);
  const auto started = Launch(config)->AwaitStarted();
  ASSERT_TRUE(started);
  KillDaemon();
  host_->KillProcess(started->pid);
  ASSERT_TRUE(host_->AwaitMonitorGone());
  ASSERT_OK_AND_ASSIGN(const shim::Exited record, Record(config));
  EXPECT_EQ(record.signal, SIGKILL);
  host_->StartDaemon();
  EXPECT_THAT(host_->launcher().Reconnect(config.directory, std::make_shared<MonitorEvents>()),
              IsErrorWith(Code::kNotFound, shim::kControlSocketName));
}

TEST_P(LauncherContract, TellsThatAMonitorWasKilledAndStartsAnotherInItsPlace) {
  const shim::Config config = host_->Container(Program::kWaits);
  const auto events = Launch(config);
  const auto started = events->AwaitStarted();
  ASSERT_TRUE(started);
  const auto client = Attach(config, kAttachOutput);
  EXPECT_OK(Signal(0));
  host_->KillMonitor();
  EXPECT_TRUE(events->AwaitLost());
  EXPECT_EQ(client->AwaitEnd(), "");
  EXPECT_TRUE(client->was_cut());
  EXPECT_THAT(Signal(SIGTERM), IsErrorWith(Code::kUnavailable, ""));
  EXPECT_THAT(host_->launcher().Reconnect(config.directory, std::make_shared<MonitorEvents>()),
              IsErrorWith(Code::kUnavailable, shim::kControlSocketName));
  EXPECT_THAT(host_->launcher().AttachStreams(config.directory, kAttachOutput,
                                              std::make_shared<StreamsClient>()),
              IsErrorWith(Code::kUnavailable, shim::kControlSocketName));
  // Its process goes on: somebody else has to end it, and nobody records that.
  EXPECT_TRUE(host_->HasProcess(started->pid));
  host_->KillProcess(started->pid);
  EXPECT_TRUE(host_->AwaitProcessGone(started->pid));
  EXPECT_FALSE(os::PathExists(config.exit_record_path));
  EXPECT_TRUE(Launch(host_->Container(Program::kExits))->AwaitExited());
  EXPECT_THAT(events->calls(), ElementsAre("started", "lost"));
}

}  // namespace isulad::test
