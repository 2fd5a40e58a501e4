#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/modules/spec/builder.h"
#include "json_path.h"
#include "support/from_text.h"
#include "support/result_matchers.h"

namespace isulad::spec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(BuildExecProcess, AddsToTheContainersEnvironment) {
  ExecInput input;
  input.process = test::FromText<ProcessConfig>(
      R"(args: "top" env: "B=3" env: "C=4" workdir: "/tmp" terminal: true)");
  input.identity = {5, 6, {}, "/home/five"};
  input.available_capabilities = ~uint64_t{0};
  input.hostname = "host1";
  input.container_env.Add("PATH=/bin");
  input.container_env.Add("B=2");
  ASSERT_OK_AND_ASSIGN(const json::Value process, BuildExecProcess(input));
  EXPECT_THAT(Strings(At(process, "env")), ElementsAre("PATH=/bin", "HOSTNAME=host1", "TERM=xterm",
                                                       "B=3", "C=4", "HOME=/home/five"));
  EXPECT_EQ(At(process, "cwd"), json::Value("/tmp"));
  EXPECT_EQ(At(process, "terminal"), json::Value(true));
  EXPECT_EQ(At(process, "user/uid"), json::Value(5));
  EXPECT_THAT(Strings(At(process, "capabilities/effective")), IsEmpty());
  EXPECT_THAT(Strings(At(process, "capabilities/bounding")), SizeIs(14));
}

TEST(BuildExecProcess, RefusesMissingCommand) {
  EXPECT_THAT(BuildExecProcess({}), test::IsErrorWith(Code::kInvalidArgument, "no command"));
}

}  // namespace
}  // namespace isulad::spec
