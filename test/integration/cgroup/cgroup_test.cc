// What only the kernel can show of this machine's own hierarchies; the rest is in contract_test.cc.
#include "daemon/modules/cgroup/cgroup.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

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

}  // namespace
}  // namespace isulad::cgroup
