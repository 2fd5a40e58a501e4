// update over a cgroup of plain files: a failure leaves configuration and limits as they were.
#include "daemon/modules/container/update.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "daemon/modules/cgroup/cgroup.h"
#include "daemon/modules/store/store.h"
#include "sample.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;
using testing::HasSubstr;

constexpr int64_t kSignedMebibyte = 1 << 20;

class UpdateTest : public testing::Test {
 protected:
  UpdateTest() {
    Write("cgroup.controllers", "cpuset cpu io memory\n");
    store_ = *store::OpenStore(directory_.Sub("graph"), directory_.Sub("spare"));
    cgroups_ = *cgroup::OpenHierarchy(directory_.Sub("cgroup"));
    Settings settings;
    settings.cgroup_parent = "/parent";
    settings.processors = 64;
    Modules modules;
    modules.store = store_.get();
    modules.cgroups = cgroups_.get();
    context_ = std::make_unique<Context>(std::move(settings), std::move(modules));
  }

  std::shared_ptr<Container> Make(Phase phase = Phase::kRunning, bool auto_remove = false) {
    ContainerConfig config = MinimalConfig(IdOf('a'), "web");
    config.spec.mutable_host()->mutable_limits()->set_memory(16 * kSignedMebibyte);
    config.spec.mutable_host()->set_auto_remove(auto_remove);
    config.channels = {{"/srv/c", "/c", host_channel::Access::kReadWrite, 4u << 20, {}}};
    config.spec.mutable_host()->set_host_channel_add_memory(true);
    EXPECT_OK(store_->Create(config.id, *ToJson(config), {}, os::Sync::kNone));
    State state;
    state.phase = phase;
    Write(cgroup_ + "/memory.max", std::to_string(20 * kSignedMebibyte));
    Write(cgroup_ + "/memory.current", std::to_string(10 * kSignedMebibyte));
    Write(cgroup_ + "/memory.high", "max");
    Write(cgroup_ + "/memory.low", "0");
    Write(cgroup_ + "/cpu.max", "");
    Write(cgroup_ + "/cpu.weight", "");
    Write(cgroup_ + "/cpuset.cpus", "");
    return std::make_shared<Container>(config, state);
  }

