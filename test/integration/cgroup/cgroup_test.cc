// The cgroup module on this machine's own hierarchies.
#include "daemon/modules/cgroup/cgroup.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::cgroup {
namespace {

constexpr char kRoot[] = "/sys/fs/cgroup";

class CgroupIntegrationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "needs root";
    }
    ASSERT_OK_AND_ASSIGN(hierarchy_, OpenHierarchy(kRoot));
    path_ = "/isulad-test-" + std::to_string(::getpid());
  }

  void TearDown() override {
    if (hierarchy_ != nullptr) {
      EXPECT_OK(hierarchy_->Kill(path_));
      EXPECT_OK(hierarchy_->Remove(path_, std::chrono::seconds(5)));
    }
  }

  // The directories that this test may make, one in each hierarchy that it uses.
  std::vector<std::string> Directories(const std::string& path) const {
    if (hierarchy_->layout() == Layout::kV2) {
      return {kRoot + path};
    }
    std::vector<std::string> directories = hierarchy_->MonitorDirectories(path);
    for (const char* controller : {"memory", "freezer", "pids"}) {
      if (hierarchy_->HasController(controller)) {
        directories.push_back(std::string(kRoot) + "/" + controller + path);
      }
    }
    return directories;
  }

  // A child that sleeps in `path` of all those hierarchies and forks `children` like itself.
  os::Process StartIn(const std::string& path, int children) {
    for (const std::string& directory : Directories(path)) {
      std::filesystem::create_directories(directory);
    }
    os::SpawnOptions options;
    options.program = "/bin/sh";
    std::string script;
    for (const std::string& directory : Directories(path)) {
      script += "echo $$ > " + directory + "/cgroup.procs || exit 1\n";
    }
    for (int i = 0; i < children; ++i) {
      script += "sleep 1000 &\n";
    }
    script += "echo ready >&3; exec 3>&-; exec sleep 1000\n";
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const os::UniqueFd read_end(ends[0]);
    os::UniqueFd write_end(ends[1]);
    options.argv = {"sh", "-c", script};
    options.env = {"PATH=/usr/bin:/bin"};
    options.descriptors = {{write_end.get(), 3}};
    auto process = os::Spawn(options);
    EXPECT_TRUE(process) << process.error().message();
    write_end.reset();
    char ready[6] = {};
    EXPECT_EQ(::read(read_end.get(), ready, sizeof(ready)), 6);
    return *std::move(process);
  }

  std::unique_ptr<Hierarchy> hierarchy_;
  std::string path_;
};

TEST_F(CgroupIntegrationTest, KillsAllProcessesInCgroupAndChildren) {
  const os::Process parent = StartIn(path_, 5);
  const os::Process nested = StartIn(path_ + "/nested", 2);
  EXPECT_OK(hierarchy_->Kill(path_));
  EXPECT_EQ(os::WaitForExit(parent.pidfd)->signal, SIGKILL);
  EXPECT_EQ(os::WaitForExit(nested.pidfd)->signal, SIGKILL);
}

TEST_F(CgroupIntegrationTest, KillsFrozenProcesses) {
  const os::Process process = StartIn(path_, 1);
  const bool v2 = hierarchy_->layout() == Layout::kV2;
  const std::string file = v2 ? kRoot + path_ + "/cgroup.freeze"
                              : std::string(kRoot) + "/freezer" + path_ + "/freezer.state";
  ASSERT_OK(os::WriteKernelFile(file, v2 ? "1" : "FROZEN"));
  EXPECT_OK(hierarchy_->Kill(path_));
  EXPECT_EQ(os::WaitForExit(process.pidfd)->signal, SIGKILL);
}

TEST_F(CgroupIntegrationTest, RemovesCgroupWhoseProcessesAreDying) {
  const os::Process process = StartIn(path_, 3);
  ASSERT_OK(hierarchy_->Kill(path_));
  // Nobody has reaped them; a zombie does not keep its cgroup.
  EXPECT_OK(hierarchy_->Remove(path_, std::chrono::seconds(5)));
  for (const std::string& directory : Directories(path_)) {
    EXPECT_FALSE(std::filesystem::exists(directory)) << directory;
  }
  EXPECT_OK(os::WaitForExit(process.pidfd));
}

TEST_F(CgroupIntegrationTest, GivesUpOnBusyCgroupInTime) {
  const os::Process process = StartIn(path_, 0);
  const Status status = hierarchy_->Remove(path_, std::chrono::milliseconds(20));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code(), Code::kFailedPrecondition);
  hierarchy_->RemoveIfEmpty(path_);
  for (const std::string& directory : Directories(path_)) {
    EXPECT_TRUE(std::filesystem::exists(directory)) << directory;
  }
  ASSERT_OK(hierarchy_->Kill(path_));
  EXPECT_OK(os::WaitForExit(process.pidfd));
}

TEST_F(CgroupIntegrationTest, CountsOomKills) {
  if (hierarchy_->layout() == Layout::kV2) {
    GTEST_SKIP() << "needs the memory controller enabled for children of the root";
  }
  const std::string memory = std::string(kRoot) + "/memory" + path_;
  std::filesystem::create_directories(memory);
  ASSERT_OK(os::WriteKernelFile(memory + "/memory.limit_in_bytes", "8388608"));
  // Where swap is not accounted there is no such file, and without swap the limit above suffices.
  IgnoreError(os::WriteKernelFile(memory + "/memory.memsw.limit_in_bytes", "8388608"));
  EXPECT_EQ(hierarchy_->Memory(path_)->limit, 8388608u);
  EXPECT_EQ(hierarchy_->Memory(path_)->oom_kills, 0u);
  const pid_t pid = ::fork();
  ASSERT_GE(pid, 0);
  if (pid == 0) {
    if (!os::WriteKernelFile(memory + "/cgroup.procs", "0")) {
      ::_exit(1);
    }
    constexpr size_t kBytes = 64u << 20;
    void* const pages =
        ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ::memset(pages, 1, kBytes);
    ::_exit(2);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
  EXPECT_EQ(hierarchy_->Memory(path_)->oom_kills, 1u);
}

TEST_F(CgroupIntegrationTest, ReportsMissingCgroup) {
  EXPECT_TRUE(hierarchy_->Processes(path_)->empty());
  EXPECT_EQ(hierarchy_->Memory(path_).error().code(), Code::kNotFound);
}

}  // namespace
}  // namespace isulad::cgroup
