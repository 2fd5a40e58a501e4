#include "support/fakes/fake_cgroups.h"

#include <cerrno>
#include <utility>

#include "daemon/modules/cgroup/cgroup_path.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::test {

using cgroup::FreezerState;
using cgroup::Layout;

namespace {

constexpr char kExecChild[] = "/isula.exec";

Error NoCgroup(const std::string& path) {
  return NotFound("cgroup " + Quote(path) + " does not exist");
}

std::string Beneath(const std::string& path) { return path + "/"; }

}  // namespace

Status FakeCgroups::Begin(const char* method, const std::string& path) const {
  RETURN_IF_ERROR(cgroup::CheckCgroupPath(path));
  return steps_ == nullptr ? OkStatus() : steps_->Take(std::string("cgroup ") + method);
}

Result<FakeCgroups::Cgroup*> FakeCgroups::Find(const std::string& path,
                                               const char* controller) const {
  if (missing_controllers_.contains(controller)) {
    return FailedPrecondition("no " + std::string(controller) + " controller is mounted");
  }
  const auto found = cgroups_.find(path);
  return found == cgroups_.end() ? Result<Cgroup*>(NoCgroup(path)) : &found->second;
}

std::vector<FakeCgroups::Cgroups::iterator> FakeCgroups::TreeOf(const std::string& path) const {
  std::vector<Cgroups::iterator> tree;
  for (auto cgroup = cgroups_.begin(); cgroup != cgroups_.end(); ++cgroup) {
    if (cgroup->first == path || cgroup->first.starts_with(Beneath(path))) {
      tree.push_back(cgroup);
    }
  }
  return tree;
}

std::set<pid_t> FakeCgroups::ProcessesIn(const std::string& path) const {
  std::set<pid_t> all;
  for (const auto& cgroup : TreeOf(path)) {
    all.insert(cgroup->second.processes.begin(), cgroup->second.processes.end());
  }
  return all;
}

bool FakeCgroups::IsFrozen(const std::string& path) const {
  for (const auto& [above, cgroup] : cgroups_) {
    if (cgroup.frozen && (above == path || path.starts_with(Beneath(above)))) {
      return true;
    }
  }
  return false;
}

FakeCgroups::Cgroup& FakeCgroups::MakeLocked(const std::string& path) const {
  for (std::string_view parent = ParentPath(path); parent != "/"; parent = ParentPath(parent)) {
    cgroups_.try_emplace(std::string(parent));
  }
  Cgroup& made = cgroups_[path];
  made.asked_for = true;
  return made;
}

void FakeCgroups::TakeOut(pid_t pid) const {
  for (auto& [path, cgroup] : cgroups_) {
    cgroup.processes.erase(pid);
  }
}

void FakeCgroups::Forget(pid_t pid) const {
  TakeOut(pid);
  unkillable_.erase(pid);
  unfreezable_.erase(pid);
}

std::set<pid_t> FakeCgroups::Strike(const std::string& path,
                                    const std::function<bool(pid_t)>& dies) const {
  std::set<pid_t> killed = ProcessesIn(path);
  std::erase_if(killed, [&dies](pid_t pid) { return !dies(pid); });
  for (const pid_t pid : killed) {
    Forget(pid);
  }
  return killed;
}

void FakeCgroups::Tell(const std::set<pid_t>& killed) const {
  OnKill on_kill;
  {
    MutexLock lock(mutex_);
    on_kill = on_kill_;
  }
  if (!on_kill) {
    return;
  }
  for (const pid_t pid : killed) {
    on_kill(pid);
  }
}

void FakeCgroups::set_on_kill(OnKill on_kill) {
  MutexLock lock(mutex_);
  on_kill_ = std::move(on_kill);
}

void FakeCgroups::Make(const std::string& path) {
  MutexLock lock(mutex_);
  MakeLocked(path);
}

bool FakeCgroups::Exists(const std::string& path) const {
  MutexLock lock(mutex_);
  return cgroups_.contains(path);
}

void FakeCgroups::Put(pid_t pid, const std::string& path) {
  MutexLock lock(mutex_);
  TakeOut(pid);
  MakeLocked(path).processes.insert(pid);
}

void FakeCgroups::Leave(pid_t pid) {
  MutexLock lock(mutex_);
  Forget(pid);
}

void FakeCgroups::Destroy(const std::string& path) {
  std::set<pid_t> killed;
  {
    MutexLock lock(mutex_);
    killed = Strike(path, [](pid_t) { return true; });
    for (const auto& cgroup : TreeOf(path)) {
      cgroups_.erase(cgroup);
    }
  }
  Tell(killed);
}

void FakeCgroups::MakeUnkillable(pid_t pid) {
  MutexLock lock(mutex_);
  unkillable_.insert(pid);
}

void FakeCgroups::MakeUnfreezable(pid_t pid) {
  MutexLock lock(mutex_);
  unfreezable_.insert(pid);
}

void FakeCgroups::TakeAway(const std::string& controller) {
  MutexLock lock(mutex_);
  missing_controllers_.insert(controller);
}

