// The option "share": one channel for several owners, from the first that asks for it to the last
// that goes.
#include <atomic>
#include <thread>

#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Share : public ManagerFixture {
 protected:
  std::vector<std::string> OwnerNames() const {
    std::vector<std::string> names;
    const std::vector<ChannelState> channels = manager_->List();
    for (const OwnerEntry& entry : channels.at(0).owners) {
      names.push_back(entry.owner.name);
    }
    return names;
  }
  void ExpectRefused(const HostChannel& asked, const std::string& reason) {
    EXPECT_THAT(Create(db_, {asked}), IsErrorWith(Code::kAlreadyExists, reason));
    EXPECT_THAT(*manager_->Describe(db_.id), IsEmpty());
  }

  const std::string before_ = host_.Dump();
  const Owner log_{"log-id", "log"};
};

TEST_F(Share, IsOneChannelThatEachOwnerHasInItsOwnWay) {
  CreateMounted(web_, {Shared("/srv/h", "/web")});
  host_.WriteInto("/srv/h", 1000);
  ASSERT_OK(Create(db_, {Channel("/srv/own"), Shared("/srv/h", "/db", Access::kReadOnly)}));
  EXPECT_EQ(IdOf(web_), IdOf(db_, 1));
  EXPECT_EQ(manager_->Describe(web_.id)->at(0).channel, Shared("/srv/h", "/web"));
  EXPECT_EQ(manager_->Describe(db_.id)->at(1).channel, Shared("/srv/h", "/db", Access::kReadOnly));
  EXPECT_THAT(manager_->Describe(db_.id)->at(1).owners,
              ElementsAre(OwnerEntry{web_, "/web", Access::kReadWrite, 0},
                          OwnerEntry{db_, "/db", Access::kReadOnly, 1}));
  EXPECT_EQ(manager_->ReservedBytes(), 2 * kMiB) << "counted once";
  const auto mounts = manager_->Mount(db_.id);
  ASSERT_OK(mounts);
  (*mounts)->Commit();
  EXPECT_THAT((*mounts)->mounted(), ElementsAre(Channel("/srv/own"))) << "the other was";
  EXPECT_EQ((*mounts)->entries()[1].destination, "/db");
  EXPECT_TRUE(host_.IsViewReadOnly((*mounts)->entries()[1].source));
  EXPECT_EQ(manager_->Describe(db_.id)->at(1).used, 1000u) << "contents are kept";
}

TEST_F(Share, IsRefusedWhereEitherSideDidNotAsk) {
  ASSERT_OK(Create(web_, {Channel("/srv/own"), Shared("/srv/h", "/s")}));
  ExpectRefused(Shared("/srv/own"),
                "\"/srv/own\" is already reserved by \"web\", whose channel has not the option "
                "\"share\"");
  ExpectRefused(Channel("/srv/h"),
                "\"/srv/h\" is already reserved by \"web\", whose channel takes others with the "
                "option \"share\" only");
  ExpectRefused(Shared("/srv/h/inner"), "overlaps with \"/srv/h\"");
}

TEST_F(Share, IsRefusedWithTheFirstOwnerAndWhatDiffers) {
  ASSERT_OK(Create(web_, {Shared("/srv/h")}));
  ASSERT_OK(Create(log_, {Shared("/srv/h")}));
  ExpectRefused(Shared("/srv/h", "/c", Access::kReadWrite, 2 * kMiB),
                "\"/srv/h\" is shared by \"web\" with the size 1M, not 2M");
  HostChannel other = Shared("/srv/h");
  other.options.symlinks = true;
  ExpectRefused(other,
                "\"/srv/h\" is shared by \"web\" with the options \"share\", not "
                "\"share,symlinks\"");
}

TEST_F(Share, RefusesAllOfARequestOfWhichAPartIsRefused) {
  ASSERT_OK(Create(web_, {Shared("/srv/h")}));
  EXPECT_FALSE(Create(db_, {Shared("/srv/h"), Channel("/srv/x", "/x"), Channel("/proc/x", "/y")}));
  host_.AddDirectory("/srv/there");
  EXPECT_FALSE(Create(db_, {Shared("/srv/h"), Channel("/srv/there", "/x")}));
  EXPECT_THAT(OwnerNames(), ElementsAre("web"));
  EXPECT_THAT(RecordNames(), SizeIs(1));
}

