#include "daemon/modules/container/top.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"

namespace isulad::container {
namespace {

using ::testing::ElementsAre;

TEST(SelectProcesses, KeepsTheTitlesAndThoseOfTheContainer) {
  const auto lines = SelectProcesses(
      "UID          PID    PPID CMD\n"
      "root           1       0 init\n"
      "root          17       1 sh -c PID 1\n"
      "1000         170      17 sleep 17\n",
      {17, 170});
  ASSERT_OK(lines);
  EXPECT_THAT(*lines,
              ElementsAre("UID          PID    PPID CMD", "root          17       1 sh -c PID 1",
                          "1000         170      17 sleep 17"));
}

TEST(SelectProcesses, TakesWhateverColumnThePidIsIn) {
  const auto lines = SelectProcesses("  PID S\n    7 R\n\nPID\n    8", {7, 8});
  ASSERT_OK(lines);
  EXPECT_THAT(*lines, ElementsAre("  PID S", "    7 R", "    8"));
}

TEST(SelectProcesses, RefusesWhatHasNoSuchColumn) {
  EXPECT_THAT(SelectProcesses("CMD\ninit\n", {1}),
              test::IsErrorWith(Code::kFailedPrecondition, "no column PID"));
  EXPECT_THAT(SelectProcesses("", {1}), test::IsErrorWith(Code::kFailedPrecondition, "PID"));
}

}  // namespace
}  // namespace isulad::container
