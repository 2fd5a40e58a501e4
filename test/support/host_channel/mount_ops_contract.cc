#include "support/host_channel/mount_ops_contract.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::HasSubstr;

constexpr uint64_t kSize = 1u << 20;

TmpfsOptions Options(uint64_t size = kSize) {
  TmpfsOptions options;
  options.size = size;
  options.inodes = 256;
  return options;
}

Status Agree(const std::vector<std::string>&) { return OkStatus(); }

}  // namespace

HostDirectory MountOpsContract::Directory(const std::string& name, char digit) const {
  return {Path(name), std::string(64, digit), {}};
}

HostDirectory MountOpsContract::MakeMounted(const std::string& name, char digit) {
  HostDirectory directory = Directory(name, digit);
  EXPECT_TRUE(ops().MakeDirectory(directory, Agree));
  EXPECT_TRUE(ops().Mount(directory, Options()));
  return directory;
}

PathState MountOpsContract::StateOf(const HostDirectory& directory, Search search) {
  const Result<Inspection> inspection = ops().Inspect(directory, search);
  EXPECT_TRUE(inspection) << inspection.error().message();
  return inspection->state;
}

TEST_P(MountOpsContract, ResolvesMissingPathToItself) {
  const Result<ResolvedPath> resolved = ops().Resolve(Path("a/b/c"));
  ASSERT_OK(resolved);
  EXPECT_EQ(resolved->canonical, Path("a/b/c"));
  EXPECT_FALSE(resolved->exists);
}

TEST_P(MountOpsContract, ResolvesLinksInParents) {
  host_->AddDirectory(Path("real"));
  host_->AddLink(Path("link"), Path("real"));
  EXPECT_EQ(ops().Resolve(Path("link/c"))->canonical, Path("real/c"));
  EXPECT_EQ(ops().Resolve(Path("link/b/c"))->canonical, Path("real/b/c"));
}

TEST_P(MountOpsContract, SaysThatAPathExistsWhateverItIs) {
  host_->AddDirectory(Path("directory"));
  host_->AddFile(Path("file"));
  host_->AddLink(Path("dangling"), Path("nowhere"));
  host_->AddLink(Path("link"), Path("directory"));
  for (const char* name : {"directory", "file", "dangling", "link"}) {
    const Result<ResolvedPath> resolved = ops().Resolve(Path(name));
    ASSERT_OK(resolved);
    EXPECT_TRUE(resolved->exists) << name;
    EXPECT_EQ(resolved->canonical, Path(name)) << "the last component is not followed";
  }
}

TEST_P(MountOpsContract, RefusesParentsThatAreNoDirectories) {
  host_->AddFile(Path("file"));
  host_->AddLink(Path("dangling"), Path("nowhere"));
  EXPECT_THAT(ops().Resolve(Path("file/c")),
              IsErrorWith(Code::kInvalidArgument, "not a directory"));
  EXPECT_THAT(ops().Resolve(Path("dangling/c")), IsErrorWith(Code::kInvalidArgument, "dangling"));
}

TEST_P(MountOpsContract, KnowsWhatTheKernelTakes) {
  EXPECT_OK(ops().Probe("size", "4096"));
  EXPECT_THAT(ops().Probe("nosuch", ""), IsErrorWith(Code::kInvalidArgument, "nosuch"));
  EXPECT_THAT(ops().Probe("nosuch", "x"), IsErrorWith(Code::kInvalidArgument, "nosuch"));
}

TEST_P(MountOpsContract, MakesDirectoryThatIsOurs) {
  const HostDirectory directory = Directory("c");
  EXPECT_EQ(StateOf(directory), PathState::kMissing);
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  EXPECT_EQ(StateOf(directory), PathState::kOurs);
  EXPECT_EQ(StateOf(Directory("c", 'b')), PathState::kForeign) << "it is not another channel's";
}

