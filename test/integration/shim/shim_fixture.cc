#include "integration/shim/shim_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/process.h"
#include "utils/os/random.h"

namespace isulad::shim {
namespace {

// Pids of all processes in whose command line `text` stands.
std::vector<pid_t> ProcessesWith(const std::string& text) {
  std::vector<pid_t> pids;
  for (const std::string& name : os::ListDirectory("/proc").value_or(std::vector<std::string>())) {
    if (std::isdigit(static_cast<unsigned char>(name[0])) != 0 &&
        os::ReadFile("/proc/" + name + "/cmdline").value_or(std::string()).find(text) !=
            std::string::npos) {
      pids.push_back(std::stoi(name));
    }
  }
  return pids;
}

bool AwaitNoProcessWith(const std::string& text) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!ProcessesWith(text).empty()) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

}  // namespace

void ShimYard::OpenYard() {
  id_ = os::RandomId();
  ASSERT_OK(os::MakeDirectories(dir_.Sub("monitor"), 0700));
  StartDaemon();
}

void ShimYard::CloseYard() {
  EXPECT_TRUE(AwaitNoProcessWith(id_)) << "a process of this test is left";
  EXPECT_FALSE(os::PathExists(dir_.Sub("monitor/") + kControlSocketName));
  EXPECT_FALSE(os::PathExists(dir_.Sub("monitor/") + kConsoleSocketName));
  EXPECT_EQ(os::ReadFile(dir_.Sub("monitor/") + kMonitorLogName).value_or(""), "");
  KillDaemon();
}

Config ShimYard::BaseConfig() {
  Config config = ExecConfig();
  config.log_path = dir_.Sub("json.log");
  config.exit_record_path = dir_.Sub("exit");
  return config;
}

Config ShimYard::ExecConfig() {
  Config config;
  config.id = id_;
  config.directory = dir_.Sub("monitor");
  config.environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
  return config;
}

std::vector<std::string> ShimYard::Shell(const std::string& script) {
  // The id on the command line is how TearDown() finds what was left.
  return {"/bin/sh", "-c", script, id_};
}

std::vector<std::string> ShimYard::FakeRuntime(const std::string& program) {
  // A shell gives a background command /dev/null as input; 3 saves the real one. A shell reaps what
  // has ended before it ends itself, which no runtime does: so the program waits until the monitor
  // has taken the shell's end.
  return Shell("exec 3<&0; /bin/sh -c 'while kill -0 $1 2>/dev/null; do :; done; " + program +
               "' $0 $$ <&3 3<&- & echo $! > " + dir_.Sub("monitor/") + kPidFileName);
}

std::shared_ptr<Events> ShimYard::Launch(const Config& config) {
  auto events = std::make_shared<Events>();
  auto monitor = launcher_->Launch(config, events);
  EXPECT_OK(monitor);
  monitor_ = monitor ? *monitor : nullptr;
  return events;
}

std::shared_ptr<Client> ShimYard::Attach(const struct Attach& what, bool stalled,
                                         const std::string& directory) {
  auto client = std::make_shared<Client>(stalled);
  auto streams = launcher_->AttachStreams(dir_.Sub(directory), what, client);
  EXPECT_OK(streams);
  if (streams) {
    client->SetStreams(*std::move(streams));
  }
  return client;
}

void ShimYard::StartDaemon() {
  ASSERT_OK_AND_ASSIGN(loop_, os::EventLoop::Create());
  ASSERT_OK_AND_ASSIGN(launcher_, CreateLauncher({ISULAD_SHIM_PROGRAM, -1, {}}, loop_.get()));
  loop_thread_ = std::thread([this] { EXPECT_OK(loop_->Run()); });
}

void ShimYard::KillDaemon() {
  if (loop_thread_.joinable()) {
    loop_->Stop();
    loop_thread_.join();
  }
  monitor_.reset();
  launcher_.reset();
  loop_.reset();
}

std::optional<pid_t> ShimYard::MonitorPid() {
  const std::vector<pid_t> pids = ProcessesWith(std::string("isulad-shim\0", 12) + id_);
  return pids.size() == 1 ? std::optional(pids.front()) : std::nullopt;
}

bool ShimYard::AwaitMonitorGone() {
  return AwaitNoProcessWith(std::string("isulad-shim\0", 12) + id_);
}

bool ShimYard::AwaitFile(const std::string& name) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!os::PathExists(dir_.Sub(name))) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

void ShimYard::Abandon(Events& events) {
  monitor_->Abandon();
  EXPECT_TRUE(events.AwaitLost());
  EXPECT_TRUE(AwaitMonitorGone());
}

std::string ShimYard::Read(const std::string& name) {
  return os::ReadFile(dir_.Sub(name)).value_or("(missing)");
}

std::string ShimYard::Log() { return Read("json.log"); }

Result<Exited> ShimYard::Record() {
  ASSIGN_OR_RETURN(const std::string text, os::ReadFile(dir_.Sub("exit")));
  return DecodeExitRecord(text);
}

}  // namespace isulad::shim
