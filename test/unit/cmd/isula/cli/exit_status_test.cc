#include "cmd/isula/cli/exit_status.h"

#include "gtest/gtest.h"

namespace isulad::cli {
namespace {

TEST(ExitStatus, IsUsageForEveryCommandWhenThereIsNoDaemon) {
  EXPECT_EQ(ExitStatusOf(Unavailable("x"), Refusal::kFailure), 125);
  EXPECT_EQ(ExitStatusOf(Unavailable("x"), Refusal::kUsage), 125);
}

TEST(ExitStatus, DependsOnTheCommandWhenTheDaemonRefuses) {
  EXPECT_EQ(ExitStatusOf(NotFound("x"), Refusal::kFailure), 1);
  EXPECT_EQ(ExitStatusOf(NotFound("x"), Refusal::kUsage), 125);
}

TEST(ExitStatus, TellsWhyTheContainersCommandDidNotRun) {
  const Error not_found = FailedPrecondition("x").WithExitCode(127);
  const Error not_executable = FailedPrecondition("x").WithExitCode(126);
  EXPECT_EQ(ExitStatusOf(not_found, Refusal::kUsage), 127);
  EXPECT_EQ(ExitStatusOf(not_executable, Refusal::kUsage), 126);
  EXPECT_EQ(ExitStatusOf(not_found, Refusal::kFailure), 1);
}

}  // namespace
}  // namespace isulad::cli
