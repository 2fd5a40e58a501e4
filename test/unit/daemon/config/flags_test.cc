#include "daemon/config/flags.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::config {
namespace {

using test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;

class FlagsTest : public testing::Test {
 protected:
  FlagsTest() { WriteFile("{}"); }
  void WriteFile(const std::string& text) { std::ofstream(Path()) << text; }
  std::string Path() const { return dir_.Sub("daemon.json"); }
  // With a file of the test's own: the machine's must not matter.
  Result<CommandLine> Read(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--config", Path()});
    return ReadCommandLine(arguments);
  }

  test::TempDir dir_;
};

TEST_F(FlagsTest, TakesValuesInEveryForm) {
  for (const std::vector<std::string>& form : {std::vector<std::string>{"--graph", "/g"},
                                               {"--graph=/g"},
                                               {"-g", "/g"},
                                               {"-g/g"},
                                               {"-g=/g"}}) {
    ASSERT_OK_AND_ASSIGN(const CommandLine line, Read(form));
    EXPECT_EQ(line.config.graph, "/g") << form.front();
  }
}

TEST_F(FlagsTest, KeepsWhatTheFileSaysOfOtherThings) {
  WriteFile(R"({"mount-namespace": "host", "host-channel-memory-max": "1G", "log-level": "WARN"})");
  ASSERT_OK_AND_ASSIGN(const CommandLine line, Read({"--graph", "/g", "--state", "/s"}));
  EXPECT_TRUE(line.config.host_mount_namespace);
  EXPECT_EQ(line.config.host_channel_memory_max, 1u << 30);
  EXPECT_EQ(line.config.log_level, log::Level::kWarn);
}

TEST_F(FlagsTest, ReadsEveryFlag) {
  ASSERT_OK_AND_ASSIGN(const CommandLine line, Read({"-g",
                                                     "/g",
                                                     "-S",
                                                     "/s",
                                                     "-H",
                                                     "unix:///a",
                                                     "-H",
                                                     "unix:///b",
                                                     "-G",
                                                     "ops",
                                                     "-p",
                                                     "/p",
                                                     "-l",
                                                     "WARN",
                                                     "--log-driver",
                                                     "file",
                                                     "--default-runtime",
                                                     "runc",
                                                     "--cgroup-parent",
                                                     "/c",
                                                     "--start-timeout",
                                                     "3m"}));
  EXPECT_EQ(line.config.graph, "/g");
  EXPECT_EQ(line.config.state, "/s");
  EXPECT_THAT(line.config.hosts, ElementsAre("unix:///a", "unix:///b"));
  EXPECT_EQ(line.config.group, "ops");
  EXPECT_EQ(line.config.pidfile, "/p");
  EXPECT_EQ(line.config.log_level, log::Level::kWarn);
  EXPECT_EQ(line.config.log_file, "/g/isulad.log");
  EXPECT_EQ(line.config.default_runtime, "runc");
  EXPECT_EQ(line.config.cgroup_parent, "/c");
  EXPECT_EQ(line.config.start_timeout, std::chrono::minutes(3));
}

TEST_F(FlagsTest, PutsDefaultUlimitsOverThoseOfTheFile) {
  WriteFile(
      R"({"default-ulimits": {"nofile": {"Soft": 1, "Hard": 2}, "core": {"Soft": 0, "Hard": 0}}})");
  ASSERT_OK_AND_ASSIGN(const CommandLine line,
                       Read({"--default-ulimit", "nofile=3:4", "--default-ulimit=nproc=5",
                             "--native.umask=secure"}));
  EXPECT_THAT(
      line.config.default_ulimits,
      testing::ElementsAre(Ulimit{"nofile", 3, 4}, Ulimit{"core", 0, 0}, Ulimit{"nproc", 5, 5}));
  EXPECT_EQ(line.config.umask, 0027u);
  EXPECT_THAT(Read({"--default-ulimit", "x=1"}),
              test::IsErrorWith(Code::kInvalidArgument, "for flag --default-ulimit: "));
}

TEST_F(FlagsTest, PutsFlagsOverTheFile) {
  WriteFile(R"({"graph": "/from/file", "group": "file", "hosts": ["unix:///file"],
                "log-driver": "file", "log-file": "/l"})");
  ASSERT_OK_AND_ASSIGN(const CommandLine line,
                       Read({"--group", "flag", "-H", "unix:///flag", "--log-driver", "stderr"}));
  EXPECT_EQ(line.config.graph, "/from/file");
  EXPECT_EQ(line.config.group, "flag");
  EXPECT_THAT(line.config.hosts, ElementsAre("unix:///flag"));
  EXPECT_EQ(line.config.log_file, "");
}

