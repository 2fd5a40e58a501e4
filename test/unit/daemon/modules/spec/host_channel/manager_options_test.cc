// The options of channels, from what was asked to what is mounted.
#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::IsEmpty;

class OptionsOfChannels : public ManagerFixture {
 protected:
  static HostChannel With(const std::string& options, uint64_t size = kMiB) {
    HostChannel channel = Channel("/srv/h", "/c", Access::kReadWrite, size);
    channel.options = *ParseOptions(options);
    return channel;
  }
};

TEST_F(OptionsOfChannels, ReachTheMount) {
  CreateMounted(web_, {With("exec,noswap,huge=advise,mpol=bind:0-1+3,nr_inodes=77,mode=0770,uid=5,"
                            "gid=6,clear")});
  const TmpfsOptions options = host_.OptionsAt("/srv/h");
  EXPECT_TRUE(options.exec);
  EXPECT_TRUE(options.noswap);
  EXPECT_TRUE(options.clear);
  EXPECT_FALSE(options.follow_symlinks);
  EXPECT_EQ(options.huge, "advise");
  EXPECT_EQ(options.memory_policy, "bind:0-1,3") << "as the kernel writes it";
  EXPECT_EQ(options.inodes, 77u);
  EXPECT_EQ(options.mode, 0770u);
  EXPECT_EQ(options.uid, 5u);
  EXPECT_EQ(options.gid, 6u);
}

TEST_F(OptionsOfChannels, OutliveTheEngine) {
  const HostChannel channel = With("noswap,mpol=interleave:0-1,mode=0700");
  CreateMounted(web_, {channel});
  EXPECT_THAT(Restart({web_}), IsEmpty());
  EXPECT_EQ(manager_->Describe(web_.id)->at(0).channel, channel);
}

TEST_F(OptionsOfChannels, ResizeMovesTheInodeLimitOnlyWhereItWasNotGiven) {
  for (const bool given : {true, false}) {
    CreateMounted(web_, {With(given ? "nr_inodes=100" : "")});
    {
      const auto resizing = *manager_->Resize(web_.id, "/srv/h", 32 * kMiB);
      ASSERT_OK(resizing->Apply());
      ASSERT_OK(resizing->Commit());
    }
    EXPECT_EQ(host_.OptionsAt("/srv/h").inodes, given ? 100u : DefaultInodes(32 * kMiB));
    ASSERT_OK(Remove(web_));
  }
}

TEST_F(OptionsOfChannels, ThatTheKernelLacksAreRefusedByName) {
  for (const std::string name : {"noswap", "huge", "mpol"}) {
    host_.Lack(name);
  }
  for (const std::string item : {"noswap", "huge=always", "mpol=local"}) {
    EXPECT_THAT(Create(web_, {With("symlinks," + item)}),
                IsErrorWith(Code::kInvalidArgument,
                            "host channel option \"" + item +
                                "\" is not supported by this kernel: tmpfs: Unknown parameter"));
  }
  EXPECT_THAT(RecordNames(), IsEmpty());
  EXPECT_OK(Create(web_, {With("symlinks,mode=0700")}));
}

TEST_F(OptionsOfChannels, TheKernelIsAskedOnce) {
  ASSERT_OK(Create(web_, {With("noswap")}));
  ASSERT_OK(Remove(web_));
  host_.Lack("noswap");  // it cannot come to, in truth
  EXPECT_OK(Create(web_, {With("noswap")}));
}

TEST_F(OptionsOfChannels, AQuestionThatFailsIsAskedAgain) {
  ops_.FailStep(0);
  EXPECT_THAT(Create(web_, {With("noswap")}), IsErrorWith(Code::kInternal, "injected into Probe"));
  ops_.FailNothing();
  EXPECT_OK(Create(web_, {With("noswap")}));
}

TEST_F(OptionsOfChannels, ClearEmptiesAtEachStart) {
  for (const bool clear : {true, false}) {
    CreateMounted(web_, {With(clear ? "clear" : "")});
    host_.WriteInto("/srv/h", 4096);
    ASSERT_OK(MountAndCommit(web_));
    EXPECT_EQ(manager_->Describe(web_.id)->at(0).used, clear ? 0u : 4096u);
    ASSERT_OK(Remove(web_));
  }
}

TEST_F(OptionsOfChannels, AreCheckedForThoseWhoDoNotParseThem) {
  HostChannel channel = With("share");
  channel.options.clear = true;
  EXPECT_THAT(Create(web_, {channel}), IsErrorWith(Code::kInvalidArgument, "excludes \"share\""));
  channel = With("");
  channel.options.huge = "sometimes";
  EXPECT_THAT(Create(web_, {channel}), IsErrorWith(Code::kInvalidArgument, "huge=sometimes"));
}

}  // namespace
}  // namespace isulad::host_channel::test
