// Views with a layer of their own over a tree that stays as it is, with real mounts.
#include "daemon/modules/rootfs/overlay.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/modules/rootfs/view.h"
#include "integration/host_channel/kill_at_call.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"
#include "utils/os/file_owner.h"
#include "utils/os/mountinfo.h"

namespace isulad::rootfs {
namespace {

using host_channel::test::Ended;
using host_channel::test::RunAndKillAtCall;
using test::IsErrorWith;
using test::RunInMountNamespace;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

constexpr UserRemap kRemap{100000, 200000, 65536};

std::string Read(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void Write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

// A tree, and places for views and for the layers of containers.
class Place {
 public:
  Place() {
    fs::permissions(directory_.path(), fs::perms(0755));
    fs::create_directories(Tree("etc"));
    Write(Tree("etc/passwd"), "root");
    fs::permissions(Tree(""), fs::perms(0711));
  }

  std::string Tree(const std::string& name) const { return directory_.Sub("tree/" + name); }
  std::string Views() const { return directory_.Sub("views"); }
  std::string Layers(const std::string& id) const { return directory_.Sub("layers/" + id); }
  Result<std::unique_ptr<ScopedView>> MakeView(
      const std::string& id, const std::optional<UserRemap>& remap = std::nullopt) const {
    ASSIGN_OR_RETURN(const os::UniqueFd rootfs, os::Open(Tree(""), O_PATH | O_DIRECTORY));
    return ScopedView::Create(Views(), id, {rootfs.get(), Tree(""), remap, Layers(id)});
  }
  size_t Mounts() const {
    const std::vector<os::MountEntry> mounts = *os::ReadMountinfo();
    return static_cast<size_t>(std::count_if(
        mounts.begin(), mounts.end(),
        [this](const os::MountEntry& mount) { return mount.target.find(directory_.path()) == 0; }));
  }
  // What is in the tree, with what is written there.
  std::string Dump() const {
    std::string text;
    for (const auto& entry : fs::recursive_directory_iterator(Tree(""))) {
      text += entry.path().string() + (entry.is_regular_file() ? Read(entry.path()) : "") + "\n";
    }
    return text;
  }

 private:
  test::TempDir directory_;
};

TEST(OverlayView, KeepsWhatChangesApart) {
  RunInMountNamespace([] {
    const Place place;
    const std::string before = place.Dump();
    ASSERT_OK_AND_ASSIGN(const auto web, place.MakeView("web"));
    ASSERT_OK_AND_ASSIGN(const auto db, place.MakeView("db"));
    Write(web->path() + "/etc/passwd", "changed");
    Write(web->path() + "/new", "x");
    fs::remove_all(db->path() + "/etc");
    EXPECT_EQ(Read(web->path() + "/etc/passwd"), "changed");
    EXPECT_FALSE(fs::exists(db->path() + "/new"));
    EXPECT_EQ(place.Dump(), before);
  });
}

TEST(OverlayView, ChangesAreThereAtTheNextStart) {
  RunInMountNamespace([] {
    const Place place;
    {
      ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView("web"));
      Write(view->path() + "/new", "x");
      fs::permissions(view->path(), fs::perms(0700));
      ASSERT_OK(view->Finish());
    }
    EXPECT_EQ(place.Mounts(), 0u);
    ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView("web"));
    EXPECT_EQ(Read(view->path() + "/new"), "x");
    EXPECT_EQ(fs::status(view->path()).permissions(), fs::perms(0700));
  });
}

TEST(OverlayView, ItsRootHasTheAttributesOfTheTree) {
  RunInMountNamespace([] {
    const Place place;
    ASSERT_EQ(::chown(place.Tree("").c_str(), 7, 8), 0);
    ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView("web"));
    struct stat status = {};
    ASSERT_EQ(::stat(view->path().c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, 7u);
    EXPECT_EQ(status.st_gid, 8u);
    EXPECT_EQ(status.st_mode & 07777, 0711u);
  });
}

TEST(OverlayView, DirectoriesOfTheTreeCanBeRenamed) {
  RunInMountNamespace([] {
    const Place place;
    ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView("web"));
    ASSERT_EQ(::rename((view->path() + "/etc").c_str(), (view->path() + "/moved").c_str()), 0);
    EXPECT_EQ(Read(view->path() + "/moved/passwd"), "root");
    EXPECT_TRUE(fs::exists(place.Tree("etc/passwd")));
  });
}