  void Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = directory_.Sub("cgroup/" + name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  std::string Cgroup(const std::string& name) const {
    return Read(directory_.Sub("cgroup/" + cgroup_ + "/" + name));
  }
  static std::string Read(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  ContainerConfig Saved() const {
    const std::string text = Read(store_->DirectoryOf(IdOf('a')) + "/config.json");
    return *ConfigFromJson(*json::Parse(text));
  }

  const std::string cgroup_ = "parent/" + IdOf('a');
  test::TempDir directory_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<cgroup::Hierarchy> cgroups_;
  std::unique_ptr<Context> context_;
};

TEST_F(UpdateTest, SetsLimitsOnDiskAndInTheKernel) {
  const auto container = Make();
  UpdateRequest request;
  request.limits.set_memory(32 * kSignedMebibyte);
  request.limits.set_memory_reservation(8 * kSignedMebibyte);
  request.limits.set_nano_cpus(500'000'000);
  request.limits.set_cpu_shares(1024);
  request.limits.set_cpuset_cpus("0");
  request.restart_policy = "always";
  ASSERT_OK(Update(*context_, container, request));
  EXPECT_EQ(Cgroup("memory.max"), std::to_string(36 * kSignedMebibyte))
      << "with the channel's size";
  EXPECT_EQ(Cgroup("memory.low"), std::to_string(8 * kSignedMebibyte));
  EXPECT_EQ(Cgroup("cpu.max"), "50000 100000");
  EXPECT_EQ(Cgroup("cpu.weight"), "39");
  EXPECT_EQ(Cgroup("cpuset.cpus"), "0");
  EXPECT_EQ(container->limits().memory(), 32 * kSignedMebibyte);
  EXPECT_EQ(container->restart_policy().rule, RestartRule::kAlways);
  EXPECT_EQ(TextOf(Saved()), TextOf(container->CurrentConfig()));
}

TEST_F(UpdateTest, TouchesNoCgroupOfOneThatDoesNotRun) {
  const auto container = Make(Phase::kExited);
  UpdateRequest request;
  request.limits.set_memory(32 * kSignedMebibyte);
  ASSERT_OK(Update(*context_, container, request));
  EXPECT_EQ(Cgroup("memory.max"), std::to_string(20 * kSignedMebibyte));
  EXPECT_EQ(Saved().limits().memory(), 32 * kSignedMebibyte);
}

TEST_F(UpdateTest, LeavesAllAsItWasWhereMoreMemoryIsInUse) {
  const auto container = Make();
  const std::string before = TextOf(container->CurrentConfig());
  Write(cgroup_ + "/memory.current", std::to_string(19 * kSignedMebibyte));
  UpdateRequest request;
  request.limits.set_memory(8 * kSignedMebibyte);
  request.limits.set_cpu_shares(512);
  EXPECT_THAT(Update(*context_, container, request),
              IsErrorWith(Code::kResourceExhausted, "limits of container \"web\""));
  EXPECT_EQ(Cgroup("memory.max"), std::to_string(20 * kSignedMebibyte));
  EXPECT_EQ(Cgroup("cpu.weight"), "");
  EXPECT_EQ(TextOf(container->CurrentConfig()), before);
  EXPECT_EQ(TextOf(Saved()), before);
}

TEST_F(UpdateTest, TakesBackWhatWasSetBeforeAFailure) {
  const auto container = Make();
  const std::string before = TextOf(container->CurrentConfig());
  std::filesystem::remove(directory_.Sub("cgroup/" + cgroup_ + "/cpu.weight"));
  std::filesystem::create_directory(directory_.Sub("cgroup/" + cgroup_ + "/cpu.weight"));
  UpdateRequest request;
  request.limits.set_memory(32 * kSignedMebibyte);
  request.limits.set_cpu_shares(512);
  EXPECT_FALSE(Update(*context_, container, request));
  EXPECT_EQ(Cgroup("memory.max"), std::to_string(20 * kSignedMebibyte));
  EXPECT_EQ(TextOf(Saved()), before);
}

// The intent was saved, and the daemon died.
TEST_F(UpdateTest, RecoverySetsWhatIsOnDisk) {
  ContainerConfig config = Make()->CurrentConfig();
  config.spec.mutable_host()->mutable_limits()->set_memory(24 * kSignedMebibyte);
  config.spec.mutable_host()->mutable_limits()->set_nano_cpus(2'000'000'000);
  State state;
  state.phase = Phase::kRunning;
  RecoverLimits(*context_, Container(config, state));
  EXPECT_EQ(Cgroup("memory.max"), std::to_string(28 * kSignedMebibyte));
  EXPECT_EQ(Cgroup("cpu.max"), "200000 100000");
}

TEST_F(UpdateTest, ASuccessWhereItHasJustEnded) {
  const auto container = Make();
  std::filesystem::remove_all(directory_.Sub("cgroup/" + cgroup_));
  UpdateRequest request;
  request.limits.set_memory(32 * kSignedMebibyte);
  ASSERT_OK(Update(*context_, container, request));
  EXPECT_EQ(Saved().limits().memory(), 32 * kSignedMebibyte);
}

// A setting that is not changed is checked by the next start.
TEST_F(UpdateTest, DoesNotLookForTheDeviceOfARateThatStays) {
  const auto container = Make();
  spec::ResourceLimits limits = container->limits();
  limits.add_device_read_bps("/no/such/device:1m");
  container->SetLimits(limits, container->restart_policy());
  UpdateRequest request;
  request.limits.set_memory(32 * kSignedMebibyte);
  EXPECT_OK(Update(*context_, container, request));
}

TEST_F(UpdateTest, RefusesByName) {
  const auto container = Make(Phase::kExited, true);
  const std::string before = TextOf(container->CurrentConfig());
  const struct {
    std::function<void(UpdateRequest&)> ask;
    std::string reason;
  } cases[] = {
      {[](auto&) {}, "nothing to change was named"},
      {[](auto& r) { r.limits.set_memory(0); }, "--memory \"0\" must not be 0"},
      {[](auto& r) { r.limits.set_memory(1); }, "--memory"},
      {[](auto& r) { r.limits.set_memory_swap(kSignedMebibyte); }, "--memory-swap \"1M\""},
      {[](auto& r) { r.limits.set_nano_cpus(0); }, "--cpus \"0\" must not be 0"},
      {[](auto& r) { r.limits.set_nano_cpus(65'000'000'000); }, "--cpus must be between"},
      {[](auto& r) { r.limits.set_cpu_period(1); }, "--cpu-period \"1\""},
      {[](auto& r) { r.limits.set_cpuset_cpus(""); }, "--cpuset-cpus \"\" must not be empty"},
      {[](auto& r) { r.limits.set_cpuset_cpus("100000"); },
       "--cpuset-cpus \"100000\": this machine has"},
      {[](auto& r) { r.limits.set_cpuset_mems("x"); }, "--cpuset-mems \"x\" must be a list"},
      {[](auto& r) { r.limits.set_pids_limit(5); }, "a limit was named that update cannot change"},
      {[](auto& r) { r.restart_policy = "sometimes"; }, "sometimes"},
      {[](auto& r) { r.restart_policy = "always"; }, "--rm"},
  };
  for (const auto& c : cases) {
    UpdateRequest request;
    c.ask(request);
    EXPECT_THAT(Update(*context_, container, request),
                IsErrorWith(Code::kInvalidArgument, c.reason));
  }
  EXPECT_EQ(TextOf(container->CurrentConfig()), before);
  EXPECT_EQ(TextOf(Saved()), before);
}

TEST(ApplyRequest, TheLastWordOnProcessorTimeHolds) {
  ContainerConfig config = MinimalConfig(IdOf('a'), "web");
  UpdateRequest quota;
  quota.limits.set_cpu_quota(5000);
  ASSERT_OK(ApplyRequest(quota, config));
  UpdateRequest cpus;
  cpus.limits.set_nano_cpus(1'500'000'000);
  ASSERT_OK(ApplyRequest(cpus, config));
  EXPECT_EQ(config.limits().cpu_quota(), 0);
  ASSERT_OK(ApplyRequest(quota, config));
  EXPECT_EQ(config.limits().nano_cpus(), 0);
  EXPECT_EQ(config.limits().cpu_quota(), 5000);
  EXPECT_EQ(config.limits().cpu_period(), 100'000);
}

}  // namespace
}  // namespace isulad::container
