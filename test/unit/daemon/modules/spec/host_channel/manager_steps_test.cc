// Every step of every verb fails once: what was there before is there again, and the verb can be
// repeated.
#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using testing::IsEmpty;

class Steps : public ManagerFixture {
 protected:
  std::vector<HostChannel> TwoChannels() const {
    return {Channel("/srv/p/q/1", "/1"), Channel("/srv/p/2", "/2", Access::kReadOnly)};
  }

  // How many steps `verb` takes where none fails.
  template <typename Verb>
  int CountSteps(const Verb& verb) {
    ops_.FailNothing();
    ops_.set_strike(nullptr);
    EXPECT_OK(verb());
    return ops_.steps();
  }
};

TEST_F(Steps, PrepareFailsWithoutATrace) {
  const std::string before = host_.Dump();
  const int steps = CountSteps([&] { return Create(web_, TwoChannels()); });
  ASSERT_OK(Remove(web_));
  ASSERT_GT(steps, 1);
  for (int step = 0; step < steps; ++step) {
    ops_.FailStep(step);
    EXPECT_FALSE(Create(web_, TwoChannels())) << "step " << step;
    EXPECT_EQ(host_.Dump(), before) << "step " << step;
    EXPECT_THAT(RecordNames(), IsEmpty()) << "step " << step;
    EXPECT_EQ(manager_->ReservedBytes(), 0u) << "step " << step;
  }
  ops_.FailNothing();
  EXPECT_OK(Create(web_, TwoChannels()));
}

TEST_F(Steps, MountFailsWithoutATrace) {
  ASSERT_OK(Create(web_, TwoChannels()));
  const std::string before = host_.Dump();
  const int steps = CountSteps([&] { return manager_->Mount(web_.id); });
  ASSERT_EQ(host_.Dump(), before) << "not committed";
  ASSERT_GT(steps, 10);
  int failed = 0;
  for (int step = 0; step < steps; ++step) {
    ops_.FailStep(step);
    failed += manager_->Mount(web_.id) ? 0 : 1;
    ops_.FailNothing();
    // A step that belongs to the undoing itself cannot be undone: the next start or Recover finds
    // what it left.
    ASSERT_OK(manager_->Mount(web_.id)) << "step " << step;
    ASSERT_OK(Remove(web_)) << "step " << step;
    ASSERT_EQ(host_.Dump(), before) << "step " << step;
    EXPECT_THAT(ViewNames(), IsEmpty()) << "step " << step;
    ASSERT_OK(Create(web_, TwoChannels()));
  }
  EXPECT_GT(failed, 10);
}

TEST_F(Steps, MountThatFailsLeavesTheHostAsItWas) {
  for (int step = 0;; ++step) {
    ASSERT_OK(Create(web_, TwoChannels()));
    const std::string before = host_.Dump();
    ops_.FailStep(step);
    Result<std::unique_ptr<Manager::Mounts>> mounts = manager_->Mount(web_.id);
    ops_.FailNothing();
    if (mounts) {
      ASSERT_GT(step, 10) << "the last step of a start";
      break;
    }
    EXPECT_EQ(host_.Dump(), before) << "step " << step;
    EXPECT_THAT(ViewNames(), IsEmpty()) << "step " << step;
    ASSERT_OK(Remove(web_));
  }
}

TEST_F(Steps, MountThatFailsOnARunningChannelKeepsItsContents) {
  CreateMounted(web_, TwoChannels());
  host_.WriteInto("/srv/p/2", 1000);
  const std::string before = host_.Dump();
  for (int step = 0;; ++step) {
    ops_.FailStep(step);
    const bool mounted = MountAndCommit(web_).has_value();
    const bool struck = ops_.steps() > step;
    ops_.FailNothing();
    EXPECT_OK(MountAndCommit(web_)) << "step " << step;
    EXPECT_EQ(host_.Dump(), before) << "step " << step;
    if (mounted && !struck) {
      break;
    }
  }
}

TEST_F(Steps, RemoveIsFinishedByRepeatingIt) {
  const std::string before = host_.Dump();
  for (int step = 0;; ++step) {
    CreateMounted(web_, TwoChannels());
    ops_.FailStep(step);
    const bool removed = Remove(web_).has_value();
    ops_.FailNothing();
    EXPECT_OK(Remove(web_)) << "step " << step;
    EXPECT_EQ(host_.Dump(), before) << "step " << step;
    EXPECT_THAT(RecordNames(), IsEmpty()) << "step " << step;
    if (removed) {
      ASSERT_GT(step, 4);
      break;
    }
  }
}

TEST_F(Steps, RemoveIsFinishedByRecoverWhereTheOwnerIsGone) {
  const std::string before = host_.Dump();
  for (int step = 0;; ++step) {
    CreateMounted(web_, TwoChannels());
    ops_.FailStep(step);
    const bool removed = Remove(web_).has_value();
    ops_.FailNothing();
    Restart({});
    EXPECT_EQ(host_.Dump(), before) << "step " << step;
    EXPECT_THAT(RecordNames(), IsEmpty()) << "step " << step;
    if (removed) {
      break;
    }
  }
}

}  // namespace
}  // namespace isulad::host_channel::test
