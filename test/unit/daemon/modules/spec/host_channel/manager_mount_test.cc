#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Mount : public ManagerFixture {};

TEST_F(Mount, GivesNothingToAnOwnerWithoutChannels) {
  const auto mounts = manager_->Mount("nobody");
  ASSERT_OK(mounts);
  EXPECT_THAT((*mounts)->entries(), IsEmpty());
}

TEST_F(Mount, MountsWithTheOptionsOfTheSpec) {
  CreateMounted(web_, {Channel("/srv/h", "/c", Access::kReadWrite, 32 * kMiB)});
  ASSERT_TRUE(host_.IsMounted("/srv/h"));
  const TmpfsOptions options = host_.OptionsAt("/srv/h");
  EXPECT_EQ(options.size, 32 * kMiB);
  EXPECT_EQ(options.inodes, 2048u);
  EXPECT_EQ(options.mode, 01777u);
  EXPECT_EQ(options.uid, 0u);
  EXPECT_EQ(options.gid, 0u);
  EXPECT_FALSE(options.follow_symlinks);
}

TEST_F(Mount, LetsHostFollowLinksOnlyWhereAsked) {
  HostChannel channel = Channel("/srv/h");
  channel.options.symlinks = true;
  CreateMounted(web_, {channel});
  EXPECT_TRUE(host_.OptionsAt("/srv/h").follow_symlinks);
}

TEST_F(Mount, EntriesNameViewsNotHostPaths) {
  ASSERT_OK(Create(web_, {Channel("/srv/1", "/1"), Channel("/srv/2", "/2", Access::kReadOnly)}));
  const auto mounts = manager_->Mount(web_.id);
  ASSERT_OK(mounts);
  ASSERT_THAT((*mounts)->entries(), SizeIs(2));
  for (size_t i : {0u, 1u}) {
    const MountEntry& entry = (*mounts)->entries()[i];
    EXPECT_THAT(entry.source, testing::StartsWith(views_ + "/" + IdOf(web_, i) + "."));
    EXPECT_EQ(host_.IsViewReadOnly(entry.source), i == 1);
    EXPECT_EQ(entry.options.back(), i == 1 ? "ro" : "rw");
  }
  EXPECT_EQ((*mounts)->entries()[1].destination, "/2");
}

TEST_F(Mount, PassesAUserRemapToItsViews) {
  ASSERT_OK(Create(web_, {Channel("/srv/1", "/1"), Channel("/srv/2", "/2", Access::kReadOnly)}));
  const UserRemap remap{100000, 200000, 65536};
  {
    const auto mounts = manager_->Mount(web_.id, remap);
    ASSERT_OK(mounts);
    for (const MountEntry& entry : (*mounts)->entries()) {
      EXPECT_EQ(host_.RemapOfView(entry.source), remap);
    }
    EXPECT_THAT((*mounts)->warnings(), IsEmpty());
  }
  const auto mounts = manager_->Mount(web_.id);
  ASSERT_OK(mounts);
  EXPECT_EQ(host_.RemapOfView((*mounts)->entries()[0].source), std::nullopt);
  EXPECT_THAT((*mounts)->warnings(), IsEmpty());
}

TEST_F(Mount, WarnsWhereTheKernelCannotMapIds) {
  ASSERT_OK(Create(web_, {Channel("/srv/1", "/1")}));
  host_.set_maps_ids(false);
  const auto mounts = manager_->Mount(web_.id, UserRemap{100000, 200000, 65536});
  ASSERT_OK(mounts);
  EXPECT_THAT((*mounts)->warnings(),
              ElementsAre(AllOf(HasSubstr("host channel \"/srv/1\""), HasSubstr("uid 100000"))));
}

TEST_F(Mount, SaysWhatWasNotMountedBefore) {
  ASSERT_OK(Create(web_, {Channel("/srv/1", "/1"), Channel("/srv/2", "/2")}));
  {
    const auto first = manager_->Mount(web_.id);
    ASSERT_OK(first);
    EXPECT_THAT((*first)->mounted(), IsEmpty()) << "it may be undone";
    (*first)->Commit();
    ASSERT_THAT((*first)->mounted(), SizeIs(2));
    EXPECT_EQ((*first)->mounted()[1].host_path, "/srv/2");
  }
  const auto second = manager_->Mount(web_.id);
  ASSERT_OK(second);
  EXPECT_THAT((*second)->entries(), SizeIs(2));
  (*second)->Commit();
  EXPECT_THAT((*second)->mounted(), IsEmpty());
}

TEST_F(Mount, TakesViewsAwayWhenTheRuntimeHasStarted) {
  ASSERT_OK(Create(web_, {Channel("/srv/h")}));
  auto mounts = manager_->Mount(web_.id);
  ASSERT_OK(mounts);
  EXPECT_THAT(ViewNames(), SizeIs(1));
  (*mounts)->Commit();
  mounts->reset();
  EXPECT_THAT(ViewNames(), IsEmpty());
  EXPECT_TRUE(host_.IsMounted("/srv/h"));
}

