#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Recover : public ManagerFixture {};

TEST_F(Recover, FindsNothingAtFirst) { EXPECT_THAT(manager_->Recover({}), IsEmpty()); }

TEST_F(Recover, AdoptsMountedChannels) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.WriteInto("/srv/h", 1000);
  EXPECT_THAT(Restart({web_}), IsEmpty());
  const ChannelState state = manager_->Describe(web_.id)->at(0);
  EXPECT_TRUE(state.mounted);
  EXPECT_EQ(state.used, 1000u);
  EXPECT_EQ(manager_->ReservedBytes(), kMiB);
  EXPECT_THAT(Create(db_, {Channel("/srv/h")}), IsErrorWith(Code::kAlreadyExists, "\"web\""));
  EXPECT_OK(Remove(web_));
}

TEST_F(Recover, TakesOwnersNamesAsTheyAreNow) {
  ASSERT_OK(Create(web_, {Channel("/srv/h")}));
  Restart({{web_.id, "shop"}});
  EXPECT_THAT(Create(db_, {Channel("/srv/h")}), IsErrorWith(Code::kAlreadyExists, "\"shop\""));
}

TEST_F(Recover, RemovesChannelsOfOwnersThatAreGone) {
  const std::string before = host_.Dump();
  CreateMounted(web_, {Channel("/srv/p/h")});
  EXPECT_THAT(
      Restart({db_}),
      ElementsAre("removed host channel \"/srv/p/h\" of \"web\", which does not exist any more"));
  EXPECT_EQ(host_.Dump(), before);
  EXPECT_THAT(RecordNames(), IsEmpty());
  EXPECT_THAT(Restart({}), IsEmpty());
}

TEST_F(Recover, KeepsAndReportsOrphanThatCannotBeRemoved) {
  CreateMounted(web_, {Channel("/srv/h")});
  host_.MountForeign("/srv/h");
  EXPECT_THAT(Restart({}), ElementsAre(HasSubstr("could not remove a channel of \"web\"")));
  EXPECT_THAT(Create(db_, {Channel("/srv/h")}), IsErrorWith(Code::kAlreadyExists, "\"web\""))
      << "still reserved";
  host_.UnmountForeign("/srv/h");
  EXPECT_THAT(Restart({}), ElementsAre(HasSubstr("removed host channel \"/srv/h\"")));
  EXPECT_FALSE(host_.Exists("/srv/h"));
}

TEST_F(Recover, SetsDamagedRecordAsideAndServesTheOthers) {
  ASSERT_OK(Create(web_, {Channel("/srv/1")}));
  const std::string damaged = IdOf(web_);
  ASSERT_OK(Create(db_, {Channel("/srv/2")}));
  ASSERT_OK(
      os::WriteFileAtomic(records_ + "/" + damaged + "/channel.json", "{", 0600, os::Sync::kNone));
  EXPECT_THAT(Restart({web_, db_}), ElementsAre(HasSubstr("is damaged")));
  EXPECT_THAT(RecordNames(), Contains(damaged + ".damaged"));
  EXPECT_OK(MountAndCommit(db_));
}

TEST_F(Recover, FinishesInterruptedRemovalAndRemembersIt) {
  CreateMounted(web_, {Channel("/srv/1", "/1"), Channel("/srv/2", "/2")});
  // The second channel's unmount fails as if the engine had died there.
  ops_.set_strike([unmounts = 0](int, const char* name) mutable -> Status {
    return std::string(name) == "Unmount" && ++unmounts == 2 ? Status(Internal("died"))
                                                             : OkStatus();
  });
  EXPECT_FALSE(Remove(web_));
  ops_.FailNothing();
  EXPECT_TRUE(host_.IsMounted("/srv/2"));
  EXPECT_THAT(
      Restart({web_}),
      ElementsAre(HasSubstr("finished the interrupted removal of host channel \"/srv/2\"")));
  EXPECT_FALSE(host_.Exists("/srv/2"));
  EXPECT_THAT(MountAndCommit(web_),
              IsErrorWith(Code::kFailedPrecondition, "its removal has begun"));
  EXPECT_THAT(Restart({web_}), IsEmpty()) << "said once";
  EXPECT_THAT(*Remove(web_), IsEmpty());
  EXPECT_THAT(RecordNames(), IsEmpty());
}

TEST_F(Recover, TakesAwayViewsOfInterruptedStarts) {
  ASSERT_OK(os::MakeDirectories(views_ + "/left", 0700));
  EXPECT_THAT(Restart({}), ElementsAre(HasSubstr("left by an interrupted start")));
  EXPECT_THAT(ViewNames(), IsEmpty());
}

TEST_F(Recover, ClearsAwayUnfinishedDirectories) {
  ASSERT_OK(Create(web_, {Channel("/srv/p/h")}));
  const std::string unfinished = "/srv/.isulad-" + IdOf(web_);
  host_.AddDirectory(unfinished);
  EXPECT_THAT(Restart({web_}), IsEmpty());
  EXPECT_FALSE(host_.Exists(unfinished));
}

TEST_F(Recover, GoesOnWhereTheHostFailsIt) {
  ASSERT_OK(Create(web_, {Channel("/srv/1")}));
  ASSERT_OK(Create(db_, {Channel("/srv/2")}));
  Start();
  ops_.set_strike([](int, const char*) -> Status { return Internal("broken"); });
  EXPECT_THAT(manager_->Recover({web_, db_}),
              ElementsAre(HasSubstr("broken"), HasSubstr("broken")));
  ops_.FailNothing();
  EXPECT_OK(MountAndCommit(web_));
  EXPECT_OK(MountAndCommit(db_));
}

}  // namespace
}  // namespace isulad::host_channel::test
