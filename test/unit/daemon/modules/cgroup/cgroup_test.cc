// The cgroup module on trees of plain files, laid out as the kernel does.
#include "daemon/modules/cgroup/cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "daemon/modules/cgroup/linux_cgroupfs.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::cgroup {
namespace {

using ::testing::ElementsAre;
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

TEST_F(CgroupTest, ReportsMissingCgroupAsNotFound) {
  MakeV2();
  EXPECT_THAT(Open()->Memory("/isulad/gone"), test::IsErrorWith(Code::kNotFound, ""));
  MakeV1();
  std::filesystem::remove(root_ / "cgroup.controllers");
  EXPECT_THAT(Open()->Memory("/isulad/gone"), test::IsErrorWith(Code::kNotFound, ""));
}

TEST_F(CgroupTest, RefusesToActOnTheRootCgroup) {
  MakeV1();
  const auto hierarchy = Open();
  for (const char* path : {"", "/", "relative", "/a/../..", "/a//b", "/a/"}) {
    EXPECT_THAT(hierarchy->Kill(path), test::IsErrorWith(Code::kInvalidArgument, "")) << path;
    EXPECT_THAT(hierarchy->Remove(path, 0), test::IsErrorWith(Code::kInvalidArgument, "")) << path;
    EXPECT_THAT(hierarchy->Memory(path), test::IsErrorWith(Code::kInvalidArgument, "")) << path;
  }
}

TEST_F(CgroupTest, RemovesFromAllHierarchiesDepthFirst) {
  MakeV1();
  std::filesystem::create_directories(root_ / "memory/isulad/x/a/b");
  std::filesystem::create_directories(root_ / "cpu/isulad/x");
  std::filesystem::create_directories(root_ / "systemd/isulad/x/init.scope");
  EXPECT_OK(Open()->Remove("/isulad/x", 0));
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
  EXPECT_FALSE(Open()->Remove("/x", 0));
  EXPECT_FALSE(std::filesystem::exists(root_ / "memory/x"));
  EXPECT_FALSE(std::filesystem::exists(root_ / "systemd/x"));
}

TEST_F(CgroupTest, RemovingAndKillingWhatIsGoneSucceeds) {
  MakeV1();
  EXPECT_OK(Open()->Remove("/isulad/gone", 0));
  EXPECT_OK(Open()->Kill("/isulad/gone"));
  std::filesystem::remove_all(root_ / "memory");
  MakeV2();
  EXPECT_OK(Open()->Remove("/isulad/gone", 0));
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

}  // namespace
}  // namespace isulad::cgroup
