#include "unit/support/fake_launcher_host.h"

#include <utility>

#include "support/result_matchers.h"
#include "utils/os/file.h"

namespace isulad::test {
namespace {

using Program = LauncherHost::Program;

FakeProgram Printing(const std::string& output, const std::string& error, size_t piece) {
  return {[=](FakeShim& shim) {
            for (size_t at = 0; at < output.size(); at += piece) {
              shim.WriteOutput(false, output.substr(at, piece));
            }
            shim.WriteOutput(true, error);
            shim.EndProcess(0);
          },
          {},
          {}};
}

FakeProgram Copying() {
  return {{},
          [](FakeShim& shim, const std::string& bytes) { shim.WriteOutput(false, bytes); },
          [](FakeShim& shim) { shim.EndProcess(0); }};
}

StartPlan PlanOf(Program program) {
  switch (program) {
    case Program::kExits:
      return StartPlan::Exits(7);
    case Program::kWaits:
      return StartPlan::Starts();
    case Program::kFails:
      return StartPlan::Fails("no way");
    case Program::kHangs:
      return StartPlan::Hangs();
    case Program::kPrints:
      return StartPlan::Starts(Printing("out\n", "err\n", 4));
    case Program::kPrintsMuch:
      return StartPlan::Starts(Printing(MuchOutput(), "", 16u << 10));
    case Program::kCopies:
      return StartPlan::Starts(Copying());
  }
  return {};
}

}  // namespace

FakeLauncherHost::FakeLauncherHost() {
  shims_.SetHooks([this](const std::string&, pid_t) { ++processes_; }, nullptr);
  StartDaemon();
}

shim::Config FakeLauncherHost::Container(Program program) {
  shim::Config config = Exec(program);
  config.exit_record_path = dir_.Sub("exit");
  return config;
}

shim::Config FakeLauncherHost::Exec(Program program, const std::string& directory) {
  shims_.Plan(PlanOf(program));
  shim::Config config;
  config.id = kFakeId;
  config.directory = dir_.Sub(directory);
  EXPECT_OK(os::MakeDirectories(config.directory, 0700));
  return config;
}

bool FakeLauncherHost::AwaitHanging() {
  const auto shim = shims_.FindIn(dir_.Sub("monitor"));
  return shim && shim->pid() != 0;
}

void FakeLauncherHost::StartDaemon() {
  ASSERT_OK_AND_ASSIGN(loop_, os::EventLoop::Create());
  launcher_ = std::make_unique<FakeLauncher>(&shims_, loop_.get(), &steps_);
  thread_ = std::thread([this] { EXPECT_OK(loop_->Run()); });
}

void FakeLauncherHost::KillDaemon() {
  if (thread_.joinable()) {
    loop_->Stop();
    thread_.join();
  }
  launcher_.reset();
  loop_.reset();
}

void FakeLauncherHost::KillMonitor() {
  const auto shim = shims_.FindIn(dir_.Sub("monitor"));
  ASSERT_TRUE(shim);
  EXPECT_TRUE(shim->Lose());
}

void FakeLauncherHost::KillProcess(pid_t pid) { EXPECT_TRUE(shims_.KillProcess(pid)); }

void FakeLauncherHost::Close() {
  EXPECT_EQ(shims_.Dump(), "");
  EXPECT_FALSE(os::PathExists(dir_.Sub("monitor/") + shim::kControlSocketName));
  KillDaemon();
}

}  // namespace isulad::test
