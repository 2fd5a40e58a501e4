// What --user-remap changes in the OCI configuration.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/modules/spec/builder.h"
#include "support/result_matchers.h"

namespace isulad::spec {
namespace {

using test::IsErrorWith;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Input RemappedInput(uint32_t size) {
  Input input;
  input.id = "id1";
  input.hostname = "host1";
  input.rootfs = "/srv/rootfs";
  input.process.add_args("sh");
  input.cgroup_path = "/isulad/id1";
  input.user_remap = UserRemap{100000, 200000, size};
  return input;
}

std::string Text(const Input& input) {
  const Result<Output> output = Build(input);
  EXPECT_OK(output);
  return output ? json::Serialize(output->config) : "";
}

TEST(UserNamespace, MapsUsersAndGroups) {
  EXPECT_THAT(
      Text(RemappedInput(65536)),
      AllOf(HasSubstr(R"({"type":"user"})"),
            HasSubstr(R"("uidMappings":[{"containerID":0,"hostID":100000,"size":65536}])"),
            HasSubstr(R"("gidMappings":[{"containerID":0,"hostID":200000,"size":65536}])")));
}

TEST(UserNamespace, IsNotThereWhereNotAskedFor) {
  Input input = RemappedInput(1);
  input.user_remap.reset();
  EXPECT_THAT(Text(input), AllOf(Not(HasSubstr(R"("user"})")), Not(HasSubstr("Mappings"))));
}

TEST(UserNamespace, GivesTerminalsTheirGroupOnlyWhereItIsMapped) {
  EXPECT_THAT(Text(RemappedInput(6)), HasSubstr("\"gid=5\""));
  EXPECT_THAT(Text(RemappedInput(5)), Not(HasSubstr("gid=5")));
}

TEST(UserNamespace, RefusesAProcessWithIdsThatAreNotMapped) {
  struct Case {
    Identity identity;
    std::string reason;
  };
  for (const Case& bad : {Case{{10, 0, {}, "/"}, "uid 10 of the process is not mapped"},
                          Case{{0, 10, {}, "/"}, "gid 10 of the process is not mapped"},
                          Case{{0, 0, {9, 70000}, "/"}, "gid 70000 of the process"}}) {
    Input input = RemappedInput(10);
    input.identity = bad.identity;
    EXPECT_THAT(Build(input), IsErrorWith(Code::kInvalidArgument, bad.reason));
    ExecInput exec;
    exec.process = input.process;
    exec.identity = bad.identity;
    EXPECT_OK(BuildExecProcess(exec)) << "without a user namespace";
    exec.user_remap = input.user_remap;
    EXPECT_THAT(BuildExecProcess(exec),
                IsErrorWith(Code::kInvalidArgument, "\"100000:200000:10\" has 0 to 9"));
  }
}

}  // namespace
}  // namespace isulad::spec
