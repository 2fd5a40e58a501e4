#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "daemon/modules/spec/builder.h"
#include "daemon/modules/spec/passes.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/base/clean_path.h"

namespace isulad::spec {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Not;

class MountsTest : public ::testing::Test {
 protected:
  std::vector<std::string> Destinations() {
    std::vector<std::string> result;
    auto mounts = SortedMounts(input_);
    EXPECT_OK(mounts);
    for (const Mount& mount : mounts ? *mounts : std::vector<Mount>{}) {
      result.push_back(mount.destination);
    }
    return result;
  }

  // The mount at `destination`; one with an empty type where there is none.
  Mount Find(const std::string& destination) {
    auto mounts = SortedMounts(input_);
    EXPECT_OK(mounts);
    for (const Mount& mount : mounts ? *mounts : std::vector<Mount>{}) {
      if (mount.destination == destination) {
        return mount;
      }
    }
    return {};
  }

  // What must exist in the rootfs; files end in "!".
  std::vector<std::string> Points() {
    std::vector<std::string> result;
    auto points = MountPointsOf(input_);
    EXPECT_OK(points);
    for (const MountPoint& point : points ? *points : std::vector<MountPoint>{}) {
      result.push_back(point.target + (point.is_file ? "!" : ""));
    }
    return result;
  }

