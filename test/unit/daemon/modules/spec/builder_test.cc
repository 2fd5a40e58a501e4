#include "daemon/modules/spec/builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"

namespace isulad::spec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Input MinimalInput() {
  Input input;
  input.id = "id1";
  input.hostname = "host1";
  input.rootfs = "/srv/rootfs";
  input.process.args = {"sh"};
  input.identity.home = "/root";
  input.cgroup_path = "/isulad/id1";
  input.available_capabilities = ~uint64_t{0};
  return input;
}

Output BuildOk(const Input& input) {
  Result<Output> output = Build(input);
  EXPECT_OK(output);
  return output ? *std::move(output) : Output{};
}

// The value at "a/b/c", null where there is none.
json::Value At(const json::Value& value, std::string_view path) {
  const json::Value* current = &value;
  while (!path.empty()) {
    const size_t slash = path.find('/');
    const json::Object* object = current->AsObject();
    current = object == nullptr ? nullptr : object->Find(path.substr(0, slash));
    if (current == nullptr) {
      return {};
    }
    path = slash == std::string_view::npos ? "" : path.substr(slash + 1);
  }
  return *current;
}

std::vector<std::string> Strings(const json::Value& value) {
  std::vector<std::string> result;
  for (const json::Value& element : *value.AsArray()) {
    result.push_back(*element.AsString());
  }
  return result;
}

TEST(Build, FillsTheFrameOfTheDocument) {
  Input input = MinimalInput();
  input.rootfs_read_only = true;
  input.annotations = {{"a.b", "c"}};
  const json::Value config = BuildOk(input).config;
  EXPECT_EQ(At(config, "ociVersion"), json::Value("1.0.2"));
  EXPECT_EQ(At(config, "root/path"), json::Value("/srv/rootfs"));
  EXPECT_EQ(At(config, "root/readonly"), json::Value(true));
  EXPECT_EQ(At(config, "hostname"), json::Value("host1"));
  EXPECT_EQ(At(config, "linux/cgroupsPath"), json::Value("/isulad/id1"));
  EXPECT_EQ(At(config, "annotations/a.b"), json::Value("c"));
  EXPECT_THAT(*At(config, "linux/namespaces").AsArray(), SizeIs(6));
}

TEST(Build, RefusesMissingCommand) {
  Input input = MinimalInput();
  input.process.args.clear();
  EXPECT_THAT(Build(input), test::IsErrorWith(Code::kInvalidArgument, "no command"));
}

