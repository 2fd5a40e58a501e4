#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "daemon/modules/cgroup/cgroup.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::cgroup {
namespace {

class ExecCgroupTest : public ::testing::Test {
 protected:
  // A hierarchy with one cgroup, "/c".
  std::unique_ptr<Hierarchy> Open(const std::string& controllers_file) {
    const std::filesystem::path file = root_ / controllers_file;
    std::filesystem::create_directories(file.parent_path() / "c");
    std::ofstream(file) << "memory pids\n";
    auto hierarchy = OpenHierarchy(root_);
    EXPECT_TRUE(hierarchy) << hierarchy.error().message();
    return hierarchy ? *std::move(hierarchy) : nullptr;
  }

  test::TempDir directory_;
  const std::filesystem::path root_ = directory_.path();
};

TEST_F(ExecCgroupTest, IsAChildOnVersion2AndMadeOnce) {
  const auto hierarchy = Open("cgroup.controllers");
  for (int time = 0; time < 2; ++time) {
    const auto made = hierarchy->MakeExecCgroup("/c");
    ASSERT_OK(made);
    EXPECT_EQ(*made, "/isula.exec");
  }
  EXPECT_TRUE(std::filesystem::is_directory(root_ / "c/isula.exec"));
}

TEST_F(ExecCgroupTest, LeavesNothingWhereTheContainersIsGone) {
  const auto hierarchy = Open("cgroup.controllers");
  EXPECT_THAT(hierarchy->MakeExecCgroup("/gone"), test::IsErrorWith(Code::kNotFound, "gone"));
  EXPECT_FALSE(std::filesystem::exists(root_ / "gone"));
}

TEST_F(ExecCgroupTest, IsThatOfTheInitOnVersion1) {
  const auto hierarchy = Open("memory/cgroup.procs");
  const auto made = hierarchy->MakeExecCgroup("/c");
  ASSERT_OK(made);
  EXPECT_EQ(*made, "");
  EXPECT_TRUE(std::filesystem::is_empty(root_ / "memory/c"));
}

TEST_F(ExecCgroupTest, AProcessIsMovedIntoAChildThatIsMadeWhereMissing) {
  for (const std::string controller : {"", "freezer/"}) {
    const auto hierarchy =
        Open(controller + (controller.empty() ? "cgroup.controllers" : "cgroup.procs"));
    const std::filesystem::path child = root_ / (controller + "c/child");
    // The kernel would make the file with the directory.
    EXPECT_THAT(hierarchy->MoveProcess(42, "/c", "/child"), test::IsErrorWith(Code::kNotFound, ""));
    ASSERT_TRUE(std::filesystem::is_directory(child));
    std::ofstream(child / "cgroup.procs") << "";
    ASSERT_OK(hierarchy->MoveProcess(42, "/c", "/child"));
    std::string text;
    std::ifstream(child / "cgroup.procs") >> text;
    EXPECT_EQ(text, "42");
    EXPECT_THAT(hierarchy->MoveProcess(42, "/gone", "/child"),
                test::IsErrorWith(Code::kNotFound, "gone"));
    EXPECT_FALSE(hierarchy->MoveProcess(42, "/c", "/../d"));
    std::filesystem::remove_all(root_ / "c");
    std::filesystem::remove(root_ / "cgroup.controllers");
  }
}

}  // namespace
}  // namespace isulad::cgroup
