// The cgroup module on trees of plain files, laid out as the kernel does.
#include "daemon/modules/cgroup/cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "daemon/modules/cgroup/linux_cgroupfs.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::cgroup {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

class CgroupTest : public ::testing::Test {
 protected:
  void File(const std::string& path, const std::string& text = "") {
    const std::filesystem::path file = root_ / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  std::unique_ptr<Hierarchy> Open() {
    auto hierarchy = OpenHierarchy(root_);
    EXPECT_TRUE(hierarchy) << hierarchy.error().message();
    return hierarchy ? *std::move(hierarchy) : nullptr;
  }

  void MakeV1() {
    File("memory/cgroup.procs");
    File("memory/memory.memsw.limit_in_bytes");
    File("cpu,cpuacct/cgroup.procs");
    std::filesystem::create_directory_symlink("cpu,cpuacct", root_ / "cpu");
    std::filesystem::create_directory_symlink("cpu,cpuacct", root_ / "cpuacct");
    File("systemd/cgroup.procs");
  }

  void MakeV2() {
    File("cgroup.procs");
    File("cgroup.controllers", "cpuset cpu io memory pids\n");
  }

  test::TempDir directory_;
  const std::filesystem::path root_ = directory_.path();
};

class FreezerTest : public CgroupTest {
 protected:
  static constexpr std::chrono::seconds kLong{30};

