#include "support/fakes/fake_shim.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

#include "support/fakes/fake_shims.h"
#include "utils/os/file.h"

namespace isulad::test {
namespace {

constexpr mode_t kRecordMode = 0600;

// What a process does that has asked for nothing else.
bool EndsByDefault(int signal) {
  for (const int harmless : {SIGCHLD, SIGCONT, SIGURG, SIGWINCH, SIGSTOP, SIGTSTP}) {
    if (signal == harmless) {
      return false;
    }
  }
  return true;
}

}  // namespace

StartPlan StartPlan::Exits(int code) {
  return Starts({[code](FakeShim& shim) { shim.EndProcess(code); }, {}, {}});
}

FakeShim::FakeShim(FakeShims* shims, shim::Config config, StartPlan plan)
    : shims_(shims),
      config_(std::move(config)),
      plan_(std::move(plan)),
      ignored_(plan_.ignored_signals),
      input_closed_(!config_.open_stdin),
      window_(config_.window) {}

void FakeShim::Begin(std::shared_ptr<FakeMonitorLink> daemon) {
  {
    MutexLock lock(mutex_);
    daemon_ = daemon;
  }
  if (!Subscribe(daemon)) {
    return daemon->Tell(Unavailable("the fake monitor has ended before its launch had"));
  }
  if (!config_.wait_for_attach) {
    Start();
  }
}

Status FakeShim::Subscribe(std::shared_ptr<FakeMonitorLink> link) {
  MutexLock lock(mutex_);
  if (phase_ == Phase::kGone) {
    return Unavailable("the fake monitor has ended");
  }
  if (told_) {
    link->Tell(*told_);
  }
  links_.push_back(std::move(link));
  return OkStatus();
}

void FakeShim::Disconnect(const std::shared_ptr<FakeMonitorLink>& link) {
  {
    MutexLock lock(mutex_);
    std::erase(links_, link);
    if (link != daemon_) {
      return;
    }
    daemon_.reset();
    if (phase_ != Phase::kWaiting) {
      return;
    }
    phase_ = Phase::kGone;  // a start that nobody awaits any more
  }
  StopListening();
  FinishTelling(Unavailable("lost the monitor: its daemon left"), FakeStreamsLink::Ending::kCut);
}

void FakeShim::Start() {
  {
    MutexLock lock(mutex_);
    if (phase_ != Phase::kWaiting) {
      return;
    }
    phase_ = Phase::kStarting;
  }
  if (plan_.outcome == StartPlan::Outcome::kFails) {
    if (EnterGone()) {
      StopListening();
      FinishTelling(plan_.failure, FakeStreamsLink::Ending::kComplete);
    }
    return;
  }
  MakeProcess();
  if (plan_.outcome == StartPlan::Outcome::kIsLost) {
    Lose();
  } else if (plan_.outcome == StartPlan::Outcome::kStarts) {
    TellStarted();
  }
}

void FakeShim::MakeProcess() {
  const pid_t pid = shims_->NextPid();
  {
    MutexLock lock(mutex_);
    pid_ = pid;
    process_ = Process::kBeingMade;
  }
  shims_->TellProcessStart(shared_from_this(), pid);
  std::optional<shim::Exited> exited;
  {
    MutexLock lock(mutex_);
    process_ = Process::kAlive;
    exited.swap(exited_);
  }
  if (exited) {
    End(*exited);
  }
}

void FakeShim::TellStarted() {
  std::optional<shim::Exited> exited;
  {
    MutexLock lock(mutex_);
    if (phase_ != Phase::kStarting) {
      return;  // it was given up
    }
    phase_ = Phase::kRunning;
    told_ = shim::Started{pid_, static_cast<uint64_t>(pid_)};
    for (const auto& link : links_) {
      link->Tell(*told_);
    }
    exited = exited_;
    if (exited) {
      phase_ = Phase::kEnding;
    }
  }
  if (exited) {
    return FinishRun(*exited);
  }
  if (plan_.program.on_start) {
    plan_.program.on_start(*this);
  }
  {
    MutexLock lock(mutex_);
    reads_input_ = true;
  }
  DeliverInput();
}

bool FakeShim::End(shim::Exited exited) {
  const std::shared_ptr<FakeShim> self = shared_from_this();
  exited.time = shims_->Now();
  bool tell = false;
  pid_t pid = 0;
  {
    MutexLock lock(mutex_);
    if (process_ == Process::kBeingMade) {
      exited_ = exited;  // MakeProcess() goes on with it
      return true;
    }
    if (process_ != Process::kAlive) {
      return false;
    }
    process_ = Process::kDead;
    exited_ = exited;
    pid = pid_;
    tell = phase_ == Phase::kRunning;
    if (tell) {
      phase_ = Phase::kEnding;
    }
  }
  shims_->TellProcessEnd(*this, pid);
  if (tell) {
    FinishRun(exited);
  }
  return true;
}

void FakeShim::FinishRun(const shim::Exited& exited) {
  WriteRecord(exited);
  if (EnterGone()) {
    StopListening();
    FinishTelling(exited, FakeStreamsLink::Ending::kComplete);
  }
}

bool FakeShim::EnterGone() {
  MutexLock lock(mutex_);
  return std::exchange(phase_, Phase::kGone) != Phase::kGone;
}

// Before the end is told: whoever hears it may start another monitor in this directory.
void FakeShim::StopListening() const {
  shims_->Forget(*this);
  ::unlink((config_.directory + "/" + shim::kControlSocketName).c_str());
}

void FakeShim::FinishTelling(const FakeNews& news, FakeStreamsLink::Ending ending) {
  std::vector<std::shared_ptr<FakeMonitorLink>> links;
  std::vector<std::shared_ptr<FakeStreamsLink>> streams;
  std::shared_ptr<FakeMonitorLink> daemon;
  {
    MutexLock lock(mutex_);
    links.swap(links_);
    streams.swap(streams_);
    daemon.swap(daemon_);
    input_owner_.reset();
  }
  for (const auto& link : links) {
    link->Tell(news);
  }
  for (const auto& link : streams) {
    link->Finish(ending);
  }
}

void FakeShim::WriteRecord(const shim::Exited& exited) const {
  if (config_.exit_record_path.empty()) {
    return;
  }
  const std::string record = shim::EncodeExitRecord(exited);
  if (!os::WriteFileAtomic(config_.exit_record_path, record, kRecordMode, os::Sync::kNone) &&
      !config_.exit_record_spare_path.empty()) {
    // The real one notes it in its log, for people.
    IgnoreError(
        os::WriteFileAtomic(config_.exit_record_spare_path, record, kRecordMode, os::Sync::kNone));
  }
}

bool FakeShim::Lose() {
  const std::shared_ptr<FakeShim> self = shared_from_this();
  if (!EnterGone()) {
    return false;
  }
  shims_->Forget(*this);
  FinishTelling(Unavailable("lost the monitor: the fake monitor was killed"),
                FakeStreamsLink::Ending::kCut);
  return true;
}

void FakeShim::Abandon() {
  const std::shared_ptr<FakeShim> self = shared_from_this();
  if (!EnterGone()) {
    return;
  }
  EndBySignal(SIGKILL);
  StopListening();
  FinishTelling(Unavailable("lost the monitor: it was abandoned"), FakeStreamsLink::Ending::kCut);
}

Status FakeShim::CheckSignal(int signal) const {
  MutexLock lock(mutex_);
  if (phase_ == Phase::kGone) {
    return Unavailable("the monitor has ended");
  }
  if (phase_ != Phase::kRunning) {
    return Error(Code::kNotFound, ESRCH, "the process has ended");
  }
  return signal >= 0 && signal < NSIG ? OkStatus() : Status(SystemError(EINVAL, "send the signal"));
}

void FakeShim::TakeSignal(int signal) {
  if (signal == 0) {
    return;
  }
  bool ends = signal == SIGKILL;
  {
    MutexLock lock(mutex_);
    signals_.push_back(signal);
    ends = ends || (EndsByDefault(signal) && ignored_.count(signal) == 0);
  }
  if (ends) {
    EndBySignal(signal);
  }
}

void FakeShim::Ignore(int signal) {
  MutexLock lock(mutex_);
  ignored_.insert(signal);
}

pid_t FakeShim::pid() const {
  MutexLock lock(mutex_);
  return pid_;
}

bool FakeShim::running() const {
  MutexLock lock(mutex_);
  return phase_ == Phase::kRunning;
}

std::vector<int> FakeShim::signals() const {
  MutexLock lock(mutex_);
  return signals_;
}

std::string FakeShim::Describe() const {
  static constexpr const char* kNames[] = {"waiting", "starting", "running", "ending", "gone"};
  MutexLock lock(mutex_);
  std::string text = std::string(is_exec() ? "exec" : "container") + " " + config_.id + " in " +
                     config_.directory + ": monitor " + kNames[static_cast<int>(phase_)];
  if (process_ == Process::kBeingMade || process_ == Process::kAlive) {
    text += ", process " + std::to_string(pid_);
  }
  return text;
}

}  // namespace isulad::test