TEST_F(Mount, IsUndoneUnlessCommitted) {
  ASSERT_OK(Create(web_, {Channel("/srv/p/1", "/1"), Channel("/srv/q/2", "/2")}));
  const std::string before = host_.Dump();
  { ASSERT_OK(manager_->Mount(web_.id)); }
  EXPECT_EQ(host_.Dump(), before);
  EXPECT_THAT(ViewNames(), IsEmpty());
  EXPECT_OK(MountAndCommit(web_)) << "the channel is still there";
}

TEST_F(Mount, KeepsContentsOfWhatIsMountedAlready) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.WriteInto("/srv/h", 1000);
  ASSERT_OK(MountAndCommit(web_));
  EXPECT_EQ(manager_->Describe(web_.id)->at(0).used, 1000u);
}

TEST_F(Mount, KeepsWhatAnEarlierStartMadeWhenALaterOneIsUndone) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.WriteInto("/srv/h", 1000);
  { ASSERT_OK(manager_->Mount(web_.id)); }
  EXPECT_EQ(manager_->Describe(web_.id)->at(0).used, 1000u);
}

TEST_F(Mount, ReusesItsDirectoryAfterAReboot) {
  CreateMounted(web_, {Channel("/srv/p/h")});
  host_.Reboot();
  EXPECT_THAT(Restart({web_}), IsEmpty());
  EXPECT_FALSE(manager_->Describe(web_.id)->at(0).mounted);
  ASSERT_OK(MountAndCommit(web_));
  EXPECT_TRUE(host_.IsMounted("/srv/p/h"));
  ASSERT_OK(Remove(web_));
  EXPECT_FALSE(host_.Exists("/srv/p"));
}

TEST_F(Mount, FailsWherePathHasComeToExist) {
  ASSERT_OK(Create(web_, {Channel("/srv/h")}));
  host_.AddDirectory("/srv/h");
  EXPECT_THAT(MountAndCommit(web_),
              IsErrorWith(Code::kFailedPrecondition, "\"/srv/h\" exists and was not made for"));
  EXPECT_TRUE(host_.Exists("/srv/h"));
}

TEST_F(Mount, FailsWhereAnotherMountIsOnTop) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.MountForeign("/srv/h");
  EXPECT_THAT(MountAndCommit(web_), IsErrorWith(Code::kFailedPrecondition, "another mount"));
}

TEST_F(Mount, FailsWhereAParentHasBecomeALink) {
  ASSERT_OK(Create(web_, {Channel("/srv/p/h")}));
  host_.AddLink("/srv/p", "/srv");
  EXPECT_THAT(MountAndCommit(web_),
              IsErrorWith(Code::kFailedPrecondition, "host channel \"/srv/p/h\": a parent of"));
  EXPECT_FALSE(host_.Exists("/srv/h"));
}

TEST_F(Mount, DoesNotMountTwiceWhereAParentWasRenamed) {
  host_.AddDirectory("/srv/p");
  CreateMounted(web_, {Channel("/srv/p/h")});
  host_.Rename("/srv/p", "/srv/q");
  EXPECT_THAT(MountAndCommit(web_),
              IsErrorWith(Code::kFailedPrecondition, "mounted at \"/srv/q/h\" now"));
}

TEST_F(Mount, ChannelsOfTwoOwnersShareAParent) {
  ASSERT_OK(Create(web_, {Channel("/srv/p/web")}));
  ASSERT_OK(Create(db_, {Channel("/srv/p/db")}));
  ASSERT_OK(MountAndCommit(web_));
  ASSERT_OK(MountAndCommit(db_));
  ASSERT_OK(Remove(web_));
  EXPECT_TRUE(host_.IsMounted("/srv/p/db"));
  ASSERT_OK(Remove(db_));
  EXPECT_FALSE(host_.Exists("/srv/p"));
}

TEST_F(Mount, KnowsItsDirectoryByIdentityWhereMarksCannotBeMade) {
  host_.set_marks(false);
  CreateMounted(web_, {Channel("/srv/p/h")});
  host_.Reboot();
  EXPECT_THAT(Restart({web_}), IsEmpty());
  ASSERT_OK(MountAndCommit(web_)) << "the identities were recorded";
  ASSERT_OK(Remove(web_));
  EXPECT_FALSE(host_.Exists("/srv/p"));
}

TEST_F(Mount, DescribesUsage) {
  CreateMounted(web_, {Channel("/srv/h", "/c", Access::kReadOnly, 4 * kMiB)});
  host_.WriteInto("/srv/h", kMiB);
  const Result<std::vector<ChannelState>> states = manager_->Describe(web_.id);
  ASSERT_OK(states);
  ASSERT_THAT(*states, SizeIs(1));
  const ChannelState& state = states->front();
  EXPECT_TRUE(state.mounted);
  EXPECT_EQ(state.used, kMiB);
  EXPECT_EQ(state.free, 3 * kMiB);
  EXPECT_EQ(state.inodes, 256u);
  EXPECT_THAT(state.owners, ElementsAre(OwnerEntry{web_, "/c", Access::kReadOnly, 0}));
  EXPECT_THAT(*manager_->Describe("nobody"), IsEmpty());
}

}  // namespace
}  // namespace isulad::host_channel::test