TEST(Build, PutsDefaultsBeforeTheUsersEnvironment) {
  Input input = MinimalInput();
  EXPECT_THAT(Strings(At(BuildOk(input).config, "process/env")),
              ElementsAre("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                          "HOSTNAME=host1", "HOME=/root"));
  input.process.terminal = true;
  input.system_container = true;
  input.process.env = {"PATH=/bin", "A=1", "TERM=vt100", "HOME=/here", "A=2"};
  EXPECT_THAT(Strings(At(BuildOk(input).config, "process/env")),
              ElementsAre("PATH=/bin", "HOSTNAME=host1", "TERM=vt100", "container=oci", "A=2",
                          "HOME=/here"));
}

TEST(Build, GivesATerminalItsSizeFromTheStart) {
  Input input = MinimalInput();
  input.console = {40, 132};
  EXPECT_TRUE(At(BuildOk(input).config, "process/consoleSize").IsNull());
  input.process.terminal = true;
  EXPECT_EQ(At(BuildOk(input).config, "process/consoleSize/height"), json::Value(40));
  EXPECT_EQ(At(BuildOk(input).config, "process/consoleSize/width"), json::Value(132));
}

TEST(Build, FillsTheProcess) {
  Input input = MinimalInput();
  input.process = {{"echo", "a b"}, {}, "", "/work", true};
  input.identity = {1000, 100, {29, 44}, "/home/user"};
  const json::Value config = BuildOk(input).config;
  EXPECT_THAT(Strings(At(config, "process/args")), ElementsAre("echo", "a b"));
  EXPECT_EQ(At(config, "process/cwd"), json::Value("/work"));
  EXPECT_EQ(At(config, "process/terminal"), json::Value(true));
  EXPECT_EQ(At(config, "process/user/uid"), json::Value(1000));
  EXPECT_EQ(At(config, "process/user/gid"), json::Value(100));
  EXPECT_EQ(At(config, "process/user/additionalGids"), json::Value(json::Array{29, 44}));
  EXPECT_EQ(At(config, "process/noNewPrivileges"), json::Value(false));
  EXPECT_EQ(At(BuildOk(MinimalInput()).config, "process/cwd"), json::Value("/"));
}

TEST(Build, GivesRootCapabilitiesAndOthersOnlyTheBound) {
  Input input = MinimalInput();
  json::Value config = BuildOk(input).config;
  EXPECT_THAT(Strings(At(config, "process/capabilities/effective")), SizeIs(14));
  EXPECT_THAT(Strings(At(config, "process/capabilities/inheritable")), IsEmpty());
  input.identity.uid = 1;
  config = BuildOk(input).config;
  EXPECT_THAT(Strings(At(config, "process/capabilities/bounding")), SizeIs(14));
  EXPECT_THAT(Strings(At(config, "process/capabilities/effective")), IsEmpty());
  EXPECT_THAT(Strings(At(config, "process/capabilities/permitted")), IsEmpty());
  EXPECT_THAT(Strings(At(config, "process/capabilities/ambient")), IsEmpty());
}

TEST(Build, LeavesOutCapabilitiesThatTheDaemonLacks) {
  Input input = MinimalInput();
  input.available_capabilities = 1;
  const Output output = BuildOk(input);
  EXPECT_THAT(Strings(At(output.config, "process/capabilities/bounding")),
              ElementsAre("CAP_CHOWN"));
  EXPECT_THAT(output.warnings, IsEmpty());
}

TEST(Build, WritesLimitsThatWereAskedFor) {
  Input input = MinimalInput();
  input.resources = {64 << 20, 128 << 20, 1'500'000'000, 42};
  const Output output = BuildOk(input);
  const json::Value resources = At(output.config, "linux/resources");
  EXPECT_EQ(At(resources, "memory/limit"), json::Value(64 << 20));
  EXPECT_EQ(At(resources, "memory/swap"), json::Value(128 << 20));
  EXPECT_EQ(At(resources, "cpu/quota"), json::Value(150000));
  EXPECT_EQ(At(resources, "cpu/period"), json::Value(100000));
  EXPECT_EQ(At(resources, "pids/limit"), json::Value(42));
  EXPECT_THAT(output.warnings, IsEmpty());
}

TEST(Build, WritesNoLimitThatWasNotAskedFor) {
  Input input = MinimalInput();
  input.resources.pids_limit = -1;
  const json::Value resources = At(BuildOk(input).config, "linux/resources");
  EXPECT_TRUE(At(resources, "memory").IsNull());
  EXPECT_TRUE(At(resources, "cpu").IsNull());
  EXPECT_TRUE(At(resources, "pids").IsNull());
  input.resources.memory = 64 << 20;
  EXPECT_TRUE(At(BuildOk(input).config, "linux/resources/memory/swap").IsNull());
}

TEST(Build, PassesUnlimitedSwapOn) {
  Input input = MinimalInput();
  input.resources.memory = 64 << 20;
  input.resources.memory_swap = -1;
  EXPECT_EQ(At(BuildOk(input).config, "linux/resources/memory/swap"), json::Value(-1));
}

TEST(Build, WarnsAboutSwapLimitWithoutAccounting) {
  Input input = MinimalInput();
  input.resources.memory = 64 << 20;
  input.resources.memory_swap = 128 << 20;
  input.swap_accounting = false;
  const Output output = BuildOk(input);
  EXPECT_EQ(At(output.config, "linux/resources/memory/limit"), json::Value(64 << 20));
  EXPECT_TRUE(At(output.config, "linux/resources/memory/swap").IsNull());
  EXPECT_THAT(output.warnings, ElementsAre(HasSubstr("--memory-swap")));
}

TEST(Build, DeniesAllDevicesBeforeItAllowsSome) {
  const json::Value config = BuildOk(MinimalInput()).config;
  const json::Value devices = At(config, "linux/resources/devices");
  const json::Array& rules = *devices.AsArray();
  EXPECT_EQ(At(rules.front(), "allow"), json::Value(false));
  EXPECT_EQ(At(rules.front(), "type"), json::Value("a"));
  EXPECT_EQ(At(rules.front(), "access"), json::Value("rwm"));
  for (size_t i = 1; i < rules.size(); ++i) {
    EXPECT_EQ(At(rules[i], "allow"), json::Value(true));
    // Only making nodes is allowed without naming the device.
    if (At(rules[i], "major").IsNull()) {
      EXPECT_EQ(At(rules[i], "access"), json::Value("m"));
    }
  }
}

TEST(Build, ProgramGoesIntoTheAnnotationAndProfileIntoLinux) {
  Input input = MinimalInput();
  EXPECT_TRUE(At(BuildOk(input).config, "linux/seccomp").IsNull());
  input.seccomp_profile = json::Object();
  EXPECT_FALSE(At(BuildOk(input).config, "linux/seccomp").IsNull());
  input.seccomp_program = "AAAA";
  input.annotations = {{"run.oci.seccomp_bpf_data", "from elsewhere"}};
  const json::Value config = BuildOk(input).config;
  EXPECT_EQ(At(config, "annotations/run.oci.seccomp_bpf_data"), json::Value("AAAA"));
  EXPECT_TRUE(At(config, "linux/seccomp").IsNull());
}

TEST(BuildExecProcess, AddsToTheContainersEnvironment) {
  ExecInput input;
  input.process = {{"top"}, {"B=3", "C=4"}, "", "/tmp", true};
  input.identity = {5, 6, {}, "/home/five"};
  input.available_capabilities = ~uint64_t{0};
  input.hostname = "host1";
  input.container_env = {"PATH=/bin", "B=2"};
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
