#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "daemon/modules/runtime/oci_runtime.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::runtime {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Not;

class CommandLineTest : public ::testing::Test {
 protected:
  // A program called `name` that runs `script`.
  std::string Program(const std::string& name, const std::string& script) {
    const std::string path = directory_.Sub(name);
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    ::chmod(path.c_str(), 0755);
    return path;
  }

  std::unique_ptr<OciRuntime> Create(const std::string& name, const std::string& path,
                                     bool hybrid = false) {
    auto runtime = CreateRuntime({name, path, {"--debug"}, directory_.Sub("state")}, hybrid);
    EXPECT_OK(runtime);
    return runtime ? *std::move(runtime) : nullptr;
  }

  test::TempDir directory_;
};

TEST_F(CommandLineTest, StartsDetachedWithLogAndPidFile) {
  const std::string path = Program("crun", "exit 0");
  const auto runtime = Create("crun", path);
  EXPECT_THAT(runtime->StartCommand({"id1", "/bundle", "/pid", "/log", ""}),
              ElementsAre(path, "--root", directory_.Sub("state"), "--log", "/log", "--log-format",
                          "json", "--debug", "run", "--detach", "--bundle", "/bundle", "--pid-file",
                          "/pid", "id1"));
}

TEST_F(CommandLineTest, NamesTheConsoleSocketOfATerminal) {
  const auto runtime = Create("runc", Program("runc", "exit 0"));
  EXPECT_THAT(runtime->StartCommand({"id1", "/bundle", "/pid", "/log", "/console"}),
              IsSupersetOf({"--console-socket", "/console"}));
  const std::vector<std::string> exec =
      runtime->ExecCommand({"id1", "/process", "/pid", "/log", "/console"});
  EXPECT_THAT(exec, IsSupersetOf({"exec", "--detach", "--process", "/process", "--pid-file", "/pid",
                                  "--console-socket", "/console"}));
  EXPECT_EQ(exec.back(), "id1");
}

TEST_F(CommandLineTest, NamesTheCgroupOfAnExecOnlyWhereItHasOneOfItsOwn) {
  const auto runtime = Create("crun", Program("crun", "exit 0"));
  EXPECT_THAT(runtime->ExecCommand({"id1", "/process", "/pid", "/log", "", "/isula.exec"}),
              IsSupersetOf({"--cgroup", "/isula.exec"}));
  EXPECT_THAT(runtime->ExecCommand({"id1", "/process", "/pid", "/log", ""}),
              Not(Contains("--cgroup")));
}

TEST_F(CommandLineTest, HidesTheUnifiedHierarchyFromCrunOnHybridHostsOnly) {
  const std::string crun = Program("crun", "exit 0");
  const std::string runc = Program("runc", "exit 0");
  EXPECT_TRUE(Create("crun", crun, true)->NeedsUnifiedCgroupHidden());
  EXPECT_FALSE(Create("crun", crun, false)->NeedsUnifiedCgroupHidden());
  EXPECT_FALSE(Create("runc", runc, true)->NeedsUnifiedCgroupHidden());
  EXPECT_TRUE(Create("crun", crun)->TakesSeccompProgram());
  EXPECT_FALSE(Create("runc", runc)->TakesSeccompProgram());
  EXPECT_TRUE(Create("crun", crun)->GivesTmpfsItsMode());
  EXPECT_FALSE(Create("runc", runc)->GivesTmpfsItsMode());
}

TEST_F(CommandLineTest, TakesTheAdapterFromTheProgramWhereTheNameIsTheUsers) {
  const auto runtime = Create("mine", Program("runc", "exit 0"));
  EXPECT_EQ(runtime->name(), "runc");
}

TEST_F(CommandLineTest, RefusesUnknownAndMissingPrograms) {
  EXPECT_THAT(CreateRuntime({"kata", "/bin/true", {}, directory_.Sub("state")}, false),
              test::IsErrorWith(Code::kInvalidArgument, "\"kata\""));
  EXPECT_THAT(CreateRuntime({"crun", directory_.Sub("crun"), {}, directory_.Sub("state")}, false),
              test::IsErrorWith(Code::kNotFound, directory_.Sub("crun")));
  EXPECT_THAT(CreateRuntime({"crun", directory_.path(), {}, directory_.Sub("state")}, false),
              test::IsErrorWith(Code::kNotFound, "not an executable file"));
}

TEST_F(CommandLineTest, MakesTheStateDirectoryForRootAlone) {
  Create("crun", Program("crun", "exit 0"));
  struct stat status {};
  ASSERT_EQ(::stat(directory_.Sub("state").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0700u);
}

TEST_F(CommandLineTest, DeletesByForce) {
  const auto runtime = Create("crun", Program("crun", "echo \"$@\" > " + directory_.Sub("args")));
  ASSERT_OK(runtime->Delete("id1"));
  std::string line;
  std::ifstream args(directory_.Sub("args"));
  std::getline(args, line);
  EXPECT_EQ(line, "--root " + directory_.Sub("state") + " --debug delete --force id1");
}

// What it says is the runtime's own business and changes with its version.
TEST_F(CommandLineTest, DeletingAContainerWhoseStateTheRuntimeDoesNotKnowSucceeds) {
  const auto runtime = Create("runc", Program("runc", "echo 'something about it' >&2; exit 1"));
  EXPECT_OK(runtime->Delete("id1"));
}

// Deletes nothing, and knows every container.
constexpr char kStubborn[] = "case \"$*\" in *' state id1') exit 0 ;; esac\n";

TEST_F(CommandLineTest, DeleteReportsWhatTheRuntimeSaysOfAContainerThatItKnows) {
  const auto runtime = Create(
      "crun",
      Program("crun", std::string(kStubborn) + "echo 'it does not exist, or so' >&2; exit 1"));
  EXPECT_THAT(runtime->Delete("id1"),
              test::IsErrorWith(Code::kInternal, "it does not exist, or so"));
  const auto silent = Create("runc", Program("runc", std::string(kStubborn) + "exit 3"));
  EXPECT_THAT(silent->Delete("id1"), test::IsErrorWith(Code::kInternal, "exit status 3"));
}

TEST_F(CommandLineTest, DeleteDoesNotWaitForARuntimeThatHangs) {
  const std::string path = Program("crun", "sleep 1000 & wait");
  ASSERT_OK_AND_ASSIGN(
      const auto runtime,
      CreateRuntime({"crun", path, {}, directory_.Sub("state"), std::chrono::milliseconds(200)},
                    /*hybrid_cgroups=*/false));
  EXPECT_THAT(runtime->Delete("id1"),
              test::IsErrorWith(Code::kDeadlineExceeded, "crun delete: it did not end in time"));
}

TEST(FindRuntime, FindsProgramsOfTheSystemOnly) {
  EXPECT_NE(FindRuntime("sh"), "");
  EXPECT_EQ(FindRuntime("no-such-runtime"), "");
}

}  // namespace
}  // namespace isulad::runtime
