#include "support/fakes/cgroup_contract.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <chrono>

#include "support/result_matchers.h"

namespace isulad::test {
namespace {

using cgroup::FreezerState;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// Skips a case on a machine without the controller.
#define NEEDS(controller)                               \
  if (!cgroups().HasController(controller)) {           \
    GTEST_SKIP() << "needs the controller " controller; \
  }

constexpr std::chrono::seconds kPatience(5);
constexpr uint64_t kMiB = 1u << 20;

}  // namespace

void CgroupContract::SetUp() {
  world_ = GetParam()();
  if (world_ == nullptr) {
    GTEST_SKIP() << "needs root, and such a hierarchy";
  }
  root_ = world_->root();
}

std::set<pid_t> CgroupContract::ProcessesOf(const std::string& path) const {
  const Result<std::set<pid_t>> processes = cgroups().Processes(path);
  EXPECT_OK(processes);
  return processes.value_or(std::set<pid_t>());
}

std::optional<FreezerState> CgroupContract::FreezerOf(const std::string& path) const {
  const Result<FreezerState> state = cgroups().Freezer(path);
  EXPECT_OK(state);
  return state ? std::optional<FreezerState>(*state) : std::nullopt;
}

TEST_P(CgroupContract, SaysOfAMissingCgroupThatItIsGone) {
  EXPECT_THAT(cgroups().Usage(root_), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(cgroups().Freezer(root_), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(cgroups().Freeze(root_, kPatience), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(cgroups().MoveProcess(1, root_, "/child"), IsErrorWith(Code::kNotFound, ""));
  EXPECT_FALSE(world_->Exists(root_));
}

TEST_P(CgroupContract, SetsNoLimitOfAMissingCgroup) {
  NEEDS("memory");
  EXPECT_THAT(cgroups().Memory(root_), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(cgroups().SetMemoryLimit(root_, kMiB, {}), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(cgroups().SetMemoryReservation(root_, kMiB), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(cgroups().SetCpuLimits(root_, {.shares = 100}), IsErrorWith(Code::kNotFound, ""));
  EXPECT_FALSE(world_->Exists(root_));
}

TEST_P(CgroupContract, HasNothingToEndInAMissingCgroup) {
  EXPECT_THAT(ProcessesOf(root_), IsEmpty());
  EXPECT_OK(cgroups().Kill(root_));
  EXPECT_OK(cgroups().Thaw(root_));
  EXPECT_OK(cgroups().Remove(root_, kPatience));
  cgroups().RemoveIfEmpty(root_);
}

TEST_P(CgroupContract, RefusesPathsThatStandForMoreThanACgroup) {
  for (const std::string path : {"", "/", "name", "/a/../b", "/a/", "//a"}) {
    EXPECT_THAT(cgroups().Kill(path), IsErrorWith(Code::kInvalidArgument, "")) << path;
    EXPECT_THAT(cgroups().Remove(path, kPatience), IsErrorWith(Code::kInvalidArgument, "")) << path;
    EXPECT_THAT(cgroups().Freeze(path, kPatience), IsErrorWith(Code::kInvalidArgument, "")) << path;
    EXPECT_THAT(cgroups().Processes(path), IsErrorWith(Code::kInvalidArgument, "")) << path;
  }
}

TEST_P(CgroupContract, ListsTheProcessesOfChildrenToo) {
  const pid_t own = world_->Start(root_);
  const pid_t nested = world_->Start(Sub("a/b"));
  EXPECT_THAT(ProcessesOf(root_), UnorderedElementsAre(own, nested));
  EXPECT_THAT(ProcessesOf(Sub("a")), ElementsAre(nested));
}

TEST_P(CgroupContract, KillsWhatIsInTheCgroupAndItsChildrenAndNobodyElse) {
  const pid_t own = world_->Start(Sub("victim"));
  const pid_t nested = world_->Start(Sub("victim/nested"));
  const pid_t sibling = world_->Start(Sub("victim-not"));
  const pid_t parent = world_->Start(root_);
  EXPECT_OK(cgroups().Kill(Sub("victim")));
  EXPECT_THAT(ProcessesOf(Sub("victim")), IsEmpty());
  EXPECT_TRUE(world_->IsKilled(own));
  EXPECT_TRUE(world_->IsKilled(nested));
  EXPECT_TRUE(world_->Runs(sibling));
  EXPECT_TRUE(world_->Runs(parent));
  EXPECT_TRUE(world_->Exists(Sub("victim/nested")));
}

TEST_P(CgroupContract, KillsFrozenProcesses) {
  const pid_t process = world_->Start(Sub("child"));
  ASSERT_OK(cgroups().Freeze(root_, kPatience));
  EXPECT_OK(cgroups().Kill(root_));
  EXPECT_TRUE(world_->IsKilled(process));
}

TEST_P(CgroupContract, RemovesACgroupWithItsChildren) {
  const pid_t process = world_->Start(Sub("one/two/three"));
  world_->Make(Sub("one/four"));
  world_->Make(Sub("one-more"));
  ASSERT_OK(cgroups().Kill(Sub("one")));
  EXPECT_OK(cgroups().Remove(Sub("one"), kPatience));
  EXPECT_FALSE(world_->Exists(Sub("one")));
  EXPECT_TRUE(world_->Exists(Sub("one-more")));
  EXPECT_OK(cgroups().Remove(Sub("one"), kPatience));
  EXPECT_TRUE(world_->IsKilled(process));
}

TEST_P(CgroupContract, GivesUpOnABusyCgroupAndEndsNobody) {
  const pid_t process = world_->Start(root_);
  const Status removed = cgroups().Remove(root_, std::chrono::milliseconds(20));
  EXPECT_THAT(removed, IsErrorWith(Code::kFailedPrecondition, "remove cgroup"));
  EXPECT_THAT(removed, IsErrno(EBUSY));
  cgroups().RemoveIfEmpty(root_);
  EXPECT_TRUE(world_->Exists(root_));
  EXPECT_TRUE(world_->Runs(process));
  EXPECT_THAT(ProcessesOf(root_), ElementsAre(process));
}

TEST_P(CgroupContract, RemovesIfEmptyOnlyWhatHasNoChildren) {
  world_->Make(Sub("child"));
  cgroups().RemoveIfEmpty(root_);
  EXPECT_TRUE(world_->Exists(Sub("child")));
  cgroups().RemoveIfEmpty(Sub("child"));
  EXPECT_FALSE(world_->Exists(Sub("child")));
  cgroups().RemoveIfEmpty(root_);
  EXPECT_FALSE(world_->Exists(root_));
}

TEST_P(CgroupContract, FreezesAndThawsWithItsChildren) {
  const pid_t process = world_->Start(Sub("child"));
  EXPECT_EQ(FreezerOf(root_), FreezerState::kThawed);
  ASSERT_OK(cgroups().Freeze(root_, kPatience));
  EXPECT_EQ(FreezerOf(root_), FreezerState::kFrozen);
  EXPECT_EQ(FreezerOf(Sub("child")), FreezerState::kFrozen);
  ASSERT_OK(cgroups().Freeze(root_, kPatience));
  ASSERT_OK(cgroups().Thaw(Sub("child")));
  EXPECT_EQ(FreezerOf(Sub("child")), FreezerState::kFrozen) << "its parent is";
  ASSERT_OK(cgroups().Thaw(root_));
  EXPECT_EQ(FreezerOf(root_), FreezerState::kThawed);
  EXPECT_EQ(FreezerOf(Sub("child")), FreezerState::kThawed);
  ASSERT_OK(cgroups().Thaw(root_));
  EXPECT_TRUE(world_->Runs(process));
}

TEST_P(CgroupContract, FreezesAChildAlone) {
  world_->Make(Sub("child"));
  world_->Make(Sub("other"));
  ASSERT_OK(cgroups().Freeze(Sub("child"), kPatience));
  EXPECT_EQ(FreezerOf(Sub("child")), FreezerState::kFrozen) << "without a process too";
  EXPECT_EQ(FreezerOf(Sub("other")), FreezerState::kThawed);
  EXPECT_EQ(FreezerOf(root_), FreezerState::kThawed);
  EXPECT_OK(cgroups().Thaw(Sub("child")));
}

TEST_P(CgroupContract, MovesAProcessIntoAChildThatItMakes) {
  const pid_t moved = world_->Start(root_);
  const pid_t stays = world_->Start(root_);
  ASSERT_OK(cgroups().MoveProcess(moved, root_, "/child"));
  EXPECT_THAT(ProcessesOf(Sub("child")), ElementsAre(moved));
  EXPECT_THAT(ProcessesOf(root_), UnorderedElementsAre(moved, stays));
  ASSERT_OK(cgroups().MoveProcess(moved, root_, "/child"));
  EXPECT_OK(cgroups().Kill(Sub("child")));
  EXPECT_TRUE(world_->IsKilled(moved));
  EXPECT_TRUE(world_->Runs(stays));
}

TEST_P(CgroupContract, MovesNoProcessThatHasEnded) {
  const pid_t process = world_->Start(root_);
  ASSERT_OK(cgroups().Kill(root_));
  ASSERT_TRUE(world_->IsKilled(process));
  EXPECT_THAT(cgroups().MoveProcess(process, root_, "/child"), IsErrno(ESRCH));
  EXPECT_THAT(ProcessesOf(root_), IsEmpty());
  EXPECT_THAT(cgroups().MoveProcess(process, root_, "/.."),
              IsErrorWith(Code::kInvalidArgument, ""));
}

TEST_P(CgroupContract, MovesAProcessThatStandsStillAndGoesOnDoingSo) {
  const pid_t process = world_->Start(root_);
  ASSERT_OK(cgroups().Freeze(root_, kPatience));
  EXPECT_OK(cgroups().MoveProcess(process, root_, "/child"));
  EXPECT_THAT(ProcessesOf(Sub("child")), ElementsAre(process));
  EXPECT_EQ(FreezerOf(Sub("child")), FreezerState::kFrozen);
  ASSERT_OK(cgroups().Thaw(root_));
  EXPECT_EQ(FreezerOf(Sub("child")), FreezerState::kThawed);
}

TEST_P(CgroupContract, MakesACgroupForExecsOnVersion2) {
  world_->Make(root_);
  for (int round = 0; round < 2; ++round) {
    ASSERT_OK_AND_ASSIGN(const std::string child, cgroups().MakeExecCgroup(root_));
    EXPECT_EQ(child, v2() ? "/isula.exec" : "");
    EXPECT_EQ(world_->Exists(Sub("isula.exec")), v2());
  }
  ASSERT_OK(cgroups().Remove(root_, kPatience));
  EXPECT_EQ(cgroups().MakeExecCgroup(root_).has_value(), !v2());
  EXPECT_FALSE(world_->Exists(root_));
}

TEST_P(CgroupContract, SetsTheLimitOfMemory) {
  NEEDS("memory");
  world_->Make(root_);
  EXPECT_EQ(cgroups().Memory(root_)->limit, UINT64_MAX);
  for (const uint64_t limit : {64 * kMiB, 128 * kMiB, 32 * kMiB, UINT64_MAX}) {
    ASSERT_OK(cgroups().SetMemoryLimit(root_, limit, std::nullopt));
    EXPECT_EQ(cgroups().Memory(root_)->limit, limit);
    EXPECT_EQ(cgroups().Usage(root_)->memory_limit, limit);
  }
  ASSERT_OK(cgroups().SetMemoryReservation(root_, 16 * kMiB));
  EXPECT_EQ(world_->MemoryReservationOf(root_), 16 * kMiB);
  EXPECT_EQ(cgroups().Memory(root_)->limit, UINT64_MAX);
}

TEST_P(CgroupContract, SetsTheLimitOfMemoryAndSwapUpAndDown) {
  NEEDS("memory");
  world_->Make(root_);
  for (const uint64_t limit : {64 * kMiB, 128 * kMiB, 32 * kMiB}) {
    ASSERT_OK(cgroups().SetMemoryLimit(root_, limit, limit + 16 * kMiB));
    EXPECT_EQ(cgroups().Memory(root_)->limit, limit);
  }
  ASSERT_OK(cgroups().SetMemoryLimit(root_, 64 * kMiB, UINT64_MAX));
  EXPECT_EQ(cgroups().Memory(root_)->limit, 64 * kMiB);
}

TEST_P(CgroupContract, DoesNotLimitMemoryBelowWhatIsInUse) {
  NEEDS("memory");
  world_->OccupyMemory(root_, 32 * kMiB);
  const std::set<pid_t> before = ProcessesOf(root_);
  ASSERT_OK(cgroups().SetMemoryLimit(root_, 64 * kMiB, std::nullopt));
  EXPECT_THAT(cgroups().SetMemoryLimit(root_, 16 * kMiB, std::nullopt),
              IsErrorWith(Code::kResourceExhausted, "in use"));
  EXPECT_EQ(cgroups().Memory(root_)->limit, 64 * kMiB);
  EXPECT_GE(cgroups().Memory(root_)->usage, 32 * kMiB);
  EXPECT_GE(cgroups().Usage(root_)->memory, 32 * kMiB);
  EXPECT_EQ(ProcessesOf(root_), before) << "nobody is killed for it";
}

TEST_P(CgroupContract, CountsProcessesKilledForMemoryInChildrenToo) {
  NEEDS("memory");
  world_->Make(root_);
  EXPECT_EQ(cgroups().Memory(root_)->oom_kills, 0u);
  world_->ExceedMemory(Sub("child"), 8 * kMiB);
  EXPECT_EQ(cgroups().Memory(Sub("child"))->oom_kills, 1u);
  EXPECT_EQ(cgroups().Memory(root_)->oom_kills, 1u);
}

TEST_P(CgroupContract, SetsTheCpuLimitsThatAreGivenAndNoOthers) {
  NEEDS("cpu");
  NEEDS("cpuset");
  world_->Make(root_);
  const cgroup::CpuLimits before = world_->CpuLimitsOf(root_);
  ASSERT_OK(cgroups().SetCpuLimits(root_, {}));
  ASSERT_OK(cgroups().SetCpuLimits(root_, {.shares = 512}));
  EXPECT_EQ(world_->CpuLimitsOf(root_).shares, 512);
  EXPECT_EQ(world_->CpuLimitsOf(root_).quota, before.quota);
  ASSERT_OK(cgroups().SetCpuLimits(root_, {.quota = 50'000, .period = 200'000}));
  ASSERT_OK(cgroups().SetCpuLimits(root_, {.cpus = "0", .mems = "0"}));
  const cgroup::CpuLimits set = world_->CpuLimitsOf(root_);
  EXPECT_EQ(set.shares, 512);
  EXPECT_EQ(set.quota, 50'000);
  EXPECT_EQ(set.period, 200'000);
  EXPECT_EQ(set.cpus, "0");
  EXPECT_EQ(set.mems, "0");
  ASSERT_OK(cgroups().SetCpuLimits(root_, {.quota = -1}));
  EXPECT_EQ(world_->CpuLimitsOf(root_).quota, -1);
  EXPECT_EQ(world_->CpuLimitsOf(root_).shares, 512);
}

TEST_P(CgroupContract, CountsTheProcessesOfTheTree) {
  NEEDS("pids");
  world_->Start(root_);
  world_->Start(Sub("child"));
  ASSERT_OK_AND_ASSIGN(const cgroup::Usage usage, cgroups().Usage(root_));
  EXPECT_EQ(usage.pids, 2u);
  EXPECT_EQ(usage.pids_limit, UINT64_MAX);
  EXPECT_TRUE(usage.cpu_time.has_value());
}

TEST_P(CgroupContract, SaysWhereTheMonitorLives) {
  const std::vector<std::string> directories = cgroups().MonitorDirectories("/isulad/monitors");
  EXPECT_FALSE(directories.empty());
  for (const std::string& directory : directories) {
    EXPECT_THAT(directory, EndsWith("/isulad/monitors"));
  }
}

}  // namespace isulad::test
