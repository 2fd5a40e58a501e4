// Views of a rootfs with real mounts: ids mapped, trees that are prepared, file systems that
// cannot, and what a death at any moment leaves.
#include "daemon/modules/rootfs/view.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "integration/host_channel/kill_at_call.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"
#include "utils/os/mountinfo.h"

namespace isulad::rootfs {
namespace {

using host_channel::test::Ended;
using host_channel::test::RunAndKillAtCall;
using test::IsErrorWith;
using test::RunInMountNamespace;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

constexpr UserRemap kViewRemap{100000, 200000, 65536};

struct stat StatOf(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status;
}

bool NothingRuns(const std::string&) { return false; }

// A rootfs and a place for views, where everybody may search.
class ViewPlace {
 public:
  ViewPlace() {
    fs::permissions(directory_.path(), fs::perms(0755));
    fs::create_directories(Tree("bin"));
    std::ofstream(Tree("bin/sh")) << "x";
  }

  ~ViewPlace() {
    for (const char* name : {"bin", ""}) {
      ::umount2(Tree(name).c_str(), MNT_DETACH);  // so that the directory can go
    }
  }
  ViewPlace(const ViewPlace&) = delete;
  ViewPlace& operator=(const ViewPlace&) = delete;

  // A file system that cannot map ids, in place of the tree.
  void UseRamfs(const std::string& name = "") {
    ASSERT_EQ(::mount("ramfs", Tree(name).c_str(), "ramfs", 0, "mode=0755"), 0);
  }

  std::string Tree(const std::string& name) const { return directory_.Sub("tree") + "/" + name; }
  std::string Views() const { return directory_.Sub("views"); }
  os::UniqueFd Open() const { return *os::Open(Tree(""), O_PATH | O_DIRECTORY); }
  Result<os::UniqueFd> Clone() const { return CloneRemapped(Open().get(), Tree(""), kViewRemap); }
  Result<std::unique_ptr<ScopedView>> MakeView() const {
    const os::UniqueFd rootfs = Open();
    return ScopedView::Create(Views(), "id", {rootfs.get(), Tree(""), kViewRemap, ""});
  }
  std::vector<std::string> ListViews() const { return *os::ListDirectory(Views()); }
  size_t Mounts() const {
    const std::vector<os::MountEntry> mounts = *os::ReadMountinfo();
    return static_cast<size_t>(std::count_if(
        mounts.begin(), mounts.end(),
        [this](const os::MountEntry& mount) { return mount.target.find(directory_.path()) == 0; }));
  }

 private:
  test::TempDir directory_;
};

TEST(RootfsView, ShowsTheHostsRootAsTheContainersAndLeavesTheDiskAlone) {
  RunInMountNamespace([] {
    ViewPlace place;
    {
      ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView());
      EXPECT_EQ(view->path(), place.Views() + "/id/root");
      EXPECT_EQ(StatOf(view->path() + "/bin/sh").st_uid, kViewRemap.uid);
      EXPECT_EQ(StatOf(view->path() + "/bin/sh").st_gid, kViewRemap.gid);
      EXPECT_EQ(StatOf(place.Tree("bin/sh")).st_uid, 0u);
      // What the container's root makes belongs to the host's on disk.
      std::ofstream(view->path() + "/new") << "x";
      EXPECT_FALSE(fs::exists(place.Tree("new"))) << "the host's root has no id in there";
      ASSERT_EQ(::setegid(kViewRemap.gid), 0);
      ASSERT_EQ(::seteuid(kViewRemap.uid), 0);
      std::ofstream(view->path() + "/new") << "x";
      ASSERT_EQ(::seteuid(0), 0);
      ASSERT_EQ(::setegid(0), 0);
      EXPECT_EQ(StatOf(place.Tree("new")).st_uid, 0u);
      EXPECT_EQ(StatOf(place.Tree("new")).st_gid, 0u);
    }
    EXPECT_EQ(place.Mounts(), 0u);
    EXPECT_THAT(place.ListViews(), IsEmpty());
    EXPECT_EQ(StatOf(place.Tree("bin/sh")).st_uid, 0u);
  });
}

TEST(RootfsView, IsOpenToTheContainersRootOnly) {
  RunInMountNamespace([] {
    ViewPlace place;
    ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView());
    const std::string file = view->path() + "/bin/sh";
    ASSERT_EQ(::setgroups(0, nullptr), 0);
    ASSERT_EQ(::setegid(65534), 0);
    ASSERT_EQ(::seteuid(65534), 0);
    EXPECT_EQ(::faccessat(AT_FDCWD, file.c_str(), F_OK, AT_EACCESS), -1);
    EXPECT_EQ(errno, EACCES);
    ASSERT_EQ(::seteuid(0), 0);
    ASSERT_EQ(::setegid(kViewRemap.gid), 0);
    ASSERT_EQ(::seteuid(kViewRemap.uid), 0);
    EXPECT_EQ(::faccessat(AT_FDCWD, file.c_str(), F_OK, AT_EACCESS), 0);
    EXPECT_EQ(::mkdir((view->path() + "/../x").c_str(), 0755), -1) << "nothing beside the mount";
    ASSERT_EQ(::seteuid(0), 0);
    ASSERT_EQ(::setegid(0), 0);
  });
}

TEST(RootfsView, ShowsWhatIsMountedInTheTreeAsWell) {
  RunInMountNamespace([] {
    ViewPlace place;
    ASSERT_EQ(::mount("tmpfs", place.Tree("bin").c_str(), "tmpfs", 0, ""), 0);
    std::ofstream(place.Tree("bin/inner")) << "x";
    ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView());
    EXPECT_EQ(StatOf(view->path() + "/bin/inner").st_uid, kViewRemap.uid);
  });
}

