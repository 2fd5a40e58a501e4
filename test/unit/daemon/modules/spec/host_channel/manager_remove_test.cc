#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Remove : public ManagerFixture {
 protected:
  // Everything as it was before there were channels.
  void ExpectNothingLeft() {
    EXPECT_EQ(host_.Dump(), before_);
    EXPECT_THAT(RecordNames(), IsEmpty());
    EXPECT_THAT(ViewNames(), IsEmpty());
    EXPECT_EQ(manager_->ReservedBytes(), 0u);
  }

  const std::string before_ = host_.Dump();
};

TEST_F(Remove, LeavesNothing) {
  CreateMounted(web_, {Channel("/srv/p/q/1", "/1"), Channel("/srv/p/2", "/2")});
  EXPECT_THAT(*ManagerFixture::Remove(web_), IsEmpty());
  ExpectNothingLeft();
}

TEST_F(Remove, CanBeRepeated) {
  EXPECT_OK(ManagerFixture::Remove(web_));
  CreateMounted(web_, {Channel("/srv/h")});
  EXPECT_OK(ManagerFixture::Remove(web_));
  EXPECT_THAT(*ManagerFixture::Remove(web_), IsEmpty());
}

TEST_F(Remove, OfANeverStartedOwnerOnlyForgets) {
  ASSERT_OK(Create(web_, {Channel("/srv/h")}));
  EXPECT_THAT(*ManagerFixture::Remove(web_), IsEmpty());
  ExpectNothingLeft();
}

TEST_F(Remove, OfANeverStartedOwnerLeavesToOthersWhatTheyMadeThere) {
  ASSERT_OK(Create(web_, {Channel("/srv/h")}));
  host_.AddDirectory("/srv/h");
  EXPECT_THAT(*ManagerFixture::Remove(web_), IsEmpty());
  EXPECT_TRUE(host_.Exists("/srv/h"));
  EXPECT_THAT(RecordNames(), IsEmpty());
}

TEST_F(Remove, AfterAStartThatWasUndoneSaysNothing) {
  ASSERT_OK(Create(web_, {Channel("/srv/h")}));
  { ASSERT_OK(manager_->Mount(web_.id)); }
  EXPECT_THAT(*ManagerFixture::Remove(web_), IsEmpty());
  ExpectNothingLeft();
}

TEST_F(Remove, DetachesBusyMountAndNamesItsHolders) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.SetHolders("/srv/h", {"dd (pid 12)", "sh (pid 13)"});
  EXPECT_THAT(
      *ManagerFixture::Remove(web_),
      ElementsAre("\"/srv/h\" was busy and has been detached; in use by dd (pid 12), sh (pid 13)"));
  ExpectNothingLeft();
}

TEST_F(Remove, SaysWhereTheDirectoryHadBeenRemoved) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.Reboot();
  host_.RemovePath("/srv/h");
  EXPECT_THAT(*ManagerFixture::Remove(web_), ElementsAre("\"/srv/h\" had been removed already"));
  ExpectNothingLeft();
}

TEST_F(Remove, LeavesCoveredChannelAloneUntilItIsUncovered) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.MountForeign("/srv/h");
  const std::string covered = host_.Dump();
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(ManagerFixture::Remove(web_),
                IsErrorWith(Code::kFailedPrecondition, "host channel \"/srv/h\": another mount"));
    EXPECT_EQ(host_.Dump(), covered);
  }
  host_.UnmountForeign("/srv/h");
  EXPECT_OK(MountAndCommit(web_)) << "nothing had begun, so that it can be started as well";
  EXPECT_OK(ManagerFixture::Remove(web_));
  ExpectNothingLeft();
}

TEST_F(Remove, TouchesNoChannelWhereOneIsBlocked) {
  CreateMounted(web_, {Channel("/srv/1", "/1"), Channel("/srv/2", "/2")});
  host_.MountForeign("/srv/2");
  const std::string covered = host_.Dump();
  EXPECT_FALSE(ManagerFixture::Remove(web_));
  EXPECT_EQ(host_.Dump(), covered);
}

TEST_F(Remove, WithForceForgetsWhatIsBlockedAndRemovesTheOthers) {
  CreateMounted(web_, {Channel("/srv/1", "/1"), Channel("/srv/2", "/2")});
  host_.MountForeign("/srv/2");
  EXPECT_THAT(
      *ManagerFixture::Remove(web_, true),
      ElementsAre(HasSubstr(
          "host channel \"/srv/2\" is forgotten and its path left as it is: another mount")));
  EXPECT_FALSE(host_.Exists("/srv/1"));
  EXPECT_TRUE(host_.Exists("/srv/2"));
  EXPECT_THAT(RecordNames(), IsEmpty());
  EXPECT_EQ(manager_->ReservedBytes(), 0u);
}

TEST_F(Remove, LeavesReplacedDirectoryAlone) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.Reboot();
  host_.RemovePath("/srv/h");
  host_.AddDirectory("/srv/h");
  EXPECT_THAT(ManagerFixture::Remove(web_),
              IsErrorWith(Code::kFailedPrecondition, "was not made for the channel"));
  EXPECT_TRUE(host_.Exists("/srv/h"));
  EXPECT_THAT(*ManagerFixture::Remove(web_, true), ElementsAre(HasSubstr("left as it is")));
  EXPECT_TRUE(host_.Exists("/srv/h"));
}

TEST_F(Remove, LeavesRefilledDirectoryAlone) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.AddFile("/srv/h/file");  // beneath the mount, as through another mount namespace
  EXPECT_THAT(ManagerFixture::Remove(web_),
              IsErrorWith(Code::kFailedPrecondition, "\"/srv/h\" is not empty"));
  EXPECT_TRUE(host_.Exists("/srv/h/file"));
  EXPECT_THAT(MountAndCommit(web_),
              IsErrorWith(Code::kFailedPrecondition, "its removal has begun"));
  host_.RemovePath("/srv/h/file");
  EXPECT_THAT(*ManagerFixture::Remove(web_), IsEmpty());
  ExpectNothingLeft();
}

TEST_F(Remove, ReportsChannelWhoseParentWasRenamed) {
  host_.AddDirectory("/srv/p");
  CreateMounted(web_, {Channel("/srv/p/h")});
  host_.Rename("/srv/p", "/srv/q");
  EXPECT_THAT(ManagerFixture::Remove(web_),
              IsErrorWith(Code::kFailedPrecondition, "mounted at \"/srv/q/h\" now"));
  EXPECT_THAT(*ManagerFixture::Remove(web_, true), ElementsAre(HasSubstr("\"/srv/q/h\"")));
  EXPECT_TRUE(host_.IsMounted("/srv/q/h"));
}

TEST_F(Remove, KeepsParentsInUse) {
  CreateMounted(web_, {Channel("/srv/p/q/h")});
  host_.AddFile("/srv/p/file");
  EXPECT_OK(ManagerFixture::Remove(web_));
  EXPECT_FALSE(host_.Exists("/srv/p/q"));
  EXPECT_TRUE(host_.Exists("/srv/p/file"));
}

TEST_F(Remove, IsNotKeptFromByADiskThatTakesNoMark) {
  CreateMounted(web_, {Channel("/srv/h")});
  // No file can be made where a directory has its name.
  ASSERT_OK(os::MakeDirectories(records_ + "/" + IdOf(web_) + "/removing", 0700));
  EXPECT_FALSE(ManagerFixture::Remove(web_)) << "the record cannot be deleted";
  EXPECT_FALSE(host_.Exists("/srv/h")) << "what holds memory is gone all the same";
}

}  // namespace
}  // namespace isulad::host_channel::test
