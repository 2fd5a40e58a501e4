// The fake launcher keeps the promises of the real one, or the tests that stand on it would prove
// nothing; and what it offers to tests besides.
#include "support/fakes/fake_launcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include "support/result_matchers.h"
#include "unit/support/fake_launcher_host.h"
#include "utils/os/file.h"

namespace isulad::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Program = LauncherHost::Program;

INSTANTIATE_TEST_SUITE_P(Fake, LauncherContract, testing::Values(LauncherHostFactory([] {
                           return std::make_unique<FakeLauncherHost>();
                         })));

class FakeLauncherTest : public testing::Test {
 protected:
  std::shared_ptr<MonitorEvents> Launch(const shim::Config& config) {
    auto events = std::make_shared<MonitorEvents>();
    auto monitor = host_.launcher().Launch(config, events);
    EXPECT_OK(monitor);
    monitor_ = monitor ? *std::move(monitor) : nullptr;
    return events;
  }

  FakeLauncherHost host_;
  std::shared_ptr<shim::Monitor> monitor_;
};

TEST_F(FakeLauncherTest, TellsOfProcessesBeforeItsObserversHear) {
  const auto events = std::make_shared<MonitorEvents>();
  host_.shims().SetHooks([&](const std::string& id, pid_t) { events->Note("start of " + id); },
                         [&](const std::string& id, pid_t) { events->Note("end of " + id); });
  ASSERT_OK_AND_ASSIGN(monitor_, host_.launcher().Launch(host_.Container(Program::kWaits), events));
  ASSERT_TRUE(events->AwaitStarted());
  monitor_->Signal(SIGKILL, [](const Status&) {});
  ASSERT_TRUE(events->AwaitExited());
  EXPECT_THAT(events->calls(), ElementsAre("start of fake", "started", "end of fake", "exited"));
}

TEST_F(FakeLauncherTest, TellsBothThoughAProcessIsKilledWhileItIsMade) {
  host_.shims().SetHooks([&](const std::string&, pid_t pid) { host_.shims().KillProcess(pid); },
                         nullptr);
  const auto events = Launch(host_.Container(Program::kWaits));
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->signal, SIGKILL);
  EXPECT_THAT(events->calls(), ElementsAre("started", "exited"));
  EXPECT_EQ(host_.shims().Dump(), "");
}

TEST_F(FakeLauncherTest, KeepsTheProcessOfAMonitorThatIsLostInTheStart) {
  const shim::Config config = host_.Container(Program::kWaits);
  host_.shims().PlanAll(StartPlan::IsLost());
  Launch(config);  // takes the plan of its own
  EXPECT_TRUE(host_.shims().Find(kFakeId)->EndProcess(0));
  const auto events = Launch(config);
  EXPECT_TRUE(events->AwaitLost());
  EXPECT_THAT(events->calls(), ElementsAre("lost"));
  EXPECT_EQ(host_.shims().Find(kFakeId), nullptr);
  const std::string left = host_.shims().Dump();
  ASSERT_THAT(left, HasSubstr("container fake"));
  EXPECT_TRUE(host_.shims().KillProcess(std::stoi(left.substr(left.rfind(' ')))));
  EXPECT_EQ(host_.shims().Dump(), "");
}

TEST_F(FakeLauncherTest, LeavesAHangingStartWithoutItsProcessHanging) {
  const auto events = Launch(host_.Container(Program::kHangs));
  const auto shim = host_.shims().Await(kFakeId);
  ASSERT_TRUE(shim);
  EXPECT_TRUE(host_.shims().KillProcess(shim->pid()));
  EXPECT_FALSE(host_.shims().KillProcess(shim->pid()));
  EXPECT_THAT(host_.shims().Dump(), HasSubstr("starting"));
  EXPECT_THAT(events->calls(), IsEmpty());
  monitor_->Abandon();
  EXPECT_TRUE(events->AwaitLost());
  EXPECT_EQ(host_.shims().Dump(), "");
}

TEST_F(FakeLauncherTest, EndsExecsWithTheirContainer) {
  const auto container = Launch(host_.Container(Program::kWaits));
  const auto exec = Launch(host_.Exec(Program::kWaits, "exec"));
  ASSERT_TRUE(exec->AwaitStarted());
  ASSERT_EQ(host_.shims().ExecsOf(kFakeId).size(), 1u);
  EXPECT_FALSE(host_.shims().Find(kFakeId)->is_exec());
  EXPECT_TRUE(host_.shims().Find(kFakeId)->EndProcess(3));
  const auto exited = exec->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->signal, SIGKILL);
  EXPECT_TRUE(container->AwaitExited());
  EXPECT_EQ(host_.shims().Dump(), "");
}