TEST(RootfsView, LeavesATreeAloneThatBelongsToTheMappedRoot) {
  RunInMountNamespace([] {
    ViewPlace place;
    place.UseRamfs();
    std::ofstream(place.Tree("mine")) << "x";
    ASSERT_EQ(::chown(place.Tree("mine").c_str(), kViewRemap.uid + 7, kViewRemap.gid), 0);
    ASSERT_EQ(::chown(place.Tree("").c_str(), kViewRemap.uid, kViewRemap.gid), 0);
    ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView());
    EXPECT_EQ(StatOf(view->path()).st_uid, kViewRemap.uid);
    EXPECT_EQ(StatOf(view->path() + "/mine").st_uid, kViewRemap.uid + 7);
  });
}

TEST(RootfsView, RefusesWhatCannotMapIdsAndSaysWhatToPrepare) {
  RunInMountNamespace([] {
    ViewPlace place;
    place.UseRamfs();
    EXPECT_THAT(place.Clone(),
                IsErrorWith(Code::kFailedPrecondition, "must belong to 100000:200000"));
    EXPECT_THAT(place.Clone(), IsErrorWith(Code::kFailedPrecondition, "belongs to 0:0"));
    EXPECT_THAT(place.MakeView(), IsErrorWith(Code::kFailedPrecondition, "cannot map ids"));
    EXPECT_THAT(place.ListViews(), IsEmpty());
  });
}

TEST(RootfsView, RefusesATreeOfWhichAPartCannotMapIds) {
  RunInMountNamespace([] {
    ViewPlace place;
    place.UseRamfs("bin");
    EXPECT_THAT(place.Clone(), IsErrorWith(Code::kFailedPrecondition, "one mounted in it"));
  });
}

TEST(RootfsView, NeedsDirectoriesThatTheContainersRootMaySearch) {
  RunInMountNamespace([] {
    ViewPlace place;
    const std::string above = fs::path(place.Views()).parent_path();
    fs::permissions(above, fs::perms(0700));
    EXPECT_THAT(place.MakeView(),
                IsErrorWith(Code::kFailedPrecondition,
                            "uid 100000 must be able to search \"" + above + "\""));
    EXPECT_OK(CheckSearchable("/", kViewRemap));
    ASSERT_EQ(::chown(above.c_str(), 0, kViewRemap.gid), 0);
    fs::permissions(above, fs::perms(0701));
    EXPECT_FALSE(place.MakeView()) << "the group's bit counts for its members";
    fs::permissions(above, fs::perms(0710));
    EXPECT_OK(place.MakeView());
  });
}

TEST(RootfsView, TakesAwayWhatADeathAtAnyCallLeaves) {
  RunInMountNamespace([] {
    ViewPlace place;
    ASSERT_OK(place.MakeView());  // makes the directory of views
    for (int number = 0;; ++number) {
      SCOPED_TRACE("killed at call " + std::to_string(number));
      const Ended ended = RunAndKillAtCall(number, [&] { IgnoreError(place.MakeView()); });
      if (ended == Ended::kNotTraced) {
        GTEST_SKIP() << "processes cannot be traced here";
      }
      const bool left = !place.ListViews().empty();
      const bool mounted = place.Mounts() != 0;
      EXPECT_TRUE(left || !mounted);
      EXPECT_EQ(RecoverViews(place.Views(), NothingRuns).size(), mounted ? 1u : 0u);
      ASSERT_EQ(place.Mounts(), 0u);
      ASSERT_THAT(place.ListViews(), IsEmpty());
      if (ended == Ended::kByItself) {
        ASSERT_GE(number, 10) << "a test that kills nothing proves nothing";
        return;
      }
    }
  });
}

TEST(RootfsView, ReplacesWhatAnEarlierStartLeft) {
  RunInMountNamespace([] {
    ViewPlace place;
    ASSERT_OK_AND_ASSIGN(auto first, place.MakeView());
    ASSERT_OK_AND_ASSIGN(auto second, place.MakeView());
    EXPECT_EQ(place.Mounts(), 1u);
    EXPECT_THAT(place.ListViews(), ElementsAre("id"));
  });
}

TEST(RootfsView, RecoversNothingWhereThereHasBeenNone) {
  ViewPlace place;
  EXPECT_THAT(RecoverViews(place.Views(), NothingRuns), IsEmpty());
}

TEST(RootfsView, LeavesAnEmptyDirectoryWhileTheContainerRuns) {
  RunInMountNamespace([] {
    ViewPlace place;
    std::string path;
    {
      ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView());
      path = view->path();
      ASSERT_OK(view->Finish());
    }
    EXPECT_EQ(place.Mounts(), 0u);
    EXPECT_THAT(*os::ListDirectory(path), IsEmpty());
    EXPECT_THAT(RecoverViews(place.Views(), [](const std::string&) { return true; }), IsEmpty());
    EXPECT_TRUE(fs::is_directory(path)) << "it runs on";
    ASSERT_OK(RemoveView(place.Views(), "id"));
    EXPECT_THAT(place.ListViews(), IsEmpty());
    ASSERT_OK(RemoveView(place.Views(), "id"));
  });
}

TEST(RootfsView, RecoveryTakesTheMountOfOneThatRunsAndLeavesItsDirectory) {
  RunInMountNamespace([] {
    ViewPlace place;
    ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView());
    EXPECT_THAT(RecoverViews(place.Views(), [](const std::string& id) { return id == "id"; }),
                ElementsAre(HasSubstr("left by an interrupted start")));
    EXPECT_EQ(place.Mounts(), 0u);
    EXPECT_TRUE(fs::is_directory(view->path()));
  });
}

}  // namespace
}  // namespace isulad::rootfs
