// Resize: up and down, refused, taken back, settled by the next engine.
#include <algorithm>
#include <memory>

#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::HasSubstr;
using testing::IsEmpty;

class Resize : public ManagerFixture {
 protected:
  Status ResizeTo(uint64_t size, const std::string& path = "/srv/c") {
    ASSIGN_OR_RETURN(const auto resizing, manager_->Resize(web_.id, path, size));
    RETURN_IF_ERROR(resizing->Apply());
    return resizing->Commit();
  }
  ChannelState State() const { return manager_->List().at(0); }
  // Of record, file system and reservation.
  void ExpectSize(uint64_t size) {
    EXPECT_EQ(State().channel.size, size);
    EXPECT_EQ(State().used + State().free, size);
    EXPECT_EQ(manager_->ReservedBytes(), size);
  }
};

TEST_F(Resize, ChangesWhatIsMounted) {
  CreateMounted(web_, {Channel("/srv/c")});
  host_.WriteInto("/srv/c", 4096);
  ASSERT_OK(ResizeTo(8 * kMiB));
  ExpectSize(8 * kMiB);
  EXPECT_EQ(State().inodes, DefaultInodes(8 * kMiB)) << "the inode limit follows";
  ASSERT_OK(ResizeTo(4096));
  ExpectSize(4096);
  EXPECT_EQ(State().inodes, DefaultInodes(4096));
}

TEST_F(Resize, ChangesTheRecordOfWhatIsNotMounted) {
  ASSERT_OK(Create(web_, {Channel("/srv/c")}));
  ASSERT_OK(ResizeTo(2 * kMiB));
  EXPECT_EQ(State().channel.size, 2 * kMiB);
  EXPECT_THAT(Restart({web_}), IsEmpty());
  ASSERT_OK(MountAndCommit(web_));
  ExpectSize(2 * kMiB);
}

TEST_F(Resize, RoundsUpToPages) {
  CreateMounted(web_, {Channel("/srv/c")});
  ASSERT_OK(ResizeTo(kMiB + 1));
  ExpectSize(kMiB + 4096);
}

TEST_F(Resize, OutlivesTheEngine) {
  CreateMounted(web_, {Channel("/srv/c")});
  ASSERT_OK(ResizeTo(2 * kMiB));
  EXPECT_THAT(Restart({web_}), IsEmpty());
  ExpectSize(2 * kMiB);
}

TEST_F(Resize, FindsTheChannelThroughLinks) {
  host_.AddLink("/link", "/srv");
  CreateMounted(web_, {Channel("/link/c")});
  ASSERT_OK(ResizeTo(2 * kMiB, "/link/c"));
  ASSERT_OK(ResizeTo(3 * kMiB, "/srv//c/"));
  ExpectSize(3 * kMiB);
}

TEST_F(Resize, RefusesLessThanIsInUseAndSaysHowMuchThatIs) {
  CreateMounted(web_, {Channel("/srv/c")});
  host_.WriteInto("/srv/c", 12288);
  EXPECT_THAT(ResizeTo(8192), IsErrorWith(Code::kResourceExhausted, "holds 12K (12288 bytes)"));
  ExpectSize(kMiB);
  EXPECT_OK(ResizeTo(12288));
}

TEST_F(Resize, HoldsToTheLimits) {
  memory_max_ = 8 * kMiB;
  Start();
  CreateMounted(web_, {Channel("/srv/c")});
  EXPECT_THAT(ResizeTo(4095), IsErrorWith(Code::kInvalidArgument, "is too small"));
  EXPECT_THAT(ResizeTo(32 * kMiB + 1), IsErrorWith(Code::kInvalidArgument, "is too large"));
  EXPECT_THAT(ResizeTo(9 * kMiB), IsErrorWith(Code::kResourceExhausted, "9M: at most 8M"));
  ExpectSize(kMiB);
  EXPECT_OK(ResizeTo(8 * kMiB));
}

TEST_F(Resize, KnowsOnlyTheOwnersChannels) {
  CreateMounted(db_, {Channel("/srv/c")});
  EXPECT_THAT(ResizeTo(2 * kMiB), IsErrorWith(Code::kNotFound, "\"/srv/c\""));
}

TEST_F(Resize, RefusesWhereAMountIsInTheWay) {
  CreateMounted(web_, {Channel("/srv/c")});
  host_.MountForeign("/srv/c");
  EXPECT_THAT(ResizeTo(2 * kMiB), IsErrorWith(Code::kFailedPrecondition, "another mount"));
  host_.UnmountForeign("/srv/c");
  ExpectSize(kMiB);
}

TEST_F(Resize, IsTakenBackUnlessCommitted) {
  CreateMounted(web_, {Channel("/srv/c")});
  for (const uint64_t size : {4 * kMiB, uint64_t{4096}}) {
    {
      const auto resizing = *manager_->Resize(web_.id, "/srv/c", size);
      EXPECT_EQ(resizing->old_size(), kMiB);
      EXPECT_EQ(resizing->new_size(), size);
      EXPECT_EQ(manager_->ReservedBytes(), std::max(size, kMiB)) << "both are reserved";
      EXPECT_OK(resizing->Apply());
    }
    ExpectSize(kMiB);
  }
}

TEST_F(Resize, ThatCannotBeTakenBackIsSettledByTheNextEngine) {
  CreateMounted(web_, {Channel("/srv/c")});
  {
    const auto resizing = *manager_->Resize(web_.id, "/srv/c", 4 * kMiB);
    ASSERT_OK(resizing->Apply());
    host_.WriteInto("/srv/c", 2 * kMiB);
  }
  EXPECT_EQ(manager_->ReservedBytes(), 4 * kMiB);
  EXPECT_THAT(Restart({web_}), testing::ElementsAre(HasSubstr("settled the interrupted resize")));
  ExpectSize(4 * kMiB);
}

TEST_F(Resize, IsNotBegunTwice) {
  CreateMounted(web_, {Channel("/srv/c")});
  const auto resizing = *manager_->Resize(web_.id, "/srv/c", 4 * kMiB);
  EXPECT_THAT(ResizeTo(2 * kMiB), IsErrorWith(Code::kAborted, "is being resized"));
}

TEST_F(Resize, InterruptedEndsWithTheLargerSize) {
  CreateMounted(web_, {Channel("/srv/c")});
  for (const bool apply : {false, true}) {
    for (const uint64_t size : {4 * kMiB, uint64_t{4096}}) {
      {
        std::unique_ptr<Manager> died;  // outlives what it has begun
        const auto resizing = *manager_->Resize(web_.id, "/srv/c", size);
        if (apply) {
          ASSERT_OK(resizing->Apply());
        }
        died = std::move(manager_);
        EXPECT_THAT(Restart({web_}),
                    testing::ElementsAre(HasSubstr("settled the interrupted resize")));
        ExpectSize(std::max(size, kMiB));
      }
      Restart({web_});
      ASSERT_OK(ResizeTo(kMiB));
    }
  }
}

TEST_F(Resize, FailsWithoutATrace) {
  CreateMounted(web_, {Channel("/srv/c")});
  for (const uint64_t size : {4 * kMiB, uint64_t{4096}}) {
    for (int step = 0;; ++step) {
      ops_.FailStep(step);
      const bool resized = ResizeTo(size).has_value();
      ops_.FailNothing();
      if (resized) {
        ASSERT_GT(step, 2);
        break;
      }
      ExpectSize(kMiB);
    }
    ASSERT_OK(ResizeTo(kMiB));
  }
}

}  // namespace
}  // namespace isulad::host_channel::test
