// The part of FakeCgroups that is about figures: usage and limits, and the text of all that is.
#include <cerrno>
#include <string>

#include "support/fakes/fake_cgroups.h"
#include "utils/base/strings.h"

namespace isulad::test {
namespace {

constexpr uint64_t kUnlimitedMemory = UINT64_MAX;
constexpr int64_t kDefaultCpuPeriod = 100'000;

// A figure of a cgroup is that of the whole tree.
template <typename Tree, typename Member>
uint64_t SumOf(const Tree& tree, Member member) {
  uint64_t sum = 0;
  for (const auto& cgroup : tree) {
    sum += cgroup->second.*member;
  }
  return sum;
}

void AppendNumber(const char* name, uint64_t number, uint64_t usual, std::string* line) {
  if (number != usual) {
    line->append(name).append(std::to_string(number));
  }
}

void AppendCpu(const cgroup::CpuLimits& cpu, std::string* line) {
  if (cpu.shares != 0) {
    line->append(" shares ").append(std::to_string(cpu.shares));
  }
  if (cpu.quota != 0 || cpu.period != 0) {
    line->append(" quota ").append(std::to_string(cpu.quota));
    line->append("/").append(std::to_string(cpu.period));
  }
  if (!cpu.cpus.empty()) {
    line->append(" cpus ").append(cpu.cpus);
  }
  if (!cpu.mems.empty()) {
    line->append(" mems ").append(cpu.mems);
  }
}

// What is 0 or empty stays; a period without a quota lifts the quota, as it does on a real machine.
void Apply(const cgroup::CpuLimits& limits, bool v2, cgroup::CpuLimits* present) {
  if (limits.shares != 0) {
    present->shares = limits.shares;
  }
  if (limits.quota != 0 || limits.period != 0) {
    present->quota = limits.quota > 0 ? limits.quota : -1;
    if (limits.period != 0) {
      present->period = limits.period;
    } else if (v2 || present->period == 0) {
      present->period = kDefaultCpuPeriod;
    }
  }
  if (!limits.cpus.empty()) {
    present->cpus = limits.cpus;
  }
  if (!limits.mems.empty()) {
    present->mems = limits.mems;
  }
}

}  // namespace

void FakeCgroups::SetMemoryUsage(const std::string& path, uint64_t bytes) {
  MutexLock lock(mutex_);
  MakeLocked(path).memory_usage = bytes;
}

void FakeCgroups::AddOomKill(const std::string& path) {
  MutexLock lock(mutex_);
  ++MakeLocked(path).oom_kills;
}

void FakeCgroups::SetCpuTime(const std::string& path, uint64_t nanoseconds) {
  MutexLock lock(mutex_);
  MakeLocked(path).cpu_time = nanoseconds;
}

cgroup::CpuLimits FakeCgroups::CpuLimitsOf(const std::string& path) const {
  MutexLock lock(mutex_);
  const auto found = cgroups_.find(path);
  return found == cgroups_.end() ? cgroup::CpuLimits() : found->second.cpu;
}

uint64_t FakeCgroups::MemoryReservationOf(const std::string& path) const {
  MutexLock lock(mutex_);
  const auto found = cgroups_.find(path);
  return found == cgroups_.end() ? 0 : found->second.memory_reservation;
}

std::optional<uint64_t> FakeCgroups::MemoryAndSwapOf(const std::string& path) const {
  MutexLock lock(mutex_);
  const auto found = cgroups_.find(path);
  return found == cgroups_.end() ? std::nullopt : found->second.memory_and_swap;
}

Result<cgroup::MemoryState> FakeCgroups::Memory(const std::string& path) const {
  RETURN_IF_ERROR(Begin("Memory", path));
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(const Cgroup* const cgroup, Find(path, "memory"));
  const auto tree = TreeOf(path);
  return cgroup::MemoryState{cgroup->memory_limit, SumOf(tree, &Cgroup::memory_usage),
                             SumOf(tree, &Cgroup::oom_kills)};
}

Result<cgroup::Usage> FakeCgroups::Usage(const std::string& path) const {
  RETURN_IF_ERROR(Begin("Usage", path));
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(const Cgroup* const cgroup, Find(path, ""));
  const auto tree = TreeOf(path);
  cgroup::Usage usage;
  if (!missing_controllers_.contains("cpuacct")) {
    usage.cpu_time = SumOf(tree, &Cgroup::cpu_time);
  }
  if (!missing_controllers_.contains("memory")) {
    usage.memory = SumOf(tree, &Cgroup::memory_usage);
    usage.memory_limit = cgroup->memory_limit;
  }
  if (!missing_controllers_.contains("pids")) {
    usage.pids = ProcessesIn(path).size();
    usage.pids_limit = UINT64_MAX;
  }
  if (!missing_controllers_.contains("blkio")) {
    usage.devices = cgroup::Transferred();
  }
  return usage;
}

Status FakeCgroups::SetMemoryLimit(const std::string& path, uint64_t memory,
                                   std::optional<uint64_t> memory_and_swap) const {
  RETURN_IF_ERROR(Begin("SetMemoryLimit", path));
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(Cgroup* const cgroup, Find(path, "memory"));
  if (memory_and_swap && *memory_and_swap < memory) {
    return SystemError(EINVAL, "limit memory and swap of " + Quote(path));
  }
  const uint64_t usage = SumOf(TreeOf(path), &Cgroup::memory_usage);
  if (usage > memory) {
    return Error(Code::kResourceExhausted,
                 std::to_string(usage) + " bytes are in use, more than " + std::to_string(memory));
  }
  cgroup->memory_limit = memory;
  if (memory_and_swap) {
    cgroup->memory_and_swap = memory_and_swap;
  }
  return OkStatus();
}

Status FakeCgroups::SetMemoryReservation(const std::string& path, uint64_t bytes) const {
  RETURN_IF_ERROR(Begin("SetMemoryReservation", path));
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(Cgroup* const cgroup, Find(path, "memory"));
  cgroup->memory_reservation = bytes;
  return OkStatus();
}

Status FakeCgroups::SetCpuLimits(const std::string& path, const cgroup::CpuLimits& limits) const {
  RETURN_IF_ERROR(Begin("SetCpuLimits", path));
  MutexLock lock(mutex_);
  const bool sets_only = limits.shares == 0 && limits.quota == 0 && limits.period == 0;
  ASSIGN_OR_RETURN(Cgroup* const cgroup, Find(path, sets_only ? "cpuset" : "cpu"));
  Apply(limits, layout_ == cgroup::Layout::kV2, &cgroup->cpu);
  return OkStatus();
}

std::string FakeCgroups::Dump() const {
  MutexLock lock(mutex_);
  std::string text;
  for (const auto& [path, cgroup] : cgroups_) {
    if (!cgroup.asked_for) {
      continue;
    }
    std::string line = "cgroup " + path;
    for (const pid_t pid : cgroup.processes) {
      line.append(" pid ").append(std::to_string(pid));
    }
    line.append(cgroup.frozen ? " frozen" : "");
    AppendNumber(" memory ", cgroup.memory_limit, kUnlimitedMemory, &line);
    AppendNumber(" memory+swap ", cgroup.memory_and_swap.value_or(0), 0, &line);
    AppendNumber(" reservation ", cgroup.memory_reservation, 0, &line);
    AppendCpu(cgroup.cpu, &line);
    text.append(line).append("\n");
  }
  return text;
}

}  // namespace isulad::test
