// The contract suite with the real runtimes, on a rootfs of one static program.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/cgroup/cgroup.h"
#include "support/fakes/runtime_contract.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::test {
namespace {

constexpr char kBusybox[] = "/bin/busybox";
constexpr int kSoonMs = 10'000;

class LinuxRuntimeWorld final : public RuntimeWorld {
 public:
  static std::unique_ptr<RuntimeWorld> Of(const std::string& name);
  ~LinuxRuntimeWorld() override;

  const runtime::OciRuntime& runtime() const override { return *runtime_; }
  Status Start(const std::string& id) override {
    const std::string bundle = dir_.Sub("bundle-" + id);
    return Run(id, runtime_->StartCommand({id, bundle, bundle + "/pid", bundle + "/log", ""}));
  }
  Status Create(const std::string& id) override;
  void EndProcess(const std::string& id) override;
  bool IsUp(const std::string& id) override { return !HasEnded(id, 0); }
  bool HasCgroup(const std::string& id) override;
  bool IsKnown(const std::string& id) override { return os::PathExists(dir_.Sub("state/" + id)); }

 private:
  LinuxRuntimeWorld() = default;
  std::string CgroupOf(const std::string& id) const { return parent_ + "/" + id; }
  void WriteBundle(const std::string& id) const;
  Status Run(const std::string& id, std::vector<std::string> command);
  bool HasEnded(const std::string& id, int timeout_ms) const;

  TempDir dir_;
  std::unique_ptr<runtime::OciRuntime> runtime_;
  std::unique_ptr<cgroup::Hierarchy> cgroups_;
  const std::string parent_ = "/isulad-test-" + std::to_string(::getpid()) + "-runtime";
  std::map<std::string, os::UniqueFd> processes_;  // of containers, by their ids
};

std::unique_ptr<RuntimeWorld> LinuxRuntimeWorld::Of(const std::string& name) {
  const std::string program = runtime::FindRuntime(name);
  auto cgroups = cgroup::OpenHierarchy();
  if (::geteuid() != 0 || program.empty() || ::access(kBusybox, X_OK) != 0 || !cgroups) {
    return nullptr;
  }
  std::unique_ptr<LinuxRuntimeWorld> world(new LinuxRuntimeWorld);
  world->cgroups_ = *std::move(cgroups);
  auto runtime = runtime::CreateRuntime({name, program, {}, world->dir_.Sub("state")},
                                        world->cgroups_->layout() == cgroup::Layout::kHybrid);
  EXPECT_OK(runtime);
  world->runtime_ = *std::move(runtime);
  for (const char* directory : {"rootfs/bin", "rootfs/dev", "rootfs/proc"}) {
    std::filesystem::create_directories(world->dir_.Sub(directory));
  }
  std::filesystem::copy(kBusybox, world->dir_.Sub("rootfs/bin/busybox"));
  return world;
}

LinuxRuntimeWorld::~LinuxRuntimeWorld() {
  for (const auto& [id, process] : processes_) {
    IgnoreError(runtime_->Delete(id));  // the contract itself is what may be broken
  }
  EXPECT_OK(cgroups_->Kill(parent_));
  EXPECT_OK(cgroups_->Remove(parent_, std::chrono::seconds(5)));
}

void LinuxRuntimeWorld::WriteBundle(const std::string& id) const {
  const std::string config =
      "{\"ociVersion\":\"1.0.2\",\"process\":{\"terminal\":false,\"user\":{\"uid\":0,\"gid\":0},"
      "\"cwd\":\"/\",\"env\":[\"PATH=/bin\"],\"args\":[\"/bin/busybox\",\"sleep\",\"1000\"]},"
      "\"root\":{\"path\":\"" +
      dir_.Sub("rootfs") +
      "\"},\"mounts\":[{\"destination\":\"/proc\",\"type\":\"proc\",\"source\":\"proc\"}],"
      "\"linux\":{\"cgroupsPath\":\"" +
      CgroupOf(id) +
      "\",\"namespaces\":[{\"type\":\"pid\"},{\"type\":\"mount\"},{\"type\":\"ipc\"},"
      "{\"type\":\"uts\"}]}}";
  const std::string bundle = dir_.Sub("bundle-" + id);
  ASSERT_OK(os::MakeDirectories(bundle, 0700));
  ASSERT_OK(os::WriteFileAtomic(bundle + "/config.json", config, 0600, os::Sync::kNone));
}

Status LinuxRuntimeWorld::Run(const std::string& id, std::vector<std::string> command) {
  WriteBundle(id);
  os::SpawnOptions options;
  options.program = runtime_->path();
  options.argv = std::move(command);
  options.env = runtime_->Environment();
  options.hide_unified_cgroup = runtime_->NeedsUnifiedCgroupHidden();
  const std::string bundle = dir_.Sub("bundle-" + id);
  ASSIGN_OR_RETURN(const os::Output output, os::RunAndCapture(options));
  if (output.status.ShellStatus() != 0) {
    return Internal(runtime::ExplainFailure(os::ReadFile(bundle + "/log").value_or("")).reason +
                    output.error);
  }
  ASSIGN_OR_RETURN(const std::string pid, os::ReadFile(bundle + "/pid"));
  ASSIGN_OR_RETURN(os::UniqueFd process,
                   os::OpenPidfd(static_cast<pid_t>(ParseUint64(Trim(pid)).value_or(0))));
  processes_.insert_or_assign(id, std::move(process));
  return OkStatus();
}

Status LinuxRuntimeWorld::Create(const std::string& id) {
  const std::string bundle = dir_.Sub("bundle-" + id);
  return Run(id, {runtime_->path(), "--root", dir_.Sub("state"), "create", "--bundle", bundle,
                  "--pid-file", bundle + "/pid", id});
}

bool LinuxRuntimeWorld::HasEnded(const std::string& id, int timeout_ms) const {
  const auto found = processes_.find(id);
  if (found == processes_.end()) {
    return true;
  }
  pollfd polled{found->second.get(), POLLIN, 0};
  return ::poll(&polled, 1, timeout_ms) == 1;
}

void LinuxRuntimeWorld::EndProcess(const std::string& id) {
  ASSERT_OK(os::SendSignal(processes_.at(id), SIGKILL));
  EXPECT_TRUE(HasEnded(id, kSoonMs));
}

bool LinuxRuntimeWorld::HasCgroup(const std::string& id) {
  for (const std::string& directory : cgroups_->MonitorDirectories(CgroupOf(id))) {
    if (os::PathExists(directory)) {
      return true;
    }
  }
  return cgroups_->Usage(CgroupOf(id)).has_value();
}

RuntimeWorldFactory Real(const char* name) {
  return [name] { return LinuxRuntimeWorld::Of(name); };
}

INSTANTIATE_TEST_SUITE_P(Crun, RuntimeContract, testing::Values(Real("crun")));
INSTANTIATE_TEST_SUITE_P(Runc, RuntimeContract, testing::Values(Real("runc")));

}  // namespace
}  // namespace isulad::test
