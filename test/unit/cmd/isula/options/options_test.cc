#include <cstdlib>
#include <string>

#include "cmd/isula/options/container_options.h"
#include "cmd/isula/options/resource_options.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace isulad::options {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Parsed {
  client::ContainerOptions options;
  std::string error;
};

Parsed Parse(const cli::Arguments& arguments) {
  Parsed parsed;
  cli::FlagSet flags(cli::FlagSet::Stop::kAtFirstArgument);
  AddContainerFlags(flags, &parsed.options);
  Result<cli::Arguments> rest = flags.Parse(arguments);
  if (!rest) {
    parsed.error = rest.error().message();
    return parsed;
  }
  if (Status taken = TakeArguments("create", *rest, &parsed.options); !taken) {
    parsed.error = taken.error().message();
  }
  return parsed;
}

TEST(ContainerOptions, FillsInEveryField) {
  const Parsed parsed = Parse({"-n",
                               "box",
                               "-it",
                               "-e",
                               "A=1",
                               "-u",
                               "0:0",
                               "--workdir",
                               "/w",
                               "-h",
                               "host",
                               "--stop-signal",
                               "TERM",
                               "-m",
                               "20M",
                               "--memory-swap",
                               "-1",
                               "--cpus",
                               "1.5",
                               "--pids-limit",
                               "100",
                               "-v",
                               "/a:/b",
                               "--read-only",
                               "-R",
                               "runc",
                               "--system-container",
                               "--external-rootfs",
                               "/r",
                               "--host-channel",
                               "/h:/c:rw:32M",
                               "--host-channel",
                               "/i:/d",
                               "--host-channel-add-memory",
                               "--log-driver",
                               "json-file",
                               "--log-opt",
                               "max-size=10m,max-file=3",
                               "--log-opt",
                               "a=b",
                               "--rm",
                               "none",
                               "ls",
                               "-la"});
  ASSERT_EQ(parsed.error, "");
  const client::ContainerOptions& options = parsed.options;
  EXPECT_EQ(options.name, "box");
  EXPECT_EQ(options.image, "none");
  EXPECT_THAT(options.process.args, ElementsAre("ls", "-la"));
  EXPECT_THAT(options.process.env, ElementsAre("A=1"));
  EXPECT_EQ(options.process.user, "0:0");
  EXPECT_EQ(options.process.workdir, "/w");
  EXPECT_EQ(options.process.hostname, "host");
  EXPECT_EQ(options.process.stop_signal, "TERM");
  EXPECT_TRUE(options.process.open_stdin);
  EXPECT_TRUE(options.process.terminal);
  EXPECT_EQ(options.host.memory, 20 << 20);
  EXPECT_EQ(options.host.memory_swap, -1);
  EXPECT_EQ(options.host.nano_cpus, 1'500'000'000);
  EXPECT_EQ(options.host.pids_limit, 100);
  EXPECT_THAT(options.host.volumes, ElementsAre("/a:/b"));
  EXPECT_TRUE(options.host.read_only_rootfs);
  EXPECT_EQ(options.host.log_driver, "json-file");
  EXPECT_THAT(options.host.log_options, ElementsAre("max-size=10m", "max-file=3", "a=b"));
  EXPECT_EQ(options.host.runtime, "runc");
  EXPECT_TRUE(options.host.system_container);
  EXPECT_EQ(options.host.external_rootfs, "/r");
  EXPECT_THAT(options.host.host_channels, ElementsAre("/h:/c:rw:32M", "/i:/d"));
  EXPECT_TRUE(options.host.host_channel_add_memory);
  EXPECT_TRUE(options.host.auto_remove);
}

TEST(ContainerOptions, RefusesBadValuesWithFlagAndReason) {
  const struct {
    cli::Arguments arguments;
    const char* message;
  } cases[] = {
      {{"-m", "1x", "none"}, "Invalid value \"1x\" for flag --memory: "},
      {{"-m", "-1", "none"}, "Invalid value \"-1\" for flag --memory: "},
      {{"-m", "9223372036854775808", "none"}, "for flag --memory: too large"},
      {{"--memory-swap", "-2", "none"}, "Invalid value \"-2\" for flag --memory-swap: "},
      {{"--pids-limit", "1.5", "none"}, "Invalid value \"1.5\" for flag --pids-limit: "},
      {{"--pids-limit", "-2", "none"}, "Invalid value \"-2\" for flag --pids-limit: "},
      {{"--cpus", "one", "none"}, "Invalid value \"one\" for flag --cpus: "},
      {{"-n", "-x", "none"}, "Invalid value \"-x\" for flag --name: must match "},
      {{"--stop-signal", "SIGFOO", "none"}, "Invalid value \"SIGFOO\" for flag --stop-signal: "},
      {{"--external-rootfs", "r", "none"}, "Invalid value \"r\" for flag --external-rootfs: "},
      {{"-e", "=x", "none"}, "Invalid value \"=x\" for flag --env: "},
      {{"--host-channel", "/h", "none"}, "Invalid value \"/h\" for flag --host-channel: "},
      {{"--host-channel", "/h:/c:rw:4095", "none"}, "size \"4095\" is too small"},
      {{"-m", "1M", "-m", "2M", "none"}, "flag --memory given more than once"},
      {{"--rm"}, "\"create\" requires a minimum of 1 argument."},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Parse(c.arguments).error, HasSubstr(c.message));
  }
}

TEST(ContainerOptions, TakesAVariableFromTheEnvironmentWhenItHasNoValue) {
  ASSERT_EQ(::setenv("ISULA_TEST_SET", "here", 1), 0);
  ASSERT_EQ(::unsetenv("ISULA_TEST_UNSET"), 0);
  const Parsed parsed = Parse({"-e", "ISULA_TEST_SET", "-e", "ISULA_TEST_UNSET", "none"});
  EXPECT_THAT(parsed.options.process.env, ElementsAre("ISULA_TEST_SET=here"));
}

TEST(ParseCpus, CountsBillionths) {
  EXPECT_EQ(*ParseCpus("2"), 2'000'000'000);
  EXPECT_EQ(*ParseCpus("0.5"), 500'000'000);
  EXPECT_EQ(*ParseCpus("0.000000001"), 1);
  for (const char* text : {"", ".", "1.", ".5", "-1", "+1", "1e3", "0x1", "1.0000000001", "1.5.2",
                           " 1", "1000001", "99999999999999999999"}) {
    EXPECT_FALSE(ParseCpus(text)) << text;
  }
}

}  // namespace
}  // namespace isulad::options