TEST_F(Share, SeesThroughLinksInParents) {
  host_.AddLink("/link", "/srv");
  ASSERT_OK(Create(web_, {Shared("/srv/h")}));
  ASSERT_OK(Create(db_, {Shared("/link/h")}));
  EXPECT_EQ(IdOf(web_), IdOf(db_));
}

TEST_F(Share, GoesWithTheLastOwner) {
  CreateMounted(web_, {Shared("/srv/p/h")});
  CreateMounted(db_, {Shared("/srv/p/h")});
  host_.WriteInto("/srv/p/h", 1000);
  EXPECT_THAT(manager_->Remove(web_.id, false)->removed, IsEmpty());
  EXPECT_EQ(manager_->Describe(db_.id)->at(0).used, 1000u);
  EXPECT_THAT(OwnerNames(), ElementsAre("db"));
  EXPECT_THAT(manager_->Remove(db_.id, false)->removed, ElementsAre(Shared("/srv/p/h")));
  EXPECT_EQ(host_.Dump(), before_);
  EXPECT_THAT(RecordNames(), IsEmpty());
  EXPECT_EQ(manager_->ReservedBytes(), 0u);
}

TEST_F(Share, OfAnOwnerThatGoesIsNotTouchedEvenWhereItIsBlocked) {
  CreateMounted(web_, {Shared("/srv/h")});
  ASSERT_OK(Create(db_, {Shared("/srv/h")}));
  host_.MountForeign("/srv/h");
  EXPECT_THAT(*Remove(db_, true), IsEmpty());
  EXPECT_THAT(*Remove(db_), IsEmpty());
  EXPECT_FALSE(Remove(web_));
  host_.UnmountForeign("/srv/h");
  ASSERT_OK(Create(db_, {Shared("/srv/h")})) << "nothing has begun";
  EXPECT_OK(Remove(web_));
  EXPECT_OK(Remove(db_));
}

TEST_F(Share, OwnersOutliveTheEngine) {
  CreateMounted(web_, {Shared("/srv/h", "/web")});
  ASSERT_OK(Create(db_, {Shared("/srv/h", "/db", Access::kReadOnly)}));
  EXPECT_THAT(Restart({web_, db_}), IsEmpty());
  EXPECT_THAT(OwnerNames(), ElementsAre("web", "db"));
  EXPECT_EQ(manager_->Describe(db_.id)->at(0).channel.container_path, "/db");
  EXPECT_THAT(Restart({{db_.id, "data"}}),
              ElementsAre(HasSubstr("\"web\", which does not exist any more")));
  EXPECT_THAT(OwnerNames(), ElementsAre("data"));
  EXPECT_TRUE(host_.IsMounted("/srv/h"));
  EXPECT_THAT(Restart({db_}), IsEmpty()) << "said once";
  Restart({});
  EXPECT_EQ(host_.Dump(), before_);
}

TEST_F(Share, CreateThatIsUndoneLeavesTheOthers) {
  CreateMounted(web_, {Shared("/srv/h")});
  { ASSERT_OK(manager_->Prepare(db_, {Shared("/srv/h")}, {})); }
  EXPECT_THAT(OwnerNames(), ElementsAre("web"));
  EXPECT_TRUE(host_.IsMounted("/srv/h"));
}

TEST_F(Share, CreateThatIsUndoneAfterTheOthersHaveGoneTakesItAway) {
  CreateMounted(web_, {Shared("/srv/h")});
  {
    const auto preparation = manager_->Prepare(db_, {Shared("/srv/h")}, {});
    ASSERT_OK(preparation);
    ASSERT_OK(Remove(web_));
    EXPECT_TRUE(host_.IsMounted("/srv/h"));
  }
  EXPECT_EQ(host_.Dump(), before_);
  EXPECT_THAT(RecordNames(), IsEmpty());
}

