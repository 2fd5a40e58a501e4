#include "support/fakes/fake_shims.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <set>
#include <utility>

#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::test {
namespace {

// How long a test waits for what must come, before it fails.
constexpr std::chrono::seconds kPatience(30);
constexpr mode_t kSocketMode = 0600;

std::string SocketPath(const std::string& directory) {
  return directory + "/" + shim::kControlSocketName;
}

}  // namespace

void FakeShims::SetHooks(Hook on_start, Hook on_end) {
  MutexLock lock(mutex_);
  on_start_ = std::move(on_start);
  on_end_ = std::move(on_end);
}

void FakeShims::Plan(StartPlan plan) {
  MutexLock lock(mutex_);
  plans_.push_back(std::move(plan));
}

void FakeShims::PlanAll(StartPlan plan) {
  MutexLock lock(mutex_);
  plan_of_others_ = std::move(plan);
}

StartPlan FakeShims::NextPlan() {
  if (plans_.empty()) {
    return plan_of_others_;
  }
  StartPlan plan = std::move(plans_.front());
  plans_.pop_front();
  return plan;
}

std::shared_ptr<FakeShim> FakeShims::FindHeld(const std::string& id) const {
  for (const auto& [directory, shim] : shims_) {
    if (shim->config().id == id && !shim->is_exec()) {
      return shim;
    }
  }
  return nullptr;
}

std::shared_ptr<FakeShim> FakeShims::Find(const std::string& id) const {
  MutexLock lock(mutex_);
  return FindHeld(id);
}

std::shared_ptr<FakeShim> FakeShims::FindIn(const std::string& directory) const {
  MutexLock lock(mutex_);
  const auto found = shims_.find(directory);
  return found != shims_.end() ? found->second : nullptr;
}

std::vector<std::shared_ptr<FakeShim>> FakeShims::ExecsOf(const std::string& id) const {
  std::vector<std::shared_ptr<FakeShim>> execs;
  MutexLock lock(mutex_);
  for (const auto& [directory, shim] : shims_) {
    if (shim->config().id == id && shim->is_exec()) {
      execs.push_back(shim);
    }
  }
  return execs;
}

std::shared_ptr<FakeShim> FakeShims::Await(const std::string& id) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  MutexLock lock(mutex_);
  std::shared_ptr<FakeShim> shim = FindHeld(id);
  while (!shim && changed_.WaitUntil(mutex_, deadline)) {
    shim = FindHeld(id);
  }
  return shim;
}

bool FakeShims::KillProcess(pid_t pid) {
  std::shared_ptr<FakeShim> shim;
  {
    MutexLock lock(mutex_);
    const auto found = processes_.find(pid);
    if (found == processes_.end()) {
      return false;
    }
    shim = found->second;
  }
  return shim->EndBySignal(SIGKILL);
}

bool FakeShims::HasProcess(pid_t pid) const {
  MutexLock lock(mutex_);
  return processes_.count(pid) > 0;
}

std::string FakeShims::Dump() const {
  std::set<std::shared_ptr<FakeShim>> left;
  {
    MutexLock lock(mutex_);
    for (const auto& [directory, shim] : shims_) {
      left.insert(shim);
    }
    for (const auto& [pid, shim] : processes_) {
      left.insert(shim);
    }
  }
  std::set<std::string> lines;
  for (const std::shared_ptr<FakeShim>& shim : left) {
    lines.insert(shim->Describe() + "\n");
  }
  std::string text;
  for (const std::string& line : lines) {
    text += line;
  }
  return text;
}

Result<std::shared_ptr<FakeShim>> FakeShims::Make(const shim::Config& config) {
  std::shared_ptr<FakeShim> shim;
  {
    MutexLock lock(mutex_);
    if (shims_.count(config.directory) > 0) {
      return FailedPrecondition("a monitor runs in " + Quote(config.directory) + " already");
    }
    // Found by nobody without it, and so not begun by one who attaches.
    RETURN_IF_ERROR(
        os::WriteFileAtomic(SocketPath(config.directory), "", kSocketMode, os::Sync::kNone));
    shim = std::make_shared<FakeShim>(this, config, NextPlan());
    shims_[config.directory] = shim;
  }
  changed_.NotifyAll();
  return shim;
}

Result<std::shared_ptr<FakeShim>> FakeShims::Connect(const std::string& directory) const {
  const std::string path = SocketPath(directory);
  const std::string what = "connect to socket " + Quote(path);
  if (!os::PathExists(path)) {
    return SystemError(ENOENT, what);
  }
  std::shared_ptr<FakeShim> shim = FindIn(directory);
  if (!shim) {
    return Error(Code::kUnavailable, ECONNREFUSED, what + ": nobody listens");
  }
  return shim;
}

void FakeShims::Forget(const FakeShim& shim) {
  MutexLock lock(mutex_);
  const auto found = shims_.find(shim.config().directory);
  if (found != shims_.end() && found->second.get() == &shim) {
    shims_.erase(found);
  }
}

pid_t FakeShims::NextPid() {
  MutexLock lock(mutex_);
  return ++last_pid_;
}

void FakeShims::TellProcessStart(const std::shared_ptr<FakeShim>& shim, pid_t pid) {
  Hook hook;
  {
    MutexLock lock(mutex_);
    processes_[pid] = shim;
    hook = on_start_;
  }
  if (hook) {
    hook(shim->config().id, pid);
  }
}

void FakeShims::TellProcessEnd(const FakeShim& shim, pid_t pid) {
  Hook hook;
  {
    MutexLock lock(mutex_);
    processes_.erase(pid);
    hook = on_end_;
  }
  if (hook) {
    hook(shim.config().id, pid);
  }
  if (!shim.is_exec() && shim.own_pid_namespace()) {
    for (const std::shared_ptr<FakeShim>& exec : ProcessesOfExecs(shim.config().id)) {
      exec->EndBySignal(SIGKILL);
    }
  }
}

std::vector<std::shared_ptr<FakeShim>> FakeShims::ProcessesOfExecs(const std::string& id) const {
  std::vector<std::shared_ptr<FakeShim>> found;
  MutexLock lock(mutex_);
  for (const auto& [pid, shim] : processes_) {
    if (shim->config().id == id && shim->is_exec()) {
      found.push_back(shim);
    }
  }
  return found;
}

int64_t FakeShims::Now() const {
  return (clock_ != nullptr ? clock_->Now() : SystemClock().Now()).nanoseconds;
}

}  // namespace isulad::test