TEST_P(MountOpsContract, MakesMissingParentsAndRemovesThem) {
  const HostDirectory directory = Directory("p/q/c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  EXPECT_EQ(StateOf(directory), PathState::kOurs);
  ASSERT_OK(ops().RemoveDirectory(directory, Remains::kAll));
  EXPECT_FALSE(host_->Exists(Path("p")));
  EXPECT_TRUE(host_->Exists(host_->root()));
}

TEST_P(MountOpsContract, DoesNotMakeWhatExists) {
  host_->AddDirectory(Path("directory"));
  host_->AddFile(Path("file"));
  host_->AddLink(Path("dangling"), Path("nowhere"));
  for (const char* name : {"directory", "file", "dangling"}) {
    EXPECT_THAT(ops().MakeDirectory(Directory(name), Agree),
                IsErrorWith(Code::kAlreadyExists, "exists already"));
  }
}

TEST_P(MountOpsContract, DoesNotMakeThroughALink) {
  host_->AddDirectory(Path("real"));
  host_->AddLink(Path("link"), Path("real"));
  EXPECT_THAT(ops().MakeDirectory(Directory("link/c"), Agree),
              IsErrorWith(Code::kFailedPrecondition, "a parent of"));
  EXPECT_FALSE(host_->Exists(Path("real/c")));
}

TEST_P(MountOpsContract, LeavesNothingWhenTheAnnouncementFails) {
  const HostDirectory directory = Directory("p/c");
  const auto refuse = [](const std::vector<std::string>&) -> Status { return Internal("no"); };
  EXPECT_THAT(ops().MakeDirectory(directory, refuse), IsErrorWith(Code::kInternal, "no"));
  EXPECT_FALSE(host_->Exists(Path("p")));
  EXPECT_FALSE(host_->Exists(Path(".isulad-" + directory.channel_id)));
}

TEST_P(MountOpsContract, PublishesOnlyAfterTheAnnouncement) {
  const HostDirectory directory = Directory("p/c");
  bool announced = false;
  ASSERT_OK(ops().MakeDirectory(directory, [&](const std::vector<std::string>&) {
    announced = true;
    EXPECT_FALSE(host_->Exists(Path("p")));
    return OkStatus();
  }));
  EXPECT_TRUE(announced);
}

TEST_P(MountOpsContract, MountsAndReportsUsage) {
  const HostDirectory directory = MakeMounted("c");
  const Result<Inspection> inspection = ops().Inspect(directory, Search::kPathOnly);
  ASSERT_OK(inspection);
  EXPECT_EQ(inspection->state, PathState::kMounted);
  EXPECT_EQ(inspection->used + inspection->free, kSize);
  EXPECT_EQ(inspection->inodes, 256u);
  EXPECT_EQ(inspection->inodes_used, 1u) << "the root directory";
}

TEST_P(MountOpsContract, MountsOnceAndSetsSizeAgain) {
  const HostDirectory directory = MakeMounted("c");
  ASSERT_OK(ops().Mount(directory, Options(2 * kSize)));
  EXPECT_EQ(ops().Inspect(directory, Search::kPathOnly)->free, 2 * kSize);
  ASSERT_OK(ops().Unmount(directory));
  EXPECT_EQ(StateOf(directory), PathState::kOurs) << "there was one mount";
}

TEST_P(MountOpsContract, ResizesUpAndDown) {
  const HostDirectory directory = MakeMounted("c");
  for (const uint64_t size : {4 * kSize, kSize / 2, kSize}) {
    ASSERT_OK(ops().Resize(directory, Options(size)));
    const Result<Inspection> inspection = ops().Inspect(directory, Search::kPathOnly);
    EXPECT_EQ(inspection->state, PathState::kMounted);
    EXPECT_EQ(inspection->used + inspection->free, size);
    EXPECT_EQ(inspection->inodes, 256u);
  }
}

TEST_P(MountOpsContract, DoesNotSetFewerInodesThanAreInUse) {
  const HostDirectory directory = MakeMounted("c");
  TmpfsOptions options = Options();
  options.inodes = 0;  // which tmpfs would take for no limit
  ASSERT_OK(ops().Resize(directory, options));
  const Result<Inspection> inspection = ops().Inspect(directory, Search::kPathOnly);
  EXPECT_EQ(inspection->inodes, inspection->inodes_used);
  EXPECT_GT(inspection->inodes, 0u);
}

TEST_P(MountOpsContract, ResizesOnlyWhatIsMounted) {
  const HostDirectory directory = Directory("c");
  EXPECT_THAT(ops().Resize(directory, Options()),
              IsErrorWith(Code::kFailedPrecondition, "is not mounted"));
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  EXPECT_THAT(ops().Resize(directory, Options()),
              IsErrorWith(Code::kFailedPrecondition, "is not mounted"));
  ASSERT_OK(ops().Mount(directory, Options()));
  host_->MountForeign(directory.path);
  EXPECT_THAT(ops().Resize(directory, Options()),
              IsErrorWith(Code::kFailedPrecondition, "another mount"));
  host_->UnmountForeign(directory.path);
}

TEST_P(MountOpsContract, InspectsManyAtOnceInTheirOrder) {
  const HostDirectory one = MakeMounted("one", 'a');
  const HostDirectory covered = MakeMounted("covered", 'b');
  const HostDirectory missing = Directory("missing", 'c');
  const HostDirectory two = MakeMounted("two", 'd');
  host_->MountForeign(covered.path);
  const std::vector<Result<Inspection>> seen = ops().InspectAll({one, missing, covered, two});
  ASSERT_EQ(seen.size(), 4u);
  EXPECT_EQ(seen[0]->state, PathState::kMounted);
  EXPECT_EQ(seen[0]->free, kSize);
  EXPECT_EQ(seen[1]->state, PathState::kMissing);
  EXPECT_EQ(seen[2]->state, PathState::kCovered);
  EXPECT_EQ(seen[3]->state, PathState::kMounted);
  host_->UnmountForeign(covered.path);
}

TEST_P(MountOpsContract, DoesNotMountOnWhatIsNotOurs) {
  EXPECT_THAT(ops().Mount(Directory("missing"), Options()),
              IsErrorWith(Code::kNotFound, "does not exist"));
  host_->AddDirectory(Path("foreign"));
  EXPECT_THAT(ops().Mount(Directory("foreign"), Options()),
              IsErrorWith(Code::kFailedPrecondition, "was not made for"));
}

TEST_P(MountOpsContract, DoesNotMountOverContents) {
  const HostDirectory directory = Directory("c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  host_->AddFile(Path("c/file"));
  EXPECT_THAT(ops().Mount(directory, Options()),
              IsErrorWith(Code::kFailedPrecondition, "is not empty"));
}

TEST_P(MountOpsContract, UnmountsRepeatedly) {
  const HostDirectory directory = MakeMounted("c");
  ASSERT_OK(ops().Unmount(directory));
  ASSERT_OK(ops().Unmount(directory));
  ASSERT_OK(ops().RemoveDirectory(directory, Remains::kAll));
  ASSERT_OK(ops().Unmount(directory));
  EXPECT_EQ(StateOf(directory), PathState::kMissing);
}

TEST_P(MountOpsContract, RemovesRepeatedly) {
  const HostDirectory directory = Directory("p/c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  ASSERT_OK(ops().RemoveDirectory(directory, Remains::kAll));
  ASSERT_OK(ops().RemoveDirectory(directory, Remains::kAll));
}

TEST_P(MountOpsContract, DoesNotRemoveWhatIsMounted) {
  const HostDirectory directory = MakeMounted("c");
  EXPECT_THAT(ops().RemoveDirectory(directory, Remains::kAll),
              IsErrorWith(Code::kFailedPrecondition, "is mounted on"));
  EXPECT_EQ(StateOf(directory), PathState::kMounted);
  ASSERT_OK(ops().Unmount(directory));
}

TEST_P(MountOpsContract, DoesNotRemoveContents) {
  const HostDirectory directory = Directory("c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  host_->AddFile(Path("c/file"));
  EXPECT_THAT(ops().RemoveDirectory(directory, Remains::kAll),
              IsErrorWith(Code::kFailedPrecondition, "is not empty"));
  EXPECT_TRUE(host_->Exists(Path("c/file")));
}

TEST_P(MountOpsContract, DoesNotRemoveReplacedDirectory) {
  const HostDirectory directory = Directory("c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  host_->RemovePath(Path("c"));
  host_->AddDirectory(Path("c"));
  EXPECT_EQ(StateOf(directory), PathState::kForeign);
  EXPECT_THAT(ops().RemoveDirectory(directory, Remains::kAll),
              IsErrorWith(Code::kFailedPrecondition, "is not the directory"));
  EXPECT_TRUE(host_->Exists(Path("c")));
}

TEST_P(MountOpsContract, KeepsParentsThatOthersUse) {
  const HostDirectory directory = Directory("p/q/c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  host_->AddFile(Path("p/file"));
  ASSERT_OK(ops().RemoveDirectory(directory, Remains::kAll));
  EXPECT_FALSE(host_->Exists(Path("p/q")));
  EXPECT_TRUE(host_->Exists(Path("p/file")));
}

TEST_P(MountOpsContract, KeepsParentsThatOthersMade) {
  host_->AddDirectory(Path("p"));
  const HostDirectory directory = Directory("p/q/c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  ASSERT_OK(ops().RemoveDirectory(directory, Remains::kAll));
  EXPECT_FALSE(host_->Exists(Path("p/q")));
  EXPECT_TRUE(host_->Exists(Path("p")));
}

TEST_P(MountOpsContract, LastChannelInASharedParentRemovesIt) {
  const HostDirectory first = Directory("p/first", 'a');
  const HostDirectory second = Directory("p/second", 'b');
  ASSERT_OK(ops().MakeDirectory(first, Agree));
  ASSERT_OK(ops().MakeDirectory(second, Agree));
  ASSERT_OK(ops().RemoveDirectory(first, Remains::kAll));
  EXPECT_TRUE(host_->Exists(Path("p/second")));
  ASSERT_OK(ops().RemoveDirectory(second, Remains::kAll));
  EXPECT_FALSE(host_->Exists(Path("p")));
}

TEST_P(MountOpsContract, SeesAMountOnTopAndTouchesNothing) {
  const HostDirectory directory = MakeMounted("c");
  host_->MountForeign(Path("c"));
  EXPECT_EQ(StateOf(directory), PathState::kCovered);
  EXPECT_THAT(ops().Unmount(directory), IsErrorWith(Code::kFailedPrecondition, "another mount"));
  EXPECT_THAT(ops().Mount(directory, Options()),
              IsErrorWith(Code::kFailedPrecondition, "another mount"));
  EXPECT_THAT(ops().RemoveDirectory(directory, Remains::kAll),
              IsErrorWith(Code::kFailedPrecondition, "is mounted on"));
  host_->UnmountForeign(Path("c"));
  EXPECT_EQ(StateOf(directory), PathState::kMounted);
  ASSERT_OK(ops().Unmount(directory));
}

TEST_P(MountOpsContract, SeesAForeignMountOnItsDirectory) {
  const HostDirectory directory = Directory("c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  host_->MountForeign(Path("c"));
  EXPECT_EQ(StateOf(directory), PathState::kForeign);
  EXPECT_THAT(ops().Unmount(directory), IsErrorWith(Code::kFailedPrecondition, "another mount"));
  host_->UnmountForeign(Path("c"));
}

TEST_P(MountOpsContract, FindsChannelElsewhereAfterItsParentWasRenamed) {
  host_->AddDirectory(Path("p"));
  const HostDirectory directory = MakeMounted("p/c");
  host_->Rename(Path("p"), Path("r"));
  EXPECT_EQ(StateOf(directory, Search::kPathOnly), PathState::kMissing);
  const Result<Inspection> inspection = ops().Inspect(directory, Search::kEverywhere);
  ASSERT_OK(inspection);
  EXPECT_EQ(inspection->state, PathState::kElsewhere);
  EXPECT_THAT(inspection->detail, HasSubstr(Path("r/c")));
  host_->Rename(Path("r"), Path("p"));
  EXPECT_EQ(StateOf(directory, Search::kEverywhere), PathState::kMounted);
  ASSERT_OK(ops().Unmount(directory));
}

TEST_P(MountOpsContract, SeesAParentThatHasBecomeALink) {
  host_->AddDirectory(Path("p"));
  const HostDirectory directory = Directory("p/c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  host_->Rename(Path("p"), Path("r"));
  host_->AddLink(Path("p"), Path("r"));
  EXPECT_EQ(StateOf(directory), PathState::kForeign);
  EXPECT_FALSE(ops().RemoveDirectory(directory, Remains::kAll));
  EXPECT_TRUE(host_->Exists(Path("r/c")));
}

TEST_P(MountOpsContract, AttachesAndDetachesViews) {
  const HostDirectory directory = MakeMounted("c");
  const std::string view = host_->views() + "/v";
  ASSERT_OK(ops().AttachView(directory, view, {true, {}}));
  ASSERT_OK(ops().DetachView(view));
  ASSERT_OK(ops().DetachView(view));
  EXPECT_EQ(StateOf(directory), PathState::kMounted);
  ASSERT_OK(ops().Unmount(directory));
}

TEST_P(MountOpsContract, SaysNothingOfMappedIdsWhereNoneWereAskedFor) {
  const HostDirectory directory = MakeMounted("c");
  const std::string view = host_->views() + "/v";
  const Result<View> attached = ops().AttachView(directory, view, {});
  ASSERT_OK(attached);
  EXPECT_FALSE(attached->maps_ids);
  ASSERT_OK(ops().DetachView(view));
  ASSERT_OK(ops().AttachView(directory, view, {false, UserRemap{100000, 100000, 10}}));
  ASSERT_OK(ops().DetachView(view));
  ASSERT_OK(ops().Unmount(directory));
}

TEST_P(MountOpsContract, AttachesNoViewOfWhatIsNotMounted) {
  const HostDirectory directory = Directory("c");
  ASSERT_OK(ops().MakeDirectory(directory, Agree));
  EXPECT_THAT(ops().AttachView(directory, host_->views() + "/v", {}),
              IsErrorWith(Code::kFailedPrecondition, "not mounted"));
  ASSERT_OK(ops().DetachView(host_->views() + "/v"));
}

TEST_P(MountOpsContract, WorksWithNamesThatNeedQuoting) {
  for (const char* name :
       {"a b", "q\"uote", "per%cent", "back\\040slash", "k\xc3\xa4se", "'", "$(x)", "-c"}) {
    const HostDirectory directory = MakeMounted(name);
    EXPECT_EQ(StateOf(directory, Search::kEverywhere), PathState::kMounted) << name;
    ASSERT_OK(ops().Unmount(directory));
    ASSERT_OK(ops().RemoveDirectory(directory, Remains::kAll));
    EXPECT_FALSE(host_->Exists(Path(name)));
  }
}

}  // namespace isulad::host_channel::test