TEST_F(FakeLauncherTest, LetsAProcessIgnoreSignals) {
  const auto events = Launch(host_.Container(Program::kWaits));
  const auto shim = host_.shims().Find(kFakeId);
  shim->Ignore(SIGTERM);
  shim->Ignore(SIGKILL);
  for (const int signal : {SIGTERM, SIGWINCH, SIGKILL}) {
    monitor_->Signal(signal, [](const Status&) {});
  }
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->signal, SIGKILL);
  EXPECT_THAT(shim->signals(), ElementsAre(SIGTERM, SIGWINCH, SIGKILL));
}

TEST_F(FakeLauncherTest, RecordsAnEndInTheSparePlaceWhereTheFirstOneCannotBeWritten) {
  shim::Config config = host_.Container(Program::kExits);
  config.exit_record_path = "/dev/full/exit";
  config.exit_record_spare_path = host_.dir().Sub("spare");
  ASSERT_TRUE(Launch(config)->AwaitExited());
  ASSERT_OK_AND_ASSIGN(const std::string text, os::ReadFile(config.exit_record_spare_path));
  ASSERT_OK_AND_ASSIGN(const shim::Exited record, shim::DecodeExitRecord(text));
  EXPECT_EQ(record.code, 7);
}

TEST_F(FakeLauncherTest, ShowsWhatClientsDo) {
  shim::Config config = host_.Container(Program::kWaits);
  config.open_stdin = true;
  config.terminal = true;
  const auto events = Launch(config);
  const auto shim = host_.shims().Find(kFakeId);
  const auto client = std::make_shared<StreamsClient>();
  ASSERT_OK_AND_ASSIGN(auto streams,
                       host_.launcher().AttachStreams(config.directory, kAttachAll, client));
  client->SetStreams(std::move(streams));
  EXPECT_EQ(shim->attached(), 1u);
  EXPECT_TRUE(client->Write("text"));
  client->streams().CloseStdin();
  client->streams().Resize({24, 80});
  EXPECT_EQ(shim->input(), "text\x04") << "the end of a terminal's input is a character";
  EXPECT_FALSE(shim->input_closed());
  EXPECT_EQ(shim->window(), (shim::WindowSize{24, 80}));
  shim->WriteOutput(true, "both");
  EXPECT_TRUE(client->AwaitOutput("both")) << "a terminal has one output";
  shim->CutStreams();
  EXPECT_TRUE(client->AwaitEnd());
  EXPECT_TRUE(client->was_cut());
  EXPECT_EQ(shim->attached(), 0u);
  EXPECT_TRUE(shim->running());
  EXPECT_TRUE(shim->EndProcess(0));
  EXPECT_FALSE(shim->EndProcess(0));
  EXPECT_TRUE(events->AwaitExited());
}

TEST_F(FakeLauncherTest, FailsOneStepAndDoesNothingThen) {
  const shim::Config config = host_.Container(Program::kWaits);
  host_.steps().FailStep(0);
  const auto events = std::make_shared<MonitorEvents>();
  const auto client = std::make_shared<StreamsClient>();
  const auto injected = [](const std::string& step) {
    return IsErrorWith(Code::kInternal, "injected into " + step);
  };
  EXPECT_THAT(host_.launcher().Launch(config, events), injected("launcher Launch"));
  EXPECT_EQ(host_.shims().Dump(), "");
  ASSERT_OK_AND_ASSIGN(monitor_, host_.launcher().Launch(config, events));
  host_.steps().FailStep(0);
  EXPECT_THAT(host_.launcher().Reconnect(config.directory, events), injected("launcher Reconnect"));
  host_.steps().FailStep(0);
  EXPECT_THAT(host_.launcher().AttachStreams(config.directory, kAttachAll, client),
              injected("launcher AttachStreams"));
  host_.steps().FailStep(0);
  monitor_->Signal(SIGKILL, [&](const Status& answer) {
    EXPECT_THAT(answer, injected("monitor Signal"));
    events->Note("answered");
  });
  EXPECT_THAT(host_.steps().taken(), ElementsAre("monitor Signal"));
  monitor_->Signal(SIGKILL, [](const Status& answer) { EXPECT_OK(answer); });
  EXPECT_TRUE(events->AwaitExited());
  EXPECT_THAT(events->calls(), ElementsAre("started", "answered", "exited"));
  EXPECT_THAT(host_.shims().Dump(), "");
}

}  // namespace
}  // namespace isulad::test