bool FakeCgroups::HasController(const std::string& name) const {
  MutexLock lock(mutex_);
  return !missing_controllers_.contains(name);
}

std::vector<std::string> FakeCgroups::MonitorDirectories(const std::string& path) const {
  switch (layout_) {
    case Layout::kV1:
      return {"/sys/fs/cgroup/systemd" + path};
    case Layout::kHybrid:
      return {"/sys/fs/cgroup/systemd" + path, "/sys/fs/cgroup/unified" + path};
    case Layout::kV2:
      break;
  }
  return {"/sys/fs/cgroup" + path};
}

Result<std::string> FakeCgroups::MakeExecCgroup(const std::string& path) const {
  RETURN_IF_ERROR(Begin("MakeExecCgroup", path));
  if (layout_ != Layout::kV2) {
    return std::string();
  }
  MutexLock lock(mutex_);
  if (!cgroups_.contains(path)) {
    return NoCgroup(path);
  }
  MakeLocked(path + kExecChild);
  return std::string(kExecChild);
}

Status FakeCgroups::MoveProcess(pid_t pid, const std::string& path,
                                const std::string& child) const {
  RETURN_IF_ERROR(Begin("MoveProcess", path + child));
  MutexLock lock(mutex_);
  if (!cgroups_.contains(path)) {
    return NoCgroup(path);
  }
  Cgroup& target = MakeLocked(path + child);  // whether or not there is somebody to move
  if (!ProcessesIn(path).contains(pid)) {
    return SystemError(ESRCH, "move process " + std::to_string(pid));
  }
  TakeOut(pid);
  target.processes.insert(pid);
  return OkStatus();
}

Status FakeCgroups::Freeze(const std::string& path, std::chrono::milliseconds timeout) const {
  RETURN_IF_ERROR(Begin("Freeze", path));
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(Cgroup* const cgroup, Find(path, "freezer"));
  for (const pid_t pid : ProcessesIn(path)) {
    if (unfreezable_.contains(pid)) {
      cgroup->frozen = false;
      return Error(Code::kDeadlineExceeded, "processes in cgroup " + Quote(path) +
                                                " did not freeze within " +
                                                std::to_string(timeout.count()) + " ms");
    }
  }
  cgroup->frozen = true;
  return OkStatus();
}

Status FakeCgroups::Thaw(const std::string& path) const {
  RETURN_IF_ERROR(Begin("Thaw", path));
  MutexLock lock(mutex_);
  const Result<Cgroup*> cgroup = Find(path, "freezer");
  if (cgroup) {
    (*cgroup)->frozen = false;
    return OkStatus();
  }
  return cgroup.error().code() == Code::kNotFound ? OkStatus() : Status(cgroup.error());
}

Result<FreezerState> FakeCgroups::Freezer(const std::string& path) const {
  RETURN_IF_ERROR(Begin("Freezer", path));
  MutexLock lock(mutex_);
  RETURN_IF_ERROR(Find(path, "freezer"));
  return IsFrozen(path) ? FreezerState::kFrozen : FreezerState::kThawed;
}

Result<std::set<pid_t>> FakeCgroups::Processes(const std::string& path) const {
  RETURN_IF_ERROR(Begin("Processes", path));
  MutexLock lock(mutex_);
  return ProcessesIn(path);
}

Status FakeCgroups::Kill(const std::string& path) const {
  RETURN_IF_ERROR(Begin("Kill", path));
  std::set<pid_t> killed;
  bool all = false;
  {
    MutexLock lock(mutex_);
    killed =
        Strike(path, [this](pid_t pid) REQUIRES(mutex_) { return !unkillable_.contains(pid); });
    all = ProcessesIn(path).empty();
    const auto cgroup = cgroups_.find(path);
    if (layout_ != Layout::kV2 && cgroup != cgroups_.end()) {
      cgroup->second.frozen = false;  // what is frozen does not die there
    }
  }
  Tell(killed);
  return all ? OkStatus()
             : Status(Error(Code::kDeadlineExceeded,
                            "processes in cgroup " + Quote(path) + " do not die"));
}

Status FakeCgroups::Remove(const std::string& path, std::chrono::milliseconds /*timeout*/) const {
  RETURN_IF_ERROR(Begin("Remove", path));
  MutexLock lock(mutex_);
  std::vector<Cgroups::iterator> tree = TreeOf(path);
  for (; !tree.empty(); tree.pop_back()) {
    if (!tree.back()->second.processes.empty()) {
      return SystemError(EBUSY, "remove cgroup " + Quote(tree.back()->first));
    }
    cgroups_.erase(tree.back());
  }
  return OkStatus();
}

void FakeCgroups::RemoveIfEmpty(const std::string& path) const {
  MutexLock lock(mutex_);
  const std::vector<Cgroups::iterator> tree = TreeOf(path);
  if (tree.size() == 1 && tree.front()->second.processes.empty()) {
    cgroups_.erase(tree.front());
  }
}

}  // namespace isulad::test