  test::TempDir directory_;
  Input input_;
};

TEST_F(MountsTest, MountsTheUsualFileSystems) {
  EXPECT_THAT(Destinations(), ElementsAre("/proc", "/dev", "/sys", "/dev/pts", "/dev/shm",
                                          "/dev/mqueue", "/sys/fs/cgroup"));
  EXPECT_THAT(Find("/sys").options, Contains("ro"));
  EXPECT_THAT(Find("/sys/fs/cgroup").options, Contains("ro"));
  EXPECT_THAT(Find("/dev/shm").options, Contains("size=65536k"));
}

TEST_F(MountsTest, SharedMemoryIsThatOfTheIpcNamespace) {
  EXPECT_EQ(Find("/dev/shm").type, "tmpfs");
  input_.namespaces.ipc = {NamespaceMode::kHost};
  EXPECT_EQ(Find("/dev/shm").type, "bind");
  EXPECT_EQ(Find("/dev/shm").source, "/dev/shm");
  EXPECT_THAT(Find("/dev/shm").options, IsSupersetOf({"nosuid", "noexec", "nodev"}));
}

TEST_F(MountsTest, APrivilegedContainerMayWriteToTheKernelsFiles) {
  input_.security.privileged = true;
  for (const char* path : {"/sys", "/sys/fs/cgroup"}) {
    EXPECT_THAT(Find(path).options, Contains("rw"));
    EXPECT_THAT(Find(path).options, Not(Contains("ro")));
  }
}

TEST_F(MountsTest, SystemContainerHasWritableCgroupsAndRun) {
  input_.system_container = true;
  EXPECT_THAT(Destinations(), IsSupersetOf({"/run", "/run/lock", "/tmp"}));
  EXPECT_THAT(Find("/sys/fs/cgroup").options, Contains("rw"));
  EXPECT_THAT(Find("/run").options, IsSupersetOf({"nosuid", "nodev", "mode=755"}));
}

TEST_F(MountsTest, TmpfsOfASystemContainerArePartsOfItsMemory) {
  input_.system_container = true;
  input_.memory = 64u << 20;
  EXPECT_THAT(Find("/dev").options, Contains("size=4096k"));
  EXPECT_THAT(Find("/dev/shm").options, Contains("size=16384k"));
  EXPECT_THAT(Find("/run").options, Contains("size=13107k"));
  EXPECT_THAT(Find("/run/lock").options, Contains("size=4096k"));
  EXPECT_THAT(Find("/tmp").options, Contains("size=16384k"));
  input_.memory = uint64_t{16} << 30;
  EXPECT_THAT(Find("/dev").options, Contains("size=65536k"));
  EXPECT_THAT(Find("/run/lock").options, Contains("size=5120k"));
  EXPECT_THAT(Find("/tmp").options, Contains("size=4194304k"));
}

TEST_F(MountsTest, MemoryIsNoMeasureForAnApplication) {
  input_.memory = 64u << 20;
  EXPECT_THAT(Find("/dev/shm").options, Contains("size=65536k"));
  EXPECT_THAT(Destinations(), Not(Contains("/tmp")));
}

TEST_F(MountsTest, MountsParentsFirstWhateverTheOrder) {
  input_.system_container = true;
  input_.binds = {{"/1", "/a/b/c", false, "rprivate"},
                  {"/2", "/a", false, "rprivate"},
                  {"/3", "/tmp/x", false, "rprivate"},
                  {"/4", "/a/b", false, "rprivate"}};
  input_.channels = {{"/5", "/run/lock/channel", {"bind", "rw"}}};
  const std::vector<std::string> all = Destinations();
  for (size_t i = 0; i < all.size(); ++i) {
    for (size_t k = i + 1; k < all.size(); ++k) {
      EXPECT_FALSE(IsSameOrBeneath(all[i], all[k])) << all[i] << " comes before " << all[k];
    }
  }
  EXPECT_THAT(all, IsSupersetOf({"/a/b/c", "/tmp/x", "/run/lock/channel"}));
}

TEST_F(MountsTest, WritesVolumeAndChannelOptions) {
  input_.binds = {{"/src", "/ro", true, "rslave"}, {"/src", "/rw", false, ""}};
  input_.channels = {{"/chan", "/c", {"bind", "rprivate", "nosuid", "nodev", "noexec", "ro"}}};
  EXPECT_EQ(Find("/ro").type, "bind");
  EXPECT_EQ(Find("/ro").source, "/src");
  EXPECT_THAT(Find("/ro").options, ElementsAre("rbind", "rslave", "ro"));
  EXPECT_THAT(Find("/rw").options, ElementsAre("rbind", "rprivate", "rw"));
  EXPECT_EQ(Find("/c").source, "/chan");
  EXPECT_THAT(Find("/c").options,
              ElementsAre("bind", "rprivate", "nosuid", "nodev", "noexec", "ro"));
}

TEST_F(MountsTest, UsersVolumeTakesThePlaceOfOurMount) {
  input_.generated_files = {{"/run/hosts", "/etc/hosts"}};
  input_.binds = {{"/own/hosts", "/etc/hosts", false, "rprivate"},
                  {"/own/shm", "/dev/shm", false, "rprivate"}};
  EXPECT_EQ(Find("/etc/hosts").source, "/own/hosts");
  EXPECT_EQ(Find("/dev/shm").type, "bind");
  EXPECT_THAT(Destinations(), ::testing::SizeIs(8));
}

TEST_F(MountsTest, TmpfsAreMountedWithTheirOptionsAndTakeThePlaceOfOurs) {
  input_.system_container = true;
  input_.tmpfs = {{"/t", 8192}, {"/dev/shm", 4096}, {"/run", 0, 0755}};
  input_.channels = {{"/chan", "/t/channel", {"bind"}}};
  EXPECT_EQ(Find("/t").type, "tmpfs");
  EXPECT_THAT(Find("/t").options,
              ElementsAre("nosuid", "nodev", "noexec", "rw", "mode=1777", "size=8192"));
  EXPECT_THAT(Find("/dev/shm").options, Contains("size=4096"));
  EXPECT_THAT(Find("/run").options, Contains("mode=755"));
  EXPECT_THAT(Points(), ElementsAre("/proc", "/dev", "/sys", "/tmp", "/t", "/run"));
  input_.binds = {{"/1", "/t", false, ""}};
  EXPECT_THAT(SortedMounts(input_),
              test::IsErrorWith(Code::kInvalidArgument, "duplicate mount point \"/t\""));
}

TEST_F(MountsTest, ShmIsAsLargeAsAsked) {
  input_.shm_size = 1u << 20;
  EXPECT_THAT(Find("/dev/shm").options,
              ElementsAre("nosuid", "noexec", "nodev", "mode=1777", "size=1024k"));
  input_.binds = {{"/own/shm", "/dev/shm", false, "rprivate"}};
  EXPECT_THAT(Find("/dev/shm").options, ElementsAre("rbind", "rprivate", "rw"));
  EXPECT_EQ(DefaultShmSize(false, 64u << 20), 64u << 20);
  EXPECT_EQ(DefaultShmSize(true, 64u << 20), 16u << 20);
}

TEST_F(MountsTest, GeneratedFilesAreReadOnlyWithTheRootfs) {
  input_.generated_files = {{"/run/hosts", "/etc/hosts"}};
  EXPECT_THAT(Find("/etc/hosts").options, Contains("rw"));
  input_.rootfs_read_only = true;
  EXPECT_THAT(Find("/etc/hosts").options, Contains("ro"));
}

TEST_F(MountsTest, RefusesTwoWishesForOnePlace) {
  input_.binds = {{"/1", "/a", false, ""}, {"/2", "/a", false, ""}};
  EXPECT_THAT(SortedMounts(input_),
              test::IsErrorWith(Code::kInvalidArgument, "duplicate mount point \"/a\""));
  input_.binds.pop_back();
  input_.channels = {{"/chan", "/a", {"bind"}}};
  EXPECT_THAT(MountPointsOf(input_), test::IsErrorWith(Code::kInvalidArgument, "\"/a\""));
}

TEST_F(MountsTest, RootfsPassesMountsOnWhereAVolumeDoes) {
  input_.process.add_args("sh");
  const auto propagation = [this] {
    const auto output = Build(input_);
    EXPECT_OK(output);
    const json::Value* value =
        output->config.AsObject()->Find("linux")->AsObject()->Find("rootfsPropagation");
    return value == nullptr ? std::string() : *value->AsString();
  };
  EXPECT_EQ(propagation(), "");
  input_.binds = {{"/1", "/a", false, "rslave"}};
  EXPECT_EQ(propagation(), "slave");
  input_.binds.push_back({"/2", "/b", false, "rshared"});
  EXPECT_EQ(propagation(), "shared");
}

TEST_F(MountsTest, MountPointsAreThoseThatLieInTheRootfs) {
  input_.system_container = true;
  EXPECT_THAT(Points(), ElementsAre("/proc", "/dev", "/sys", "/run", "/tmp"));
}

TEST_F(MountsTest, MountPointOfAFileIsAFile) {
  std::filesystem::create_directory(directory_.Sub("dir"));
  std::ofstream(directory_.Sub("file")) << "x";
  input_.binds = {{directory_.Sub("file"), "/vol/file", false, ""},
                  {directory_.Sub("dir"), "/vol/dir", false, ""},
                  {directory_.Sub("file"), "/vol/dir/below", false, ""}};
  input_.generated_files = {{directory_.Sub("file"), "/etc/hosts"}};
  input_.channels = {{directory_.Sub("dir"), "/channel", {"bind"}}};
  EXPECT_THAT(Points(), IsSupersetOf({"/vol/file!", "/vol/dir", "/etc/hosts!", "/channel"}));
  EXPECT_THAT(Points(), Not(Contains("/vol/dir/below!")));
}

TEST_F(MountsTest, WorkingDirectoryIsAMountPointUnlessSomethingIsMountedThere) {
  input_.process.set_workdir("/srv/dir");
  EXPECT_THAT(Points(), Contains("/srv/dir"));
  for (const char* covered : {"/", "/dev/x", "/proc"}) {
    input_.process.set_workdir(covered);
    EXPECT_THAT(Points(), ElementsAre("/proc", "/dev", "/sys")) << covered;
  }
}

}  // namespace
}  // namespace isulad::spec
