#include "integration/cgroup/linux_world.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>

#include "support/result_matchers.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/unique_fd.h"

namespace isulad::test {
namespace {

constexpr int kSoonMs = 10'000;
// What an OCI runtime puts a container's processes into, as far as the suite looks at it.
constexpr const char* kControllers[] = {"memory", "freezer", "pids", "cpuacct"};
// Those that have files of limits only.
constexpr const char* kLimitControllers[] = {"cpu", "cpuset"};

std::string TextOf(const std::string& file) {
  return std::string(Trim(os::ReadFile(file).value_or("")));
}

int64_t NumberOf(const std::string& file) {
  const std::string text = TextOf(file);
  return text.starts_with("-") ? -1 : static_cast<int64_t>(ParseUint64(text).value_or(0));
}

bool HasEnded(const os::Process& process, int timeout_ms) {
  pollfd polled{process.pidfd.get(), POLLIN, 0};
  return ::poll(&polled, 1, timeout_ms) == 1;
}

// Of a forked child: does not return.
[[noreturn]] void Occupy(const std::string& directory, uint64_t bytes, int told) {
  if (!os::WriteKernelFile(directory + "/cgroup.procs", "0")) {
    ::_exit(1);
  }
  void* const pages =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || ::mlock(pages, bytes) != 0) {
    ::_exit(2);
  }
  ::memset(pages, 1, bytes);
  if (::write(told, "x", 1) != 1) {
    ::_exit(3);
  }
  while (true) {
    ::pause();
  }
}

}  // namespace

std::unique_ptr<CgroupWorld> LinuxCgroupWorld::Create(const std::string& mount) {
  auto hierarchy = cgroup::OpenHierarchy(mount);
  if (::geteuid() != 0 || !hierarchy) {
    return nullptr;
  }
  return std::unique_ptr<CgroupWorld>(new LinuxCgroupWorld(mount, *std::move(hierarchy)));
}

LinuxCgroupWorld::LinuxCgroupWorld(std::string mount, std::unique_ptr<cgroup::Hierarchy> hierarchy)
    : mount_(std::move(mount)),
      hierarchy_(std::move(hierarchy)),
      root_("/isulad-test-" + std::to_string(::getpid()) + "-contract") {}

LinuxCgroupWorld::~LinuxCgroupWorld() {
  for (const auto& [pid, process] : started_) {
    IgnoreError(os::SendSignal(process.pidfd, SIGKILL));  // most have ended
  }
  ThawAll();
  EXPECT_OK(hierarchy_->Kill(root_));
  for (const auto& [pid, process] : started_) {
    EXPECT_OK(os::WaitForExit(process.pidfd));
  }
  EXPECT_OK(hierarchy_->Remove(root_, std::chrono::seconds(5)));
}

void LinuxCgroupWorld::ThawAll() {
  const std::string directory = ControllerDirectory("freezer", root_);
  if (!os::PathExists(directory)) {
    return;
  }
  EXPECT_OK(hierarchy_->Thaw(root_));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_directory()) {
      EXPECT_OK(hierarchy_->Thaw(root_ + entry.path().string().substr(directory.size())));
    }
  }
}

std::string LinuxCgroupWorld::ControllerDirectory(const std::string& controller,
                                                  const std::string& path) const {
  return v2() ? mount_ + path : mount_ + "/" + controller + path;
}

std::vector<std::string> LinuxCgroupWorld::Directories(const std::string& path) const {
  if (v2()) {
    return {mount_ + path};
  }
  std::vector<std::string> directories = hierarchy_->MonitorDirectories(path);
  for (const char* controller : kControllers) {
    if (hierarchy_->HasController(controller)) {
      directories.push_back(ControllerDirectory(controller, path));
    }
  }
  return directories;
}

void LinuxCgroupWorld::Make(const std::string& path) {
  for (const std::string& directory : Directories(path)) {
    std::filesystem::create_directories(directory);
  }
  for (const char* controller : kLimitControllers) {
    if (!v2() && hierarchy_->HasController(controller)) {
      std::filesystem::create_directories(ControllerDirectory(controller, path));
    }
  }
}

