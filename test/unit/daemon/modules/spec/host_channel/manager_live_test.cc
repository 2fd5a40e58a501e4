// Channels that come to an owner that has others already, and go from it: one at a time.
#include <algorithm>
#include <optional>

#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Live : public ManagerFixture {
 protected:
  Status MountChannel(const Owner& owner, const std::string& path) {
    ASSIGN_OR_RETURN(const auto mounts, manager_->MountChannel(owner.id, path, std::nullopt));
    mounts->Commit();
    return OkStatus();
  }
  std::vector<std::string> PathsOf(const Owner& owner) {
    std::vector<std::string> paths;
    const Result<std::vector<ChannelState>> states = manager_->Describe(owner.id);
    for (const ChannelState& state : *states) {
      paths.push_back(state.channel.host_path);
    }
    return paths;
  }
  // As a daemon that finds a configuration in which `owner` has those at `paths`.
  std::vector<std::string> RestartKnowing(const Owner& owner,
                                          const std::vector<std::string>& paths) {
    Start();
    return manager_->Recover({web_, db_}, [&](const std::string& id, const std::string& path) {
      return id != owner.id || std::find(paths.begin(), paths.end(), path) != paths.end();
    });
  }

  const std::string before_ = host_.Dump();
};

TEST_F(Live, PrepareChecksAgainstWhatTheOwnerHas) {
  host_.AddLink("/link", "/srv");
  ASSERT_OK(Create(web_, {Channel("/srv/one", "/one"), Shared("/srv/s", "/s")}));
  EXPECT_THAT(Create(web_, {Channel("/srv/one/x", "/x")}),
              IsErrorWith(Code::kInvalidArgument, "overlap"));
  EXPECT_THAT(Create(web_, {Channel("/srv/two", "/one/x")}),
              IsErrorWith(Code::kInvalidArgument, "another channel of the container, \"/one\""));
  EXPECT_THAT(Create(web_, {Channel("/srv/two", "/")}), IsErrorWith(Code::kInvalidArgument, ""));
  EXPECT_THAT(Create(web_, {Shared("/srv/s", "/t")}),
              IsErrorWith(Code::kInvalidArgument, "is used by two channels"));
  EXPECT_THAT(Create(web_, {Shared("/link/s", "/t")}),
              IsErrorWith(Code::kInvalidArgument, "is used by two channels"));
  EXPECT_THAT(PathsOf(web_), ElementsAre("/srv/one", "/srv/s"));
  EXPECT_THAT(RecordNames(), SizeIs(2));
}

TEST_F(Live, MountsTheOneChannel) {
  CreateMounted(web_, {Channel("/srv/one", "/one")});
  ASSERT_OK(Create(web_, {Channel("/srv/two", "/two", Access::kReadOnly)}));
  {
    const auto mounts = manager_->MountChannel(web_.id, "/srv/two", std::nullopt);
    ASSERT_OK(mounts);
    ASSERT_THAT((*mounts)->entries(), SizeIs(1));
    EXPECT_EQ((*mounts)->entries()[0].destination, "/two");
    EXPECT_TRUE(host_.IsViewReadOnly((*mounts)->entries()[0].source));
  }
  EXPECT_FALSE(host_.Exists("/srv/two")) << "not committed";
  ASSERT_OK(MountChannel(web_, "/srv/two"));
  EXPECT_TRUE(host_.IsMounted("/srv/two"));
  EXPECT_THAT(ViewNames(), IsEmpty());
  EXPECT_THAT(MountChannel(db_, "/srv/two"), IsErrorWith(Code::kNotFound, "\"/srv/two\""));
}

TEST_F(Live, DoesNotClearWhatHasBeenStarted) {
  HostChannel channel = Channel("/srv/c");
  channel.options.clear = true;
  CreateMounted(web_, {channel});
  host_.WriteInto("/srv/c", 1000);
  ASSERT_OK(MountChannel(web_, "/srv/c"));
  EXPECT_EQ(manager_->Describe(web_.id)->at(0).used, 1000u);
}

TEST_F(Live, KeepsTheOrderInWhichTheyCame) {
  CreateMounted(web_, {Channel("/srv/1", "/1"), Channel("/srv/2", "/2"), Channel("/srv/3", "/3")});
  ASSERT_OK(manager_->RemoveChannel(web_.id, "/srv/2"));
  ASSERT_OK(Create(web_, {Channel("/srv/0", "/0")}));
  EXPECT_THAT(PathsOf(web_), ElementsAre("/srv/1", "/srv/3", "/srv/0"));
}

TEST_F(Live, RemovesTheOneChannel) {
  host_.AddLink("/link", "/srv");
  CreateMounted(web_, {Channel("/srv/one", "/one"), Channel("/srv/p/two", "/two")});
  const auto leaving = manager_->CheckRemoval(web_.id, "/link/p/two");
  ASSERT_OK(leaving);
  EXPECT_EQ(leaving->channel, Channel("/srv/p/two", "/two"));
  EXPECT_EQ(leaving->id, IdOf(web_, 1));
  EXPECT_TRUE(host_.IsMounted("/srv/p/two")) << "only looked";
  const auto removal = manager_->RemoveChannel(web_.id, "/srv/p/two");
  ASSERT_OK(removal);
  EXPECT_THAT(removal->removed, ElementsAre(Channel("/srv/p/two", "/two")));
  EXPECT_FALSE(host_.Exists("/srv/p"));
  EXPECT_THAT(PathsOf(web_), ElementsAre("/srv/one"));
  EXPECT_OK(MountAndCommit(web_));
  ASSERT_OK(Remove(web_));
  EXPECT_FALSE(host_.Exists("/srv/one"));
}