TEST_F(Share, CreateThatIsUndoneLeavesWhatOthersHaveJoined) {
  {
    const auto preparation = manager_->Prepare(db_, {Shared("/srv/h")}, {});
    ASSERT_OK(preparation);
    ASSERT_OK(Create(web_, {Shared("/srv/h")}));
  }
  EXPECT_THAT(OwnerNames(), ElementsAre("web"));
  EXPECT_OK(MountAndCommit(web_));
  EXPECT_OK(Remove(web_));
}

TEST_F(Share, StartThatIsUndoneKeepsWhatAnotherReliesOn) {
  ASSERT_OK(Create(web_, {Shared("/srv/h")}));
  ASSERT_OK(Create(db_, {Shared("/srv/h")}));
  auto first = *manager_->Mount(web_.id);
  auto second = *manager_->Mount(db_.id);
  EXPECT_THAT(ViewNames(), SizeIs(2)) << "each has a view of its own";
  first.reset();
  EXPECT_TRUE(host_.IsMounted("/srv/h")) << "the second stands on it";
  EXPECT_THAT(ViewNames(), SizeIs(1));
  second->Commit();
  EXPECT_THAT(second->mounted(), SizeIs(1)) << "it is the one that brought it to stay";
  second.reset();
  EXPECT_TRUE(host_.IsMounted("/srv/h"));
  EXPECT_OK(Remove(web_));
  EXPECT_OK(Remove(db_));
  EXPECT_EQ(host_.Dump(), before_);
}

TEST_F(Share, StartsThatAreAllUndoneLeaveNothing) {
  ASSERT_OK(Create(web_, {Shared("/srv/h")}));
  ASSERT_OK(Create(db_, {Shared("/srv/h")}));
  auto first = *manager_->Mount(web_.id);
  auto second = *manager_->Mount(db_.id);
  first.reset();
  second.reset();
  EXPECT_EQ(host_.Dump(), before_);
  EXPECT_THAT(*Remove(web_), IsEmpty());
  EXPECT_THAT(*Remove(db_), IsEmpty()) << "as if nothing had been started";
}

TEST_F(Share, StartThatIsUndoneKeepsWhatAnotherHasCommitted) {
  ASSERT_OK(Create(web_, {Shared("/srv/h")}));
  ASSERT_OK(Create(db_, {Shared("/srv/h")}));
  auto first = *manager_->Mount(web_.id);
  ASSERT_OK(MountAndCommit(db_));
  first.reset();
  EXPECT_TRUE(host_.IsMounted("/srv/h"));
}

TEST_F(Share, CanBeMountedAfreshByAnyOwnerAfterAReboot) {
  host_.set_marks(false);
  CreateMounted(web_, {Shared("/srv/h")});
  ASSERT_OK(Create(db_, {Shared("/srv/h")}));
  host_.Reboot();
  EXPECT_THAT(Restart({web_, db_}), IsEmpty());
  ASSERT_OK(MountAndCommit(db_));
  ASSERT_OK(Remove(web_));
  ASSERT_OK(Remove(db_));
  EXPECT_EQ(host_.Dump(), before_);
}

TEST_F(Share, IsResizedForAllByOne) {
  CreateMounted(web_, {Shared("/srv/h", "/web")});
  CreateMounted(db_, {Shared("/srv/h", "/db")});
  {
    const auto resizing = manager_->Resize(db_.id, "/srv/h", 2 * kMiB);
    ASSERT_OK(resizing);
    EXPECT_THAT((*resizing)->owners(), SizeIs(2));
    EXPECT_THAT(Create(log_, {Shared("/srv/h", "/l", Access::kReadWrite, 2 * kMiB)}),
                IsErrorWith(Code::kAborted, "is being resized"));
    EXPECT_THAT(manager_->Resize(web_.id, "/srv/h", 3 * kMiB), IsErrorWith(Code::kAborted, ""));
    ASSERT_OK((*resizing)->Apply());
    ASSERT_OK((*resizing)->Commit());
  }
  EXPECT_EQ(manager_->Describe(web_.id)->at(0).channel.size, 2 * kMiB);
  EXPECT_EQ(host_.OptionsAt("/srv/h").size, 2 * kMiB);
  EXPECT_OK(Create(log_, {Shared("/srv/h", "/l", Access::kReadWrite, 2 * kMiB)}));
}