TEST_F(FlagsTest, DoesNotDependOnTheOrderOfFlags) {
  ASSERT_OK_AND_ASSIGN(const CommandLine line, Read({"--log-driver", "file", "--graph", "/g"}));
  EXPECT_EQ(line.config.log_file, "/g/isulad.log");
}

TEST_F(FlagsTest, KeepsTheFilesLogWhereNoFlagSpeaksOfIt) {
  WriteFile(R"({"log-driver": "file", "log-file": "/l"})");
  ASSERT_OK_AND_ASSIGN(const CommandLine line, Read({"--log-level", "DEBUG"}));
  EXPECT_EQ(line.config.log_file, "/l");
}

TEST_F(FlagsTest, RefusesWhatItDoesNotKnow) {
  EXPECT_THAT(Read({"--frobnicate"}),
              IsErrorWith(Code::kInvalidArgument, "Unknown flag found: '--frobnicate'"));
  EXPECT_THAT(Read({"--tlsverify"}),
              IsErrorWith(Code::kInvalidArgument, "Unknown flag found: '--tlsverify'"));
  EXPECT_THAT(Read({"-z"}), IsErrorWith(Code::kInvalidArgument, "Unknown flag found: '-z'"));
  EXPECT_THAT(Read({"stray"}), IsErrorWith(Code::kInvalidArgument, "\"stray\""));
  EXPECT_THAT(Read({"--"}), IsErrorWith(Code::kInvalidArgument, "\"--\""));
  EXPECT_THAT(Read({"-"}), IsErrorWith(Code::kInvalidArgument, "\"-\""));
  EXPECT_THAT(Read({""}), IsErrorWith(Code::kInvalidArgument, "\"\""));
}

TEST_F(FlagsTest, RefusesAFlagWithoutItsValueOrGivenTwice) {
  EXPECT_THAT(Read({"--graph"}), IsErrorWith(Code::kInvalidArgument, "flag --graph needs a value"));
  EXPECT_THAT(Read({"-g"}), IsErrorWith(Code::kInvalidArgument, "flag --graph needs a value"));
  EXPECT_THAT(Read({"-g", "/a", "--graph=/b"}),
              IsErrorWith(Code::kInvalidArgument, "flag --graph is given more than once"));
  EXPECT_THAT(Read({"--help=yes"}),
              IsErrorWith(Code::kInvalidArgument, "flag --help takes no value"));
}

TEST_F(FlagsTest, NamesTheFlagOfABadValue) {
  EXPECT_THAT(Read({"-l", "LOUD"}),
              IsErrorWith(Code::kInvalidArgument, "Invalid value \"LOUD\" for flag --log-level: "));
  EXPECT_THAT(
      Read({"--start-timeout", "soon"}),
      IsErrorWith(Code::kInvalidArgument, "Invalid value \"soon\" for flag --start-timeout: "));
  EXPECT_THAT(Read({"-H", "tcp://1.2.3.4:5"}),
              IsErrorWith(Code::kInvalidArgument, "tcp://1.2.3.4:5"));
  EXPECT_THAT(Read({"-g", "relative"}), IsErrorWith(Code::kInvalidArgument, "relative"));
}

TEST_F(FlagsTest, RefusesAFileThatWasNamedAndIsNotThere) {
  EXPECT_THAT(ReadCommandLine({"--config", dir_.Sub("missing.json")}),
              IsErrorWith(Code::kNotFound, "missing.json"));
}

TEST_F(FlagsTest, ReportsABadFile) {
  WriteFile(R"({"graph": 7})");
  EXPECT_THAT(Read({}), IsErrorWith(Code::kInvalidArgument, "\"graph\""));
}

// Whoever asks for help has perhaps a file that cannot be read.
TEST_F(FlagsTest, AnswersHelpAndVersionWithoutTheFile) {
  WriteFile("{");
  ASSERT_OK_AND_ASSIGN(const CommandLine help, Read({"--help"}));
  EXPECT_TRUE(help.help);
  ASSERT_OK_AND_ASSIGN(const CommandLine version, Read({"-v"}));
  EXPECT_TRUE(version.version);
}

TEST(HelpText, NamesEveryFlag) {
  const std::string text = HelpText();
  for (const char* flag :
       {"-g, --graph", "-S, --state", "-H, --host", "-G, --group", "-p, --pidfile",
        "-l, --log-level", "--log-driver", "--config", "--default-runtime", "--cgroup-parent",
        "--start-timeout", "--default-ulimit", "--native.umask", "--hook-spec", "--help",
        "-v, --version"}) {
    EXPECT_THAT(text, HasSubstr(flag));
  }
}

}  // namespace
}  // namespace isulad::config