TEST_F(Live, RemovesWhatWasNeverStarted) {
  ASSERT_OK(Create(web_, {Channel("/srv/one")}));
  host_.AddDirectory("/srv/one");  // somebody's by now
  ASSERT_OK(manager_->CheckRemoval(web_.id, "/srv/one"));
  EXPECT_THAT(manager_->RemoveChannel(web_.id, "/srv/one")->removed, IsEmpty());
  EXPECT_TRUE(host_.Exists("/srv/one"));
  EXPECT_THAT(RecordNames(), IsEmpty());
}

TEST_F(Live, SharedOneGoesOnWithTheOthers) {
  CreateMounted(web_, {Shared("/srv/s")});
  CreateMounted(db_, {Shared("/srv/s")});
  host_.MountForeign("/srv/s");
  ASSERT_OK(manager_->CheckRemoval(web_.id, "/srv/s")) << "what is there concerns the last one";
  EXPECT_THAT(manager_->RemoveChannel(web_.id, "/srv/s")->removed, IsEmpty());
  host_.UnmountForeign("/srv/s");
  EXPECT_THAT(PathsOf(web_), IsEmpty());
  EXPECT_TRUE(host_.IsMounted("/srv/s"));
  ASSERT_OK(manager_->RemoveChannel(db_.id, "/srv/s"));
  EXPECT_EQ(host_.Dump(), before_);
}

TEST_F(Live, RemovalThatIsRefusedChangesNothing) {
  CreateMounted(web_, {Channel("/srv/one")});
  host_.MountForeign("/srv/one");
  EXPECT_THAT(manager_->CheckRemoval(web_.id, "/srv/one"),
              IsErrorWith(Code::kFailedPrecondition, "another mount"));
  EXPECT_THAT(manager_->CheckRemoval(web_.id, "/srv/nosuch"),
              IsErrorWith(Code::kNotFound, "\"/srv/nosuch\""));
  EXPECT_THAT(manager_->CheckRemoval(db_.id, "/srv/one"), IsErrorWith(Code::kNotFound, ""));
  host_.UnmountForeign("/srv/one");
  EXPECT_OK(MountAndCommit(web_));
}

TEST_F(Live, RemovalThatFailsCanOnlyBeRepeated) {
  CreateMounted(web_, {Channel("/srv/one")});
  host_.MountForeign("/srv/one");
  EXPECT_FALSE(manager_->RemoveChannel(web_.id, "/srv/one"));
  host_.UnmountForeign("/srv/one");
  EXPECT_THAT(MountAndCommit(web_),
              IsErrorWith(Code::kFailedPrecondition, "its removal has begun"));
  ASSERT_OK(manager_->CheckRemoval(web_.id, "/srv/one"));
  ASSERT_OK(manager_->RemoveChannel(web_.id, "/srv/one"));
  EXPECT_OK(MountAndCommit(web_));
  EXPECT_EQ(host_.Dump(), before_);
}

TEST_F(Live, EveryStepOfARemovalCanFailAndBeRepeated) {
  for (int step = 0;; ++step) {
    CreateMounted(web_, {Channel("/srv/p/one")});
    ops_.FailStep(step);
    const bool removed = manager_->RemoveChannel(web_.id, "/srv/p/one").has_value();
    ops_.FailNothing();
    if (!removed) {
      ASSERT_OK(manager_->RemoveChannel(web_.id, "/srv/p/one"));
    }
    EXPECT_EQ(host_.Dump(), before_);
    EXPECT_THAT(RecordNames(), IsEmpty());
    if (removed) {
      EXPECT_GT(step, 2);
      return;
    }
  }
}

TEST_F(Live, RecoverTakesWhatTheOwnerDoesNotKnowOf) {
  CreateMounted(web_, {Channel("/srv/one", "/one"), Channel("/srv/two", "/two")});
  EXPECT_THAT(RestartKnowing(web_, {"/srv/one"}),
              ElementsAre("removed host channel \"/srv/two\" of \"web\", which does not have it "
                          "any more"));
  EXPECT_THAT(PathsOf(web_), ElementsAre("/srv/one"));
  EXPECT_FALSE(host_.Exists("/srv/two"));
  EXPECT_THAT(RestartKnowing(web_, {"/srv/one"}), IsEmpty());
}

TEST_F(Live, RecoverTakesAnOwnerThatDoesNotKnowFromTheOthers) {
  CreateMounted(web_, {Shared("/srv/s")});
  CreateMounted(db_, {Shared("/srv/s")});
  EXPECT_THAT(RestartKnowing(web_, {}),
              ElementsAre(HasSubstr("\"web\", which does not have it any more, had host channel")));
  EXPECT_THAT(PathsOf(web_), IsEmpty());
  EXPECT_THAT(PathsOf(db_), ElementsAre("/srv/s"));
}

TEST_F(Live, RecoverFinishesARemovalThatWasDecided) {
  CreateMounted(web_, {Channel("/srv/one", "/one"), Channel("/srv/two", "/two")});
  ops_.set_strike([](int, const char* name) -> Status {
    return std::string(name) == "Unmount" ? Status(Internal("the engine dies")) : OkStatus();
  });
  EXPECT_FALSE(manager_->RemoveChannel(web_.id, "/srv/two"));
  ops_.FailNothing();
  EXPECT_THAT(RestartKnowing(web_, {"/srv/one"}),
              ElementsAre(HasSubstr("removed host channel \"/srv/two\"")));
  EXPECT_OK(MountAndCommit(web_));
  ASSERT_OK(Remove(web_));
  EXPECT_EQ(host_.Dump(), before_);
}

}  // namespace
}  // namespace isulad::host_channel::test
