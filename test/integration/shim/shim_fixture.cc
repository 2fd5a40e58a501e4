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

std::optional<Started> Events::AwaitStarted() {
  AwaitThat([this] { return started_.has_value() || failed_ || lost_; });
  if (failed_) {
    ADD_FAILURE() << "the start failed: " << failed_->reason;
  }
  return started_;
}

std::optional<StartFailed> Events::AwaitStartFailed() {
  AwaitThat([this] { return failed_.has_value() || started_ || lost_; });
  return failed_;
}

std::optional<Exited> Events::AwaitExited() {
  AwaitThat([this] { return exited_.has_value() || failed_ || lost_; });
  if (failed_) {
    ADD_FAILURE() << "the start failed: " << failed_->reason;
  }
  return exited_;
}

bool Events::AwaitLost() {
  return AwaitThat([this] { return lost_; });
}

bool Events::ExitedWithin(std::chrono::milliseconds patience) {
  return AwaitThat([this] { return exited_.has_value(); }, patience);
}

void Events::OnStarted(const Started& started) {
  Apply([&] { started_ = started; });
}

void Events::OnStartFailed(const StartFailed& failed) {
  Apply([&] { failed_ = failed; });
}

void Events::OnExited(const Exited& exited) {
  Apply([&] { exited_ = exited; });
}

void Events::OnLost(const Error&) {
  Apply([&] { lost_ = true; });
}

void Client::SetStreams(std::unique_ptr<Streams> streams) {
  Apply([&] {
    streams_ = std::move(streams);
    if (owed_ && !stalled_) {
      streams_->ReadMore();
    }
  });
}

void Client::Unstall() {
  Apply([&] {
    stalled_ = false;
    if (owed_) {
      streams_->ReadMore();
    }
  });
}

bool Client::Write(const std::string& bytes, size_t piece) {
  for (size_t at = 0; at < bytes.size(); at += piece) {
    const auto taken = std::make_shared<bool>(false);
    streams_->WriteStdin(bytes.substr(at, piece), [this, taken] { Apply([&] { *taken = true; }); });
    if (!AwaitThat([&] { return *taken; })) {
      return false;
    }
  }
  return true;
}

std::optional<std::string> Client::AwaitEnd(bool error) {
  if (!AwaitThat([this] { return ended_; })) {
    return std::nullopt;
  }
  return text_[error ? 1 : 0];
}

bool Client::AwaitOutput(const std::string& text) {
  return AwaitThat([&] { return text_[0].find(text) != std::string::npos; });
}

std::string Client::output() {
  std::string text;
  Apply([&] { text = text_[0]; });
  return text;
}

void Client::OnOutput(bool error, std::string bytes) {
  Apply([&] {
    text_[error ? 1 : 0] += bytes;
    if (stalled_ || !streams_) {
      owed_ = true;
    } else {
      streams_->ReadMore();
    }
  });
}

void Client::OnEnd() {
  Apply([&] { ended_ = true; });
}

void Client::OnCut() {
  Apply([&] {
    ended_ = true;
    cut_ = true;
  });
}

void ShimTest::SetUp() {
  id_ = os::RandomId();
  ASSERT_OK(os::MakeDirectories(dir_.Sub("monitor"), 0700));
  StartDaemon();
}

void ShimTest::TearDown() {
  EXPECT_TRUE(AwaitNoProcessWith(id_)) << "a process of this test is left";
  EXPECT_FALSE(os::PathExists(dir_.Sub("monitor/") + kControlSocketName));
  EXPECT_FALSE(os::PathExists(dir_.Sub("monitor/") + kConsoleSocketName));
  EXPECT_EQ(os::ReadFile(dir_.Sub("monitor/") + kMonitorLogName).value_or(""), "");
  KillDaemon();
}

Config ShimTest::BaseConfig() {
  Config config = ExecConfig();
  config.log_path = dir_.Sub("json.log");
  config.exit_record_path = dir_.Sub("exit");
  return config;
}

Config ShimTest::ExecConfig() {
  Config config;
  config.id = id_;
  config.directory = dir_.Sub("monitor");
  config.environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
  return config;
}

std::vector<std::string> ShimTest::Shell(const std::string& script) {
  // The id on the command line is how TearDown() finds what was left.
  return {"/bin/sh", "-c", script, id_};
}

std::vector<std::string> ShimTest::FakeRuntime(const std::string& program) {
  // A shell gives a background command /dev/null as input; 3 saves the real one. A shell reaps what
  // has ended before it ends itself, which no runtime does: so the program waits until the monitor
  // has taken the shell's end.
  return Shell("exec 3<&0; /bin/sh -c 'while kill -0 $1 2>/dev/null; do :; done; " + program +
               "' $0 $$ <&3 3<&- & echo $! > " + dir_.Sub("monitor/") + kPidFileName);
}

std::shared_ptr<Events> ShimTest::Launch(const Config& config) {
  auto events = std::make_shared<Events>();
  auto monitor = launcher_->Launch(config, events);
  EXPECT_OK(monitor);
  monitor_ = monitor ? *monitor : nullptr;
  return events;
}

std::shared_ptr<Client> ShimTest::Attach(const struct Attach& what, bool stalled,
                                         const std::string& directory) {
  auto client = std::make_shared<Client>(stalled);
  auto streams = launcher_->AttachStreams(dir_.Sub(directory), what, client);
  EXPECT_OK(streams);
  if (streams) {
    client->SetStreams(*std::move(streams));
  }
  return client;
}

void ShimTest::StartDaemon() {
  ASSERT_OK_AND_ASSIGN(loop_, os::EventLoop::Create());
  ASSERT_OK_AND_ASSIGN(launcher_, CreateLauncher({ISULAD_SHIM_PROGRAM, -1, {}}, loop_.get()));
  loop_thread_ = std::thread([this] { EXPECT_OK(loop_->Run()); });
}

void ShimTest::KillDaemon() {
  if (loop_thread_.joinable()) {
    loop_->Stop();
    loop_thread_.join();
  }
  monitor_.reset();
  launcher_.reset();
  loop_.reset();
}

std::optional<pid_t> ShimTest::MonitorPid() {
  const std::vector<pid_t> pids = ProcessesWith(std::string("isulad-shim\0", 12) + id_);
  return pids.size() == 1 ? std::optional(pids.front()) : std::nullopt;
}

bool ShimTest::AwaitMonitorGone() {
  return AwaitNoProcessWith(std::string("isulad-shim\0", 12) + id_);
}

bool ShimTest::AwaitFile(const std::string& name) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!os::PathExists(dir_.Sub(name))) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

void ShimTest::Abandon(Events& events) {
  monitor_->Abandon();
  EXPECT_TRUE(events.AwaitLost());
  EXPECT_TRUE(AwaitMonitorGone());
}

std::string ShimTest::Read(const std::string& name) {
  return os::ReadFile(dir_.Sub(name)).value_or("(missing)");
}

std::string ShimTest::Log() { return Read("json.log"); }

Result<Exited> ShimTest::Record() {
  ASSIGN_OR_RETURN(const std::string text, os::ReadFile(dir_.Sub("exit")));
  return DecodeExitRecord(text);
}

}  // namespace isulad::shim