TEST_F(Share, ResizeOutlivesTheOwnerThatAskedForIt) {
  CreateMounted(web_, {Shared("/srv/h")});
  CreateMounted(db_, {Shared("/srv/h")});
  const auto resizing = manager_->Resize(db_.id, "/srv/h", 2 * kMiB);
  ASSERT_OK(resizing);
  ASSERT_OK(Remove(db_));
  ASSERT_OK((*resizing)->Apply());
  ASSERT_OK((*resizing)->Commit());
  EXPECT_EQ(manager_->Describe(web_.id)->at(0).channel.size, 2 * kMiB);
  EXPECT_THAT(OwnerNames(), ElementsAre("web"));
}

TEST_F(Share, RemovalThatHasBegunCanNotBeJoined) {
  CreateMounted(web_, {Shared("/srv/h")});
  host_.AddFile("/srv/h/file");  // beneath the mount
  EXPECT_FALSE(Remove(web_));
  EXPECT_THAT(Create(db_, {Shared("/srv/h")}),
              IsErrorWith(Code::kFailedPrecondition, "by \"web\", and its removal has begun"));
}

TEST_F(Share, RacingCreatesMakeOneChannel) {
  for (int round = 0; round < 20; ++round) {
    Status first;
    Status second;
    std::thread one([&] { first = Create(web_, {Shared("/srv/h"), Channel("/srv/w", "/w")}); });
    std::thread two([&] { second = Create(db_, {Channel("/srv/d", "/d"), Shared("/srv/h")}); });
    one.join();
    two.join();
    ASSERT_OK(first);
    ASSERT_OK(second);
    EXPECT_EQ(IdOf(web_), IdOf(db_, 1));
    EXPECT_THAT(RecordNames(), SizeIs(3));
    ASSERT_OK(Remove(web_));
    ASSERT_OK(Remove(db_));
  }
  EXPECT_THAT(RecordNames(), IsEmpty());
}

TEST_F(Share, CreateThatRacesWithTheLastRemovalFindsAWholeChannelOrMakesOne) {
  for (int round = 0; round < 50; ++round) {
    CreateMounted(web_, {Shared("/srv/h")});
    Status removed;
    Status created;
    std::thread one([&] { removed = Status(Remove(web_) ? OkStatus() : Internal("not removed")); });
    std::thread two([&] { created = Create(db_, {Shared("/srv/h")}); });
    one.join();
    two.join();
    ASSERT_OK(removed);
    ASSERT_OK(created);
    EXPECT_THAT(OwnerNames(), ElementsAre("db"));
    ASSERT_OK(MountAndCommit(db_));
    ASSERT_OK(Remove(db_));
    ASSERT_EQ(host_.Dump(), before_);
  }
}

TEST_F(Share, OwnersThatComeStartAndGoAtOnceLeaveNothing) {
  std::atomic<bool> failed = false;
  const auto live = [&](const Owner& owner) {
    for (int round = 0; round < 40; ++round) {
      if (!Create(owner, {Shared("/srv/p/h")})) {
        failed = true;
        return;
      }
      {
        const auto mounts = manager_->Mount(owner.id);
        failed = failed || !mounts || !host_.IsMounted("/srv/p/h");
        if (mounts && round % 2 == 0) {
          (*mounts)->Commit();
        }
      }
      failed = failed || !Remove(owner);
    }
  };
  std::vector<std::thread> threads;
  for (const Owner& owner : {web_, db_, log_}) {
    threads.emplace_back(live, owner);
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_FALSE(failed);
  EXPECT_EQ(host_.Dump(), before_);
  EXPECT_THAT(RecordNames(), IsEmpty());
  EXPECT_THAT(ViewNames(), IsEmpty());
}

}  // namespace
}  // namespace isulad::host_channel::test