  std::string Text(const std::string& path) {
    std::ifstream file(root_ / path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(CgroupTest, RefusesDirectoryWithoutHierarchies) {
  File("something/else");
  const auto hierarchy = OpenHierarchy(root_);
  EXPECT_THAT(hierarchy, test::IsErrorWith(Code::kFailedPrecondition, root_.string()));
}

TEST_F(CgroupTest, RefusesMissingDirectory) { EXPECT_FALSE(OpenHierarchy(root_ / "gone")); }

TEST_F(CgroupTest, RecognisesVersion1WithControllersMountedTogether) {
  MakeV1();
  const auto hierarchy = Open();
  EXPECT_EQ(hierarchy->layout(), Layout::kV1);
  EXPECT_TRUE(hierarchy->HasController("cpu"));
  EXPECT_TRUE(hierarchy->HasController("cpuacct"));
  EXPECT_TRUE(hierarchy->HasController("memory"));
  EXPECT_FALSE(hierarchy->HasController("pids"));
  EXPECT_FALSE(hierarchy->HasController("systemd"));
  EXPECT_TRUE(hierarchy->SwapAccounting());
}

TEST_F(CgroupTest, RecognisesHybridLayout) {
  MakeV1();
  File("unified/cgroup.procs");
  File("unified/cgroup.controllers");
  const auto hierarchy = Open();
  EXPECT_EQ(hierarchy->layout(), Layout::kHybrid);
  EXPECT_FALSE(hierarchy->HasController("unified"));
  const std::string base = std::filesystem::canonical(root_);
  EXPECT_THAT(hierarchy->MonitorDirectories("/isulad/x"),
              UnorderedElementsAre(base + "/systemd/isulad/x", base + "/unified/isulad/x"));
}

TEST_F(CgroupTest, RecognisesVersion2) {
  MakeV2();
  const auto hierarchy = Open();
  EXPECT_EQ(hierarchy->layout(), Layout::kV2);
  EXPECT_TRUE(hierarchy->HasController("memory"));
  EXPECT_TRUE(hierarchy->HasController("pids"));
  EXPECT_FALSE(hierarchy->HasController("mem"));
  EXPECT_THAT(hierarchy->MonitorDirectories("/isulad/x"),
              ElementsAre(root_.string() + "/isulad/x"));
}

TEST_F(CgroupTest, SeesThatVersion1DoesNotAccountSwap) {
  File("memory/cgroup.procs");
  EXPECT_FALSE(Open()->SwapAccounting());
}

TEST_F(CgroupTest, LearnsSwapAccountingOfVersion2FromAChild) {
  MakeV2();
  File("child/memory.max", "max\n");
  EXPECT_FALSE(Open()->SwapAccounting());
  File("child/memory.swap.max", "max\n");
  EXPECT_TRUE(Open()->SwapAccounting());
}

TEST_F(CgroupTest, ReadsMemoryOfVersion1AndAddsUpKillsOfChildren) {
  MakeV1();
  File("memory/isulad/x/memory.limit_in_bytes", "67108864\n");
  File("memory/isulad/x/memory.usage_in_bytes", "4096\n");
  File("memory/isulad/x/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
  File("memory/isulad/x/init/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
  const auto state = Open()->Memory("/isulad/x");
  ASSERT_OK(state);
  EXPECT_EQ(state->limit, 67108864u);
  EXPECT_EQ(state->usage, 4096u);
  EXPECT_EQ(state->oom_kills, 3u);
}

TEST_F(CgroupTest, ReadsNoLimitOfVersion1WithAnyPageSize) {
  MakeV1();
  File("memory/x/memory.usage_in_bytes", "0\n");
  for (const char* text : {"9223372036854771712\n", "9223372036854710272\n"}) {
    File("memory/x/memory.limit_in_bytes", text);
    EXPECT_EQ(Open()->Memory("/x")->limit, UINT64_MAX) << text;
  }
}

TEST_F(CgroupTest, ReadsMemoryOfVersion2) {
  MakeV2();
  File("isulad/x/memory.max", "max\n");
  File("isulad/x/memory.current", "8192\n");
  File("isulad/x/memory.events", "low 0\nhigh 0\nmax 7\noom 2\noom_kill 1\noom_group_kill 0\n");
  const auto state = Open()->Memory("/isulad/x");
  ASSERT_OK(state);
  EXPECT_EQ(state->limit, UINT64_MAX);
  EXPECT_EQ(state->usage, 8192u);
  EXPECT_EQ(state->oom_kills, 1u);
}

TEST_F(CgroupTest, ReadsUsageOfVersion1) {
  MakeV1();
  File("pids/cgroup.procs");
  File("blkio/cgroup.procs");
  File("memory/x/memory.usage_in_bytes", "10000\n");
  File("memory/x/memory.limit_in_bytes", "65536\n");
  File("memory/x/memory.stat", "inactive_file 1\ntotal_inactive_file 4096\n");
  File("cpuacct/x/cpuacct.usage", "1234567\n");
  File("pids/x/pids.current", "3\n");
  File("pids/x/pids.max", "max\n");
  File("blkio/x/blkio.throttle.io_service_bytes_recursive",
       "8:0 Read 4096\n8:0 Write 512\n8:0 Total 4608\n8:16 Read 1\n8:16 Write 2\nTotal 4611\n");
  const auto usage = Open()->Usage("/x");
  ASSERT_OK(usage);
  EXPECT_EQ(usage->memory, 5904u);
  EXPECT_EQ(usage->memory_limit, 65536u);
  EXPECT_EQ(usage->cpu_time, 1234567u);
  EXPECT_EQ(usage->pids, 3u);
  EXPECT_EQ(usage->pids_limit, UINT64_MAX);
  ASSERT_TRUE(usage->devices);
  EXPECT_EQ(usage->devices->read, 4097u);
  EXPECT_EQ(usage->devices->written, 514u);
}

TEST_F(CgroupTest, ReadsUsageOfVersion2) {
  MakeV2();
  File("x/memory.current", "4000\n");
  File("x/memory.max", "max\n");
  File("x/memory.stat", "anon 5\ninactive_file 5000\n");
  File("x/cpu.stat", "usage_usec 7\nuser_usec 3\n");
  File("x/pids.current", "1\n");
  File("x/pids.max", "20\n");
  File("x/io.stat", "8:0 rbytes=4096 wbytes=512 rios=1 wios=1\n8:16 rbytes=1 wbytes=2\n");
  const auto usage = Open()->Usage("/x");
  ASSERT_OK(usage);
  EXPECT_EQ(usage->memory, 0u) << "more cache than was in use a moment before";
  EXPECT_EQ(usage->memory_limit, UINT64_MAX);
  EXPECT_EQ(usage->cpu_time, 7000u);
  EXPECT_EQ(usage->pids_limit, 20u);
  ASSERT_TRUE(usage->devices);
  EXPECT_EQ(usage->devices->read, 4097u);
  EXPECT_EQ(usage->devices->written, 514u);
}

TEST_F(CgroupTest, LeavesOutOfTheUsageWhatTheHostDoesNotCount) {
  MakeV1();
  File("memory/x/memory.usage_in_bytes", "10000\n");
  const auto usage = Open()->Usage("/x");
  ASSERT_OK(usage);
  EXPECT_EQ(usage->memory, 10000u);
  EXPECT_FALSE(usage->pids);
  EXPECT_FALSE(usage->cpu_time);
  EXPECT_FALSE(usage->devices);
}

TEST_F(CgroupTest, ReportsMissingCgroupAsNotFound) {
  MakeV2();
  EXPECT_THAT(Open()->Memory("/isulad/gone"), test::IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(Open()->Usage("/isulad/gone"), test::IsErrorWith(Code::kNotFound, ""));
  MakeV1();
  std::filesystem::remove(root_ / "cgroup.controllers");
  EXPECT_THAT(Open()->Memory("/isulad/gone"), test::IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(Open()->Usage("/isulad/gone"), test::IsErrorWith(Code::kNotFound, ""));
}

TEST_F(CgroupTest, RefusesToActOnTheRootCgroup) {
  MakeV1();
  const auto hierarchy = Open();
  for (const char* path : {"", "/", "relative", "/a/../..", "/a//b", "/a/"}) {
    EXPECT_THAT(hierarchy->Kill(path), test::IsErrorWith(Code::kInvalidArgument, "")) << path;
    EXPECT_THAT(hierarchy->Remove(path, std::chrono::seconds(0)),
                test::IsErrorWith(Code::kInvalidArgument, ""))
        << path;
    EXPECT_THAT(hierarchy->Memory(path), test::IsErrorWith(Code::kInvalidArgument, "")) << path;
  }
}

TEST_F(CgroupTest, RemovesFromAllHierarchiesDepthFirst) {
  MakeV1();
  std::filesystem::create_directories(root_ / "memory/isulad/x/a/b");
  std::filesystem::create_directories(root_ / "cpu/isulad/x");
  std::filesystem::create_directories(root_ / "systemd/isulad/x/init.scope");
  EXPECT_OK(Open()->Remove("/isulad/x", std::chrono::seconds(0)));
  EXPECT_FALSE(std::filesystem::exists(root_ / "memory/isulad/x"));
  EXPECT_FALSE(std::filesystem::exists(root_ / "cpu,cpuacct/isulad/x"));
  EXPECT_FALSE(std::filesystem::exists(root_ / "systemd/isulad/x"));
  EXPECT_TRUE(std::filesystem::exists(root_ / "memory/isulad"));
}

TEST_F(CgroupTest, TriesAllHierarchiesWhenOneCannotBeRemoved) {
  MakeV1();
  File("cpu,cpuacct/x/file");  // A plain file makes rmdir fail here; in cgroupfs it would not.
  std::filesystem::create_directories(root_ / "memory/x");
  std::filesystem::create_directories(root_ / "systemd/x");
  EXPECT_FALSE(Open()->Remove("/x", std::chrono::seconds(0)));
  EXPECT_FALSE(std::filesystem::exists(root_ / "memory/x"));
  EXPECT_FALSE(std::filesystem::exists(root_ / "systemd/x"));
}

TEST_F(CgroupTest, RemovingAndKillingWhatIsGoneSucceeds) {
  MakeV1();
  EXPECT_OK(Open()->Remove("/isulad/gone", std::chrono::seconds(0)));
  EXPECT_OK(Open()->Kill("/isulad/gone"));
  std::filesystem::remove_all(root_ / "memory");
  MakeV2();
  EXPECT_OK(Open()->Remove("/isulad/gone", std::chrono::seconds(0)));
  EXPECT_OK(Open()->Kill("/isulad/gone"));
}

TEST_F(CgroupTest, RemoveIfEmptyLeavesChildrenAlone) {
  MakeV1();
  std::filesystem::create_directories(root_ / "memory/isulad/x");
  std::filesystem::create_directories(root_ / "cpu/isulad");
  Open()->RemoveIfEmpty("/isulad");
  EXPECT_TRUE(std::filesystem::exists(root_ / "memory/isulad/x"));
  EXPECT_FALSE(std::filesystem::exists(root_ / "cpu,cpuacct/isulad"));
}

TEST_F(CgroupTest, KillUsesTheKernelsKillFile) {
  MakeV2();
  File("x/cgroup.kill");
  File("x/cgroup.procs");
  EXPECT_OK(Open()->Kill("/x"));
  std::string written;
  std::ifstream(root_ / "x/cgroup.kill") >> written;
  EXPECT_EQ(written, "1");
}

TEST_F(FreezerTest, FreezesAndThawsOnVersion1) {
  MakeV1();
  File("freezer/cgroup.procs");
  File("freezer/x/freezer.state", "THAWED\n");
  const auto hierarchy = Open();
  EXPECT_EQ(*hierarchy->Freezer("/x"), FreezerState::kThawed);
  EXPECT_OK(hierarchy->Freeze("/x", kLong));
  EXPECT_THAT(Text("freezer/x/freezer.state"), StartsWith("FROZEN"));
  EXPECT_EQ(*hierarchy->Freezer("/x"), FreezerState::kFrozen);
  EXPECT_OK(hierarchy->Thaw("/x"));
  EXPECT_EQ(*hierarchy->Freezer("/x"), FreezerState::kThawed);
}

TEST_F(FreezerTest, FreezesAndThawsOnVersion2) {
  MakeV2();
  File("x/cgroup.freeze", "0\n");
  File("x/cgroup.events", "populated 1\nfrozen 1\n");
  const auto hierarchy = Open();
  EXPECT_OK(hierarchy->Freeze("/x", kLong));
  EXPECT_EQ(Text("x/cgroup.freeze"), "1\n");
  EXPECT_EQ(*hierarchy->Freezer("/x"), FreezerState::kFrozen);
  EXPECT_OK(hierarchy->Thaw("/x"));
  EXPECT_EQ(Text("x/cgroup.freeze"), "0\n");
}

TEST_F(FreezerTest, TakesBackAFreezeThatDoesNotComeToItsEnd) {
  MakeV2();
  File("x/cgroup.freeze", "0\n");
  File("x/cgroup.events", "populated 1\nfrozen 0\n");
  EXPECT_THAT(Open()->Freeze("/x", std::chrono::milliseconds(10)),
              test::IsErrorWith(Code::kDeadlineExceeded, "10 ms"));
  EXPECT_EQ(Text("x/cgroup.freeze"), "0\n");
  std::filesystem::remove(root_ / "cgroup.controllers");
  File("freezer/cgroup.procs");
  // What is written is lost, and nothing that can be read is "FROZEN".
  std::filesystem::create_directories(root_ / "freezer/x");
  std::filesystem::create_symlink("/dev/null", root_ / "freezer/x/freezer.state");
  EXPECT_THAT(Open()->Freeze("/x", std::chrono::milliseconds(10)),
              test::IsErrorWith(Code::kDeadlineExceeded, "10 ms"));
}

TEST_F(FreezerTest, SeesAFreezeThatIsUnderWay) {
  MakeV2();
  File("x/cgroup.freeze", "1\n");
  File("x/cgroup.events", "populated 1\nfrozen 0\n");
  EXPECT_EQ(*Open()->Freezer("/x"), FreezerState::kFreezing);
  File("x/cgroup.freeze", "0\n");
  EXPECT_EQ(*Open()->Freezer("/x"), FreezerState::kThawed);
  std::filesystem::remove(root_ / "cgroup.controllers");
  File("freezer/cgroup.procs");
  File("freezer/x/freezer.state", "FREEZING\n");
  EXPECT_EQ(*Open()->Freezer("/x"), FreezerState::kFreezing);
}

TEST_F(FreezerTest, ThawingWhatIsGoneSucceedsAndFreezingItDoesNot) {
  MakeV2();
  EXPECT_OK(Open()->Thaw("/gone"));
  EXPECT_THAT(Open()->Freeze("/gone", kLong), test::IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(Open()->Freezer("/gone"), test::IsErrorWith(Code::kNotFound, ""));
  std::filesystem::remove(root_ / "cgroup.controllers");
  File("freezer/cgroup.procs");
  EXPECT_OK(Open()->Thaw("/gone"));
  EXPECT_THAT(Open()->Freeze("/gone", kLong), test::IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(Open()->Freezer("/gone"), test::IsErrorWith(Code::kNotFound, ""));
}

TEST_F(FreezerTest, RefusesWhereTheKernelHasNone) {
  MakeV1();
  EXPECT_THAT(Open()->Freeze("/x", kLong), test::IsErrorWith(Code::kFailedPrecondition, "freezer"));
  std::filesystem::remove_all(root_ / "memory");
  MakeV2();
  File("x/cgroup.events", "populated 1\n");
  EXPECT_THAT(Open()->Freeze("/x", kLong), test::IsErrorWith(Code::kFailedPrecondition, "freezer"));
}

TEST_F(FreezerTest, LeavesTheRootCgroupAlone) {
  MakeV2();
  EXPECT_THAT(Open()->Freeze("/", kLong), test::IsErrorWith(Code::kInvalidArgument, ""));
  EXPECT_THAT(Open()->Thaw("/"), test::IsErrorWith(Code::kInvalidArgument, ""));
}

TEST_F(CgroupTest, TreeDoesNotFollowLinks) {
  std::filesystem::create_directories(root_ / "x/a");
  std::filesystem::create_directory_symlink(root_, root_ / "x/loop");
  EXPECT_THAT(TreeOf(root_ / "x"), ElementsAre((root_ / "x/a").string(), (root_ / "x").string()));
}

TEST_F(CgroupTest, NumberThatIsNoneIsAnError) {
  File("bad", "many\n");
  EXPECT_THAT(ReadNumber(root_ / "bad"), test::IsErrorWith(Code::kInternal, "\"many\""));
  File("events", "populated\noom 1\n");
  EXPECT_THAT(ReadKey(root_ / "events", "populated"), test::IsErrorWith(Code::kNotFound, ""));
}

class MemoryLimitTest : public FreezerTest {};

TEST_F(MemoryLimitTest, Version1SetsBothLimits) {
  MakeV1();
  File("memory/c/memory.limit_in_bytes", "4096000\n");
  File("memory/c/memory.memsw.limit_in_bytes", "5096000\n");
  const auto hierarchy = Open();
  ASSERT_OK(hierarchy->SetMemoryLimit("/c", 8192000, uint64_t{9192000}));
  EXPECT_EQ(Text("memory/c/memory.limit_in_bytes"), "8192000\n");
  EXPECT_EQ(Text("memory/c/memory.memsw.limit_in_bytes"), "9192000\n");
  ASSERT_OK(hierarchy->SetMemoryLimit("/c", 4096000, std::nullopt));
  EXPECT_EQ(Text("memory/c/memory.limit_in_bytes"), "4096000\n");
  EXPECT_EQ(Text("memory/c/memory.memsw.limit_in_bytes"), "9192000\n");
}

TEST_F(MemoryLimitTest, Version2LeavesForSwapWhatIsLeft) {
  MakeV2();
  File("c/memory.max", "4096000\n");
  File("c/memory.current", "4096000\n");
  File("c/memory.swap.max", "9\n");
  const auto hierarchy = Open();
  ASSERT_OK(hierarchy->SetMemoryLimit("/c", 8192000, uint64_t{8192007}));
  EXPECT_EQ(Text("c/memory.max"), "8192000\n");
  EXPECT_EQ(Text("c/memory.swap.max"), "7\n");
  ASSERT_OK(hierarchy->SetMemoryLimit("/c", 4096000, std::nullopt));
  EXPECT_EQ(Text("c/memory.max"), "4096000\n");
}

// To write memory.max then would kill.
TEST_F(MemoryLimitTest, Version2DoesNotLowerItBelowWhatIsInUse) {
  MakeV2();
  File("c/memory.max", "8192000\n");
  File("c/memory.current", "8192000\n");
  File("c/memory.high", "9999999\n");
  EXPECT_THAT(Open()->SetMemoryLimit("/c", 4096000, std::nullopt),
              test::IsErrorWith(Code::kResourceExhausted, "8192000 bytes) are in use"));
  EXPECT_EQ(Text("c/memory.max"), "8192000\n");
  EXPECT_EQ(Text("c/memory.high"), "9999999\n") << "it is set back";
}

TEST_F(MemoryLimitTest, Version1TakesEachOrderThatIsAllowed) {
  MakeV1();
  File("memory/c/memory.limit_in_bytes", "4096000\n");
  File("memory/c/memory.memsw.limit_in_bytes", "9223372036854771712\n");
  const auto hierarchy = Open();
  // From no limit of swap to one; the memory's stays.
  ASSERT_OK(hierarchy->SetMemoryLimit("/c", 4096000, uint64_t{5096000}));
  EXPECT_EQ(Text("memory/c/memory.memsw.limit_in_bytes").substr(0, 7), "5096000");
  ASSERT_OK(hierarchy->SetMemoryLimit("/c", UINT64_MAX, UINT64_MAX));
  EXPECT_EQ(Text("memory/c/memory.limit_in_bytes").substr(0, 2), "-1");
  EXPECT_EQ(Text("memory/c/memory.memsw.limit_in_bytes").substr(0, 2), "-1");
}

TEST_F(MemoryLimitTest, Version2WritesNoLimitAsMax) {
  MakeV2();
  File("c/memory.max", "4096000\n");
  File("c/memory.current", "1\n");
  File("c/memory.swap.max", "9\n");
  ASSERT_OK(Open()->SetMemoryLimit("/c", 4096000, UINT64_MAX));
  EXPECT_EQ(Text("c/memory.max"), "4096000\n");
  EXPECT_EQ(Text("c/memory.swap.max"), "max");
}

TEST_F(MemoryLimitTest, SetsTheReservation) {
  MakeV1();
  File("memory/c/memory.soft_limit_in_bytes", "");
  ASSERT_OK(Open()->SetMemoryReservation("/c", 4096000));
  EXPECT_EQ(Text("memory/c/memory.soft_limit_in_bytes"), "4096000");
  std::filesystem::remove_all(root_ / "memory");
  MakeV2();
  File("c/memory.low", "");
  ASSERT_OK(Open()->SetMemoryReservation("/c", 4096000));
  EXPECT_EQ(Text("c/memory.low"), "4096000");
}

class CpuLimitsTest : public FreezerTest {};

TEST_F(CpuLimitsTest, WritesTheFilesOfVersion1) {
  MakeV1();
  File("cpuset/cgroup.procs");
  for (const char* name : {"cpu/c/cpu.shares", "cpu/c/cpu.cfs_quota_us", "cpu/c/cpu.cfs_period_us",
                           "cpuset/c/cpuset.cpus", "cpuset/c/cpuset.mems"}) {
    File(name, "");
  }
  const auto hierarchy = Open();
  ASSERT_OK(hierarchy->SetCpuLimits("/c", {512, 25'000, 50'000, "0-1", "0"}));
  EXPECT_EQ(Text("cpu/c/cpu.shares"), "512");
  EXPECT_EQ(Text("cpu/c/cpu.cfs_quota_us"), "25000");
  EXPECT_EQ(Text("cpu/c/cpu.cfs_period_us"), "50000");
  EXPECT_EQ(Text("cpuset/c/cpuset.cpus"), "0-1");
  EXPECT_EQ(Text("cpuset/c/cpuset.mems"), "0");
  File("cpu/c/cpu.shares", "");
  File("cpu/c/cpu.cfs_quota_us", "");
  ASSERT_OK(hierarchy->SetCpuLimits("/c", {0, -1, 0, "", ""}));
  EXPECT_EQ(Text("cpu/c/cpu.shares"), "") << "it was not named";
  EXPECT_EQ(Text("cpu/c/cpu.cfs_quota_us"), "-1");
}

TEST_F(CpuLimitsTest, WritesTheFilesOfVersion2) {
  MakeV2();
  for (const char* name : {"c/cpu.weight", "c/cpu.max", "c/cpuset.cpus", "c/cpuset.mems"}) {
    File(name, "");
  }
  const auto hierarchy = Open();
  ASSERT_OK(hierarchy->SetCpuLimits("/c", {1024, 25'000, 50'000, "0-1", "0"}));
  EXPECT_EQ(Text("c/cpu.weight"), "39");
  EXPECT_EQ(Text("c/cpu.max"), "25000 50000");
  EXPECT_EQ(Text("c/cpuset.cpus"), "0-1");
  EXPECT_EQ(Text("c/cpuset.mems"), "0");
  File("c/cpu.max", "");
  ASSERT_OK(hierarchy->SetCpuLimits("/c", {0, -1, 0, "", ""}));
  EXPECT_EQ(Text("c/cpu.max"), "max 100000");
  EXPECT_THAT(hierarchy->SetCpuLimits("/gone", {2, 0, 0, "", ""}),
              test::IsErrorWith(Code::kNotFound, ""));
}

TEST_F(MemoryLimitTest, SaysThatTheCgroupIsGone) {
  MakeV2();
  EXPECT_THAT(Open()->SetMemoryLimit("/c", 4096000, std::nullopt),
              test::IsErrorWith(Code::kNotFound, "c"));
}

}  // namespace
}  // namespace isulad::cgroup
