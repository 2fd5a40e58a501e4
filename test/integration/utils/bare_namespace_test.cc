#include "utils/os/bare_namespace.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <string>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::os {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

void MountTmpfs(const std::string& path) {
  ASSERT_OK(MakeDirectories(path, 0755));
  ASSERT_EQ(::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=64k"), 0);
}

void Touch(const std::string& path) { ASSERT_OK(WriteFileAtomic(path, "", 0644, Sync::kNone)); }

std::string OutputIn(const SpawnNamespace& space, const std::string& script, bool hide = false) {
  SpawnOptions options;
  options.program = "/bin/sh";
  options.argv = {"sh", "-c", script};
  options.mount_namespace = space;
  options.hide_unified_cgroup = hide;
  const Result<Output> output = RunAndCapture(options);
  EXPECT_OK(output);
  return output ? std::string(Trim(output->text)) : "";
}

// In a mount namespace of the test's own: many mounts, a tree with a mount in it, and the bare one.
class BareNamespaceTest : public ::testing::Test {
 protected:
  static constexpr int kMany = 30;

  void Run(const std::function<void(const BareNamespace&)>& body) {
    test::RunInMountNamespace([&] {
      for (int i = 0; i < kMany; ++i) {
        MountTmpfs(directory_.Sub("many/" + std::to_string(i)));
      }
      ASSERT_OK(MakeDirectories(directory_.Sub("scratch"), 0755));
      MountTmpfs(directory_.Sub("kept"));
      Touch(directory_.Sub("kept/file"));
      ASSERT_OK_AND_ASSIGN(
          const BareNamespace bare,
          CreateBareNamespace({{"/dev", "/proc", directory_.Sub("kept"), "/nowhere"},
                               {"/nowhere/either"},
                               directory_.Sub("scratch")}));
      body(bare);
    });
  }

  static int Lines(const std::string& number) { return std::stoi(number); }

  test::TempDir directory_;
};

TEST_F(BareNamespaceTest, HasWhatWasAskedForAndLittleElse) {
  Run([&](const BareNamespace& bare) {
    EXPECT_THAT(bare.mount_points, Contains("/proc"));
    EXPECT_THAT(bare.mount_points, Contains(directory_.Sub("kept")));
    const SpawnNamespace space{bare.fd.get(), {}, {}};
    EXPECT_EQ(OutputIn(space, "ls " + directory_.Sub("kept")), "file");
    const std::string count = "grep -c . /proc/self/mountinfo";
    EXPECT_GT(Lines(OutputIn({}, count)), kMany);
    EXPECT_LT(Lines(OutputIn(space, count)), kMany / 2);
  });
}

TEST_F(BareNamespaceTest, AChildHasItsPathsAsTheCallerHasThemNow) {
  Run([&](const BareNamespace& bare) {
    MountTmpfs(directory_.Sub("later"));  // no directory of the bare namespace
    MountTmpfs(directory_.Sub("later/tree"));
    MountTmpfs(directory_.Sub("later/tree/in"));
    Touch(directory_.Sub("later/tree/in/file"));
    const std::string path = directory_.Sub("later/tree");
    ASSERT_OK_AND_ASSIGN(const std::vector<std::string> points, MountPointsTo(path));
    EXPECT_THAT(points, ::testing::IsSupersetOf({directory_.Sub("later"), path}));
    const SpawnNamespace space{bare.fd.get(), {directory_.Sub("later")}, {path}};
    EXPECT_EQ(OutputIn(space, "ls " + path + "/in"), "file");
    EXPECT_LT(Lines(OutputIn(space, "grep -c . /proc/self/mountinfo")), kMany / 2);
    // The bare namespace itself has not changed.
    EXPECT_EQ(OutputIn({bare.fd.get(), {}, {}}, "ls " + path + " 2>&1 | grep -c 'No such'"), "1");
  });
}

TEST_F(BareNamespaceTest, AChildWhosePathsCannotBeHadRunsInTheCallers) {
  Run([&](const BareNamespace& bare) {
    MountTmpfs(directory_.Sub("later"));
    MountTmpfs(directory_.Sub("later/tree"));
    Touch(directory_.Sub("later/tree/file"));
    const std::string path = directory_.Sub("later/tree");
    for (const SpawnNamespace& space : {SpawnNamespace{bare.fd.get(), {}, {path}},
                                        SpawnNamespace{bare.fd.get(), {}, {"/gone"}}}) {
      EXPECT_EQ(OutputIn(space, "ls " + path), "file");
      EXPECT_GT(Lines(OutputIn(space, "grep -c . /proc/self/mountinfo")), kMany);
    }
  });
}

TEST_F(BareNamespaceTest, WhatAChildMountsIsItsOwn) {
  Run([&](const BareNamespace& bare) {
    const SpawnNamespace space{bare.fd.get(), {}, {directory_.Sub("kept")}};
    const std::string path = directory_.Sub("kept");
    EXPECT_EQ(OutputIn(space, "mount -t tmpfs x " + path + " && ls " + path), "");
    EXPECT_EQ(OutputIn(space, "ls " + path), "file");
    EXPECT_EQ(OutputIn({}, "ls " + path), "file");
  });
}

TEST_F(BareNamespaceTest, HidesTheUnifiedHierarchyInThatOfTheChildToo) {
  if (!PathExists("/sys/fs/cgroup/unified")) {
    GTEST_SKIP() << "no hybrid cgroups here";
  }
  test::RunInMountNamespace([&] {
    ASSERT_OK(MakeDirectories(directory_.Sub("scratch"), 0755));
    ASSERT_OK_AND_ASSIGN(
        const BareNamespace bare,
        CreateBareNamespace(
            {{"/dev", "/proc", "/sys"}, {"/sys/fs/cgroup"}, directory_.Sub("scratch")}));
    const SpawnNamespace space{bare.fd.get(), {}, {}};
    const std::string count = "grep -c ' /sys/fs/cgroup/unified ' /proc/self/mountinfo";
    EXPECT_EQ(OutputIn(space, count), "1");
    EXPECT_EQ(OutputIn(space, count, /*hide=*/true), "0");
    EXPECT_EQ(OutputIn(space, count), "1");
  });
}

TEST(MountPointsTo, FollowsLinksAndNamesThoseAboveFirst) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    MountTmpfs(directory.Sub("a"));
    MountTmpfs(directory.Sub("a/b"));
    ASSERT_OK(MakeDirectories(directory.Sub("a/b/c"), 0755));
    ASSERT_EQ(::symlink("a/b/c", directory.Sub("link").c_str()), 0);
    ASSERT_OK_AND_ASSIGN(std::vector<std::string> points, MountPointsTo(directory.Sub("link")));
    ASSERT_GE(points.size(), 2u);
    points.erase(points.begin(), points.end() - 2);
    EXPECT_THAT(points, ElementsAre(directory.Sub("a"), directory.Sub("a/b")));
    EXPECT_THAT(MountPointsTo(directory.Sub("gone")), test::IsErrorWith(Code::kNotFound, "gone"));
  });
}

}  // namespace
}  // namespace isulad::os
