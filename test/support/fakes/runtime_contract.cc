#include "support/fakes/runtime_contract.h"

#include <gmock/gmock.h>

#include <vector>

#include "support/result_matchers.h"

namespace isulad::test {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;

}  // namespace

void RuntimeContract::SetUp() {
  world_ = GetParam()();
  if (world_ == nullptr) {
    GTEST_SKIP() << "needs root, the runtime and busybox";
  }
}

void RuntimeContract::ExpectNothingOf(const std::string& id) {
  EXPECT_FALSE(world_->IsUp(id));
  EXPECT_FALSE(world_->IsKnown(id));
  EXPECT_FALSE(world_->HasCgroup(id));
}

TEST_P(RuntimeContract, DeletesWhatItDoesNotKnow) {
  EXPECT_OK(runtime().Delete("never-seen"));
  ExpectNothingOf("never-seen");
}

TEST_P(RuntimeContract, EndsARunningContainerThatItDeletes) {
  ASSERT_OK(world_->Start("one"));
  ASSERT_TRUE(world_->IsUp("one"));
  ASSERT_TRUE(world_->IsKnown("one"));
  ASSERT_TRUE(world_->HasCgroup("one"));
  EXPECT_OK(runtime().Delete("one"));
  ExpectNothingOf("one");
  EXPECT_OK(runtime().Delete("one"));
}

TEST_P(RuntimeContract, EndsAContainerThatWasCreatedAndNotStarted) {
  ASSERT_OK(world_->Create("one"));
  ASSERT_TRUE(world_->IsUp("one"));
  ASSERT_TRUE(world_->IsKnown("one"));
  EXPECT_OK(runtime().Delete("one"));
  ExpectNothingOf("one");
}

TEST_P(RuntimeContract, DeletesWhatIsLeftOfAContainerThatHasEnded) {
  ASSERT_OK(world_->Start("one"));
  world_->EndProcess("one");
  ASSERT_TRUE(world_->IsKnown("one"));
  EXPECT_OK(runtime().Delete("one"));
  ExpectNothingOf("one");
}

TEST_P(RuntimeContract, LeavesOtherContainersAlone) {
  ASSERT_OK(world_->Start("one"));
  ASSERT_OK(world_->Start("another"));
  EXPECT_OK(runtime().Delete("one"));
  ExpectNothingOf("one");
  EXPECT_TRUE(world_->IsUp("another"));
  EXPECT_TRUE(world_->IsKnown("another"));
  EXPECT_TRUE(world_->HasCgroup("another"));
}

TEST_P(RuntimeContract, StartsAnIdAgainOnceItIsDeleted) {
  ASSERT_OK(world_->Start("one"));
  EXPECT_FALSE(world_->Start("one")) << "it is there";
  EXPECT_TRUE(world_->IsUp("one")) << "and stays";
  ASSERT_OK(runtime().Delete("one"));
  EXPECT_OK(world_->Start("one"));
  EXPECT_TRUE(world_->IsUp("one"));
}

TEST_P(RuntimeContract, NamesInItsCommandsWhatWasAskedFor) {
  const std::vector<std::string> start =
      runtime().StartCommand({"one", "/bundle", "/pid", "/log", "console"});
  EXPECT_EQ(start.front(), runtime().path());
  EXPECT_THAT(start, IsSupersetOf({"run", "one", "/bundle", "/pid", "/log", "console"}));
  EXPECT_THAT(runtime().StartCommand({"one", "/bundle", "/pid", "/log", ""}),
              Not(Contains("--console-socket")));
  const std::vector<std::string> exec =
      runtime().ExecCommand({"one", "/process", "/pid", "/log", "console", "/child"});
  EXPECT_EQ(exec.front(), runtime().path());
  EXPECT_THAT(exec, IsSupersetOf({"exec", "one", "/process", "/pid", "/log", "console", "/child"}));
  const std::vector<std::string> plain =
      runtime().ExecCommand({"one", "/process", "/pid", "/log", "", ""});
  EXPECT_THAT(plain, Not(Contains("--console-socket")));
  EXPECT_THAT(plain, Not(Contains("--cgroup")));
}

}  // namespace isulad::test
