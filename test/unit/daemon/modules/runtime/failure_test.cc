// Real complaints of crun 1.8.1 and runc 1.1.5, collected by making them fail.
#include <gtest/gtest.h>

#include "daemon/modules/runtime/oci_runtime.h"

namespace isulad::runtime {
namespace {

struct Sample {
  const char* name;
  const char* log;
  const char* reason;
  int exit_code;
};

void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }

class FailureTest : public ::testing::TestWithParam<Sample> {};

TEST_P(FailureTest, GivesCleanReasonAndExitCode) {
  const RuntimeFailure failure = ExplainFailure(GetParam().log);
  EXPECT_EQ(failure.reason, GetParam().reason);
  EXPECT_EQ(failure.exit_code, GetParam().exit_code);
}

constexpr Sample kCrun[] = {
    {"CommandNotFound",
     R"({"msg":"executable file `nosuch` not found in $PATH: No such file or directory","level":"error","time":"2026-01-02T03:04:05.199293Z"}
)",
     R"(executable file "nosuch" not found in $PATH: no such file or directory)", 127},
    {"PathNotFound",
     R"({"msg":"executable file `/bin/nosuch` not found in $PATH: No such file or directory","level":"error","time":"2026-01-02T03:04:05.353934Z"}
)",
     R"(executable file "/bin/nosuch" not found in $PATH: no such file or directory)", 127},
    {"NotExecutable",
     R"({"msg":"open executable: Permission denied","level":"error","time":"2026-01-02T03:04:05.509585Z"}
)",
     "open executable: permission denied", 126},
    {"IsADirectory",
     R"({"msg":"open executable: Operation not permitted","level":"error","time":"2026-01-02T03:04:05.649726Z"}
)",
     "open executable: operation not permitted", 126},
    {"ExecFormat",
     R"({"msg":"exec: Exec format error","level":"error","time":"2026-01-02T03:04:05.238529Z"}
)",
     "exec: exec format error", 126},
    {"InterpreterMissing",
     R"({"msg":"exec container process (missing dynamic library?) `/bin/badinterp`: No such file or directory","level":"error","time":"2026-01-02T03:04:05.704635Z"}
)",
     R"(exec container process (missing dynamic library?) "/bin/badinterp": no such file or directory)",
     127},
    {"WorkdirMissing",
     R"({"msg":"chdir `/nosuch1`: No such file or directory","level":"error","time":"2026-01-02T03:04:05.256959Z"}
)",
     R"(chdir "/nosuch1": no such file or directory)", 0},
    {"WorkdirIsAFile",
     R"({"msg":"chdir `/bin/busybox`: Not a directory","level":"error","time":"2026-01-02T03:04:05.901566Z"}
)",
     R"(chdir "/bin/busybox": not a directory)", 0},
    {"RootfsMissing",
     R"({"msg":"make `/srv/nope` private: No such file or directory","level":"error","time":"2026-01-02T03:04:05.964201Z"}
)",
     R"(make "/srv/nope" private: no such file or directory)", 0},
    {"BindSourceMissing",
     R"({"msg":"error stat'ing file `/nosuchsrc`: No such file or directory","level":"error","time":"2026-01-02T03:04:05.013186Z"}
)",
     R"(error stat'ing file "/nosuchsrc": no such file or directory)", 0},
};

constexpr Sample kRunc[] = {
    {"OnAMountThatExecutesNothing",
     R"({"level":"error","msg":"exec failed: unable to start container process: eaccess /c/program: permission denied","time":"2026-01-02T03:04:05Z"}
)",
     "eaccess /c/program: permission denied", 126},
    {"CommandNotFound",
     R"({"level":"error","msg":"runc run failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH","time":"2026-01-02T03:04:05Z"}
)",
     R"(exec: "nosuch": executable file not found in $PATH)", 127},
    {"PathNotFound",
     R"({"level":"error","msg":"runc run failed: unable to start container process: exec: \"/bin/nosuch\": stat /bin/nosuch: no such file or directory","time":"2026-01-02T03:04:05Z"}
)",
     R"(exec: "/bin/nosuch": stat /bin/nosuch: no such file or directory)", 127},
    {"NotExecutable",
     R"({"level":"error","msg":"runc run failed: unable to start container process: exec: \"/bin/noperm\": permission denied","time":"2026-01-02T03:04:05Z"}
)",
     R"(exec: "/bin/noperm": permission denied)", 126},
    {"ExecCommandNotFound",
     R"({"level":"error","msg":"exec failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH","time":"2026-01-02T03:04:05Z"}
)",
     R"(exec: "nosuch": executable file not found in $PATH)", 127},
    {"ExecIsADirectory",
     R"({"level":"error","msg":"exec failed: unable to start container process: exec: \"/bin\": permission denied","time":"2026-01-02T03:04:05Z"}
)",
     R"(exec: "/bin": permission denied)", 126},
    {"ExecWorkdirMissing",
     R"({"level":"error","msg":"exec failed: unable to start container process: chdir to cwd (\"/nosuch1\") set in config.json failed: no such file or directory","time":"2026-01-02T03:04:05Z"}
)",
     R"(chdir to cwd ("/nosuch1") set in config.json failed: no such file or directory)", 0},
    {"WorkdirIsAFile",
     R"({"level":"error","msg":"runc run failed: unable to start container process: error during container init: mkdir /bin/busybox: not a directory","time":"2026-01-02T03:04:05Z"}
)",
     "mkdir /bin/busybox: not a directory", 0},
    {"RootfsMissing",
     R"({"level":"error","msg":"runc run failed: invalid rootfs: stat /srv/nope: no such file or directory","time":"2026-01-02T03:04:05Z"}
)",
     "invalid rootfs: stat /srv/nope: no such file or directory", 0},
    {"BindSourceMissing",
     R"({"level":"error","msg":"runc run failed: unable to start container process: error during container init: error mounting \"/nosuchsrc\" to rootfs at \"/mnt\": stat /nosuchsrc: no such file or directory","time":"2026-01-02T03:04:05Z"}
)",
     R"(error mounting "/nosuchsrc" to rootfs at "/mnt": stat /nosuchsrc: no such file or directory)",
     0},
};

std::string SampleName(const ::testing::TestParamInfo<Sample>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Crun, FailureTest, ::testing::ValuesIn(kCrun), SampleName);
INSTANTIATE_TEST_SUITE_P(Runc, FailureTest, ::testing::ValuesIn(kRunc), SampleName);

TEST(ExplainFailure, TakesTheLastErrorAndSkipsWarnings) {
  const RuntimeFailure failure = ExplainFailure(
      R"({"level":"error","msg":"first","time":"t"}
{"level":"error","msg":"runc run failed: second","time":"t"}
{"level":"warning","msg":"cannot remove a directory","time":"t"}
)");
  EXPECT_EQ(failure.reason, "second");
}

TEST(ExplainFailure, TakesTextThatIsNotJson) {
  EXPECT_EQ(ExplainFailure("unknown flag --frob\n\n").reason, "unknown flag --frob");
}

TEST(ExplainFailure, KeepsTheReasonOnOneLine) {
  EXPECT_EQ(ExplainFailure(R"({"level":"error","msg":"one\ntwo"})").reason, "one two");
}

TEST(ExplainFailure, SaysSomethingAboutAnEmptyLog) {
  EXPECT_EQ(ExplainFailure("").reason, "the runtime gave no reason");
  EXPECT_EQ(ExplainFailure("\n{}\n").reason, "the runtime gave no reason");
  EXPECT_EQ(ExplainFailure("").exit_code, 0);
}

}  // namespace
}  // namespace isulad::runtime