bool LinuxCgroupWorld::Exists(const std::string& path) const {
  for (const std::string& directory : Directories(path)) {
    if (os::PathExists(directory)) {
      return true;
    }
  }
  return false;
}

pid_t LinuxCgroupWorld::Start(const std::string& path) {
  Make(path);
  os::SpawnOptions options;
  options.program = "/bin/sleep";
  options.argv = {"sleep", "1000"};
  auto process = os::Spawn(options);
  if (!process) {
    ADD_FAILURE() << process.error().message();
    return -1;
  }
  const pid_t pid = process->pid;
  started_.emplace(pid, *std::move(process));
  for (const std::string& directory : Directories(path)) {
    EXPECT_OK(os::WriteKernelFile(directory + "/cgroup.procs", std::to_string(pid)));
  }
  return pid;
}

bool LinuxCgroupWorld::Runs(pid_t pid) {
  const auto found = started_.find(pid);
  return found != started_.end() && !HasEnded(found->second, 0);
}

bool LinuxCgroupWorld::IsKilled(pid_t pid) {
  const auto found = started_.find(pid);
  if (found == started_.end() || !HasEnded(found->second, kSoonMs)) {
    return false;
  }
  const Result<os::ExitStatus> status = os::WaitForExit(found->second.pidfd);
  started_.erase(found);
  return status && status->signal == SIGKILL;
}

pid_t LinuxCgroupWorld::ForkHungry(const std::string& path, uint64_t bytes) {
  Make(path);
  const std::string directory = ControllerDirectory("memory", path);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    ADD_FAILURE() << "pipe2: " << errno;
    return -1;
  }
  const os::UniqueFd read_end(ends[0]);
  os::UniqueFd write_end(ends[1]);
  const pid_t pid = ::fork();
  if (pid == 0) {
    Occupy(directory, bytes, write_end.get());
  }
  write_end.reset();
  char byte = 0;
  IgnoreError(Result<int>(static_cast<int>(::read(read_end.get(), &byte, 1))));  // or it has ended
  return pid;
}

void LinuxCgroupWorld::OccupyMemory(const std::string& path, uint64_t bytes) {
  const pid_t pid = ForkHungry(path, bytes);
  Result<os::UniqueFd> pidfd = os::OpenPidfd(pid);
  ASSERT_OK(pidfd);
  started_.emplace(pid, os::Process{pid, *std::move(pidfd)});
  EXPECT_TRUE(Runs(pid));
}

void LinuxCgroupWorld::ExceedMemory(const std::string& path, uint64_t limit) {
  Make(path);
  const bool swap = hierarchy_->SwapAccounting();
  ASSERT_OK(hierarchy_->SetMemoryLimit(path, limit,
                                       swap ? std::optional<uint64_t>(limit) : std::nullopt));
  const pid_t pid = ForkHungry(path, 8 * limit);
  int status = 0;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
}

cgroup::CpuLimits LinuxCgroupWorld::CpuLimitsOf(const std::string& path) {
  if (v2()) {
    ADD_FAILURE() << "the suite reads the files of version 1";
    return {};
  }
  const std::string cpu = ControllerDirectory("cpu", path);
  const std::string cpuset = ControllerDirectory("cpuset", path);
  return {NumberOf(cpu + "/cpu.shares"), NumberOf(cpu + "/cpu.cfs_quota_us"),
          NumberOf(cpu + "/cpu.cfs_period_us"), TextOf(cpuset + "/cpuset.cpus"),
          TextOf(cpuset + "/cpuset.mems")};
}

uint64_t LinuxCgroupWorld::MemoryReservationOf(const std::string& path) {
  const char* const file = v2() ? "/memory.low" : "/memory.soft_limit_in_bytes";
  return static_cast<uint64_t>(NumberOf(ControllerDirectory("memory", path) + file));
}

}  // namespace isulad::test