TEST(OverlayView, MapsIdsOfTheTreeAndKeepsThoseOfTheContainer) {
  RunInMountNamespace([] {
    const Place place;
    ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView("web", kRemap));
    EXPECT_EQ(place.Mounts(), 1u) << "the mapped tree is in the overlay by now";
    struct stat status = {};
    ASSERT_EQ(::stat((view->path() + "/etc/passwd").c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, kRemap.uid);
    {
      const os::ScopedFileOwner container(kRemap);
      Write(view->path() + "/etc/passwd", "changed");
      Write(view->path() + "/new", "x");
    }
    for (const char* name : {"/etc/passwd", "/new"}) {
      ASSERT_EQ(::stat((view->path() + name).c_str(), &status), 0);
      EXPECT_EQ(status.st_uid, kRemap.uid) << name;
      EXPECT_EQ(status.st_gid, kRemap.gid) << name;
    }
    EXPECT_EQ(Read(view->path() + "/etc/passwd"), "changed");
    EXPECT_EQ(Read(place.Tree("etc/passwd")), "root");
  });
}

TEST(OverlayView, PathsNeedNoQuoting) {
  RunInMountNamespace([] {
    const Place place;
    const std::string odd = place.Tree("a:b,c\\ d\n");
    fs::create_directories(odd);
    ASSERT_OK_AND_ASSIGN(const os::UniqueFd rootfs, os::Open(odd, O_PATH | O_DIRECTORY));
    ASSERT_OK_AND_ASSIGN(const auto view,
                         ScopedView::Create(place.Views(), "web",
                                            {rootfs.get(), odd, std::nullopt, odd + "-layers"}));
    Write(view->path() + "/new", "x");
    EXPECT_TRUE(fs::exists(odd + "-layers/upper/new"));
    EXPECT_FALSE(fs::exists(odd + "/new"));
  });
}

TEST(OverlayView, SaysWhatTheKernelSaidWhereItCannotBe) {
  RunInMountNamespace([] {
    const Place place;
    ASSERT_OK_AND_ASSIGN(const auto other, place.MakeView("other"));
    ASSERT_OK_AND_ASSIGN(const os::UniqueFd rootfs, os::Open(place.Tree(""), O_PATH | O_DIRECTORY));
    // On an overlay nothing can be kept of another one.
    EXPECT_THAT(
        ScopedView::Create(place.Views(), "web",
                           {rootfs.get(), place.Tree(""), std::nullopt, other->path() + "/layers"}),
        IsErrorWith(Code::kInternal, "overlay of rootfs \"" + place.Tree("") + "\""));
    EXPECT_THAT(*os::ListDirectory(place.Views()), ElementsAre("other"));
  });
}

TEST(OverlayView, RefusesLayersOneInTheOther) {
  const Place place;
  fs::create_directories(place.Tree("graph"));
  EXPECT_THAT(CheckLayers(place.Tree("etc"), place.Tree("etc")),
              IsErrorWith(Code::kInvalidArgument, "cannot be overlaid"));
  EXPECT_THAT(CheckLayers(fs::path(place.Tree("etc")).parent_path(), place.Tree("graph")),
              IsErrorWith(Code::kInvalidArgument, "cannot be overlaid"));
  EXPECT_OK(CheckLayers(place.Tree("etc"), place.Tree("graph")));
}

TEST(OverlayView, ADeathAtAnyCallLeavesNothingMountedAndCanBeDoneAgain) {
  for (const std::optional<UserRemap>& remap : {std::optional<UserRemap>(), {kRemap}}) {
    RunInMountNamespace([&remap] {
      for (int number = 0;; ++number) {
        SCOPED_TRACE("killed at call " + std::to_string(number));
        const Place place;
        const Ended ended = RunAndKillAtCall(number, [&] {
          const auto view = place.MakeView("web", remap);
          if (view) {
            IgnoreError((*view)->Finish());
          }
        });
        if (ended == Ended::kNotTraced) {
          GTEST_SKIP() << "processes cannot be traced here";
        }
        RecoverViews(place.Views(), [&](const std::string&) { return number % 2 == 0; });
        ASSERT_EQ(place.Mounts(), 0u);
        {
          ASSERT_OK_AND_ASSIGN(const auto view, place.MakeView("web", remap));
          EXPECT_EQ(Read(view->path() + "/etc/passwd"), "root");
          EXPECT_EQ(fs::status(view->path()).permissions(), fs::perms(0711));
        }
        if (ended == Ended::kByItself) {
          ASSERT_GE(number, 10) << "a test that kills nothing proves nothing";
          return;
        }
      }
    });
  }
}

}  // namespace
}  // namespace isulad::rootfs
