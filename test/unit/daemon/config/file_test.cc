#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "daemon/config/daemon_config.h"
#include "support/result_matchers.h"

namespace isulad::config {
namespace {

using std::chrono::seconds;
using test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Result<DaemonConfig> Read(const std::string& text) {
  DaemonConfig config;
  RETURN_IF_ERROR(ApplyFile(text, config));
  return config;
}

TEST(ConfigFile, LeavesTheDefaultsWhereItSaysNothing) {
  ASSERT_OK_AND_ASSIGN(const DaemonConfig config, Read("{}"));
  EXPECT_EQ(config.graph, "/var/lib/isulad");
  EXPECT_EQ(config.state, "/var/run/isulad");
  EXPECT_THAT(config.hosts, ElementsAre("unix:///var/run/isulad.sock"));
  EXPECT_EQ(config.group, "isula");
  EXPECT_EQ(config.default_runtime, "crun");
  EXPECT_EQ(config.log_level, log::Level::kInfo);
  EXPECT_EQ(config.log_file, "");
  EXPECT_EQ(config.start_timeout, seconds(120));
  EXPECT_EQ(config.host_channel_memory_max, 0u);
  EXPECT_FALSE(config.host_mount_namespace);
  EXPECT_THAT(config.warnings, IsEmpty());
}

TEST(ConfigFile, ReadsEveryKey) {
  ASSERT_OK_AND_ASSIGN(const DaemonConfig config, Read(R"({
    "graph": "/g", "state": "/s", "hosts": ["unix:///a"], "host": "unix:///b", "group": "ops",
    "pidfile": "/p", "log-level": "debug", "log-driver": "file", "log-file": "/l",
    "default-runtime": "mine", "cgroup-parent": "/c", "start-timeout": "90s",
    "runtimes": {"mine": {"path": "/opt/crun", "runtimeArgs": ["--debug"]}},
    "mount-namespace": "host", "host-channel-memory-max": "8G"})"));
  EXPECT_EQ(config.graph, "/g");
  EXPECT_EQ(config.state, "/s");
  EXPECT_THAT(config.hosts, ElementsAre("unix:///a", "unix:///b"));
  EXPECT_EQ(config.group, "ops");
  EXPECT_EQ(config.pidfile, "/p");
  EXPECT_EQ(config.log_level, log::Level::kDebug);
  EXPECT_EQ(config.log_file, "/l");
  EXPECT_EQ(config.default_runtime, "mine");
  EXPECT_EQ(config.cgroup_parent, "/c");
  EXPECT_EQ(config.start_timeout, seconds(90));
  EXPECT_EQ(config.runtimes.at("mine"), (RuntimeEntry{"/opt/crun", {"--debug"}}));
  EXPECT_EQ(config.runtimes.count("crun"), 1u);  // added to, not replaced
  EXPECT_TRUE(config.host_mount_namespace);
  EXPECT_EQ(config.host_channel_memory_max, uint64_t{8} << 30);
}

TEST(ConfigFile, RefusesALogFileThatWouldNotBeUsed) {
  EXPECT_THAT(Read(R"({"log-file": "/l"})"), IsErrorWith(Code::kInvalidArgument, "\"log-file\""));
  EXPECT_THAT(Read(R"({"log-driver": "stderr", "log-file": "/l"})"),
              IsErrorWith(Code::kInvalidArgument, "\"log-file\""));
}

TEST(ConfigFile, RefusesTextThatIsNoObject) {
  for (const char* text : {"", "{", "[]", "null", "{} {}", "{\"graph\": \"/a\", }"}) {
    EXPECT_THAT(Read(text), IsErrorWith(Code::kInvalidArgument, "daemon.json")) << text;
  }
}

TEST(ConfigFile, RefusesAnUnknownKeyByName) {
  EXPECT_THAT(Read(R"({"grahp": "/g"})"),
              IsErrorWith(Code::kInvalidArgument, "unknown key \"grahp\""));
  EXPECT_THAT(Read(R"({"runtimes": {"mine": {"path": "/x", "argv": []}}})"),
              IsErrorWith(Code::kInvalidArgument, "unknown key \"runtimes.mine.argv\""));
}

TEST(ConfigFile, RefusesValuesOfTheWrongTypeByKey) {
  for (const std::string key :
       {"graph", "state", "host", "group", "pidfile", "log-level", "log-driver", "default-runtime",
        "cgroup-parent", "start-timeout", "mount-namespace", "runtimes", "hosts"}) {
    EXPECT_THAT(Read("{\"" + key + "\": 7}"), IsErrorWith(Code::kInvalidArgument, key));
  }
  EXPECT_THAT(Read(R"({"hosts": [7]})"), IsErrorWith(Code::kInvalidArgument, "hosts"));
  EXPECT_THAT(Read(R"({"host-channel-memory-max": true})"),
              IsErrorWith(Code::kInvalidArgument, "host-channel-memory-max"));
}

TEST(ConfigFile, WarnsOfKeysThatMeanNothingYet) {
  ASSERT_OK_AND_ASSIGN(
      const DaemonConfig config,
      Read(R"({"storage-driver": "overlay2", "registry-mirrors": [], "group": "g"})"));
  EXPECT_THAT(config.warnings,
              ElementsAre(HasSubstr("\"storage-driver\""), HasSubstr("\"registry-mirrors\"")));
  EXPECT_EQ(config.group, "g");
}

TEST(ConfigFile, RefusesProtectionThatItCannotGive) {
  EXPECT_THAT(Read(R"({"tls": true})"), IsErrorWith(Code::kInvalidArgument, "\"tls\""));
  EXPECT_THAT(Read(R"({"tlscacert": "/ca"})"),
              IsErrorWith(Code::kInvalidArgument, "\"tlscacert\""));
  EXPECT_THAT(Read(R"({"systemd-cgroup": true})"),
              IsErrorWith(Code::kInvalidArgument, "\"systemd-cgroup\""));
  EXPECT_OK(Read(R"({"tls": false, "systemd-cgroup": false})"));
}

TEST(ConfigFile, ReadsTimes) {
  const std::pair<const char*, seconds> times[] = {
      {"1", seconds(1)}, {"120s", seconds(120)}, {"2m", seconds(120)}, {"1440m", seconds(86400)}};
  for (const auto& [text, expected] : times) {
    ASSERT_OK_AND_ASSIGN(const DaemonConfig config,
                         Read("{\"start-timeout\": \"" + std::string(text) + "\"}"));
    EXPECT_EQ(config.start_timeout, expected) << text;
  }
}

TEST(ConfigFile, RefusesTimesOutOfRange) {
  for (const std::string text :
       {"", "0", "0m", "s", "-1s", "1.5m", "2h", "86401", "1441m", "9999999999999999999"}) {
    EXPECT_THAT(Read("{\"start-timeout\": \"" + text + "\"}"),
                IsErrorWith(Code::kInvalidArgument, "start-timeout"))
        << text;
  }
}

TEST(ConfigFile, ReadsTheChannelsCapAsTextOrNumber) {
  for (const char* text : {"\"16k\"", "16384", "\"16384\""}) {
    ASSERT_OK_AND_ASSIGN(const DaemonConfig config,
                         Read("{\"host-channel-memory-max\": " + std::string(text) + "}"));
    EXPECT_EQ(config.host_channel_memory_max, 16384u);
  }
  for (const char* text : {"0", "-1", "\"0\"", "\"lots\"", "1.5", "[]"}) {
    EXPECT_THAT(Read("{\"host-channel-memory-max\": " + std::string(text) + "}"),
                IsErrorWith(Code::kInvalidArgument, "host-channel-memory-max"))
        << text;
  }
}

TEST(ConfigFile, RefusesWordsThatAreNotAmongTheChoices) {
  EXPECT_THAT(Read(R"({"log-level": "LOUD"})"), IsErrorWith(Code::kInvalidArgument, "\"LOUD\""));
  EXPECT_THAT(Read(R"({"log-driver": "syslog"})"),
              IsErrorWith(Code::kInvalidArgument, "\"syslog\""));
  EXPECT_THAT(Read(R"({"log-driver": "stdout"})"),
              IsErrorWith(Code::kInvalidArgument, "\"stdout\""));
  EXPECT_THAT(Read(R"({"mount-namespace": "mine"})"),
              IsErrorWith(Code::kInvalidArgument, "\"mine\""));
}

TEST(ConfigFile, ReadsWhatContainersGet) {
  ASSERT_OK_AND_ASSIGN(const DaemonConfig none, Read("{}"));
  EXPECT_EQ(none.umask, 0022u);
  EXPECT_THAT(none.default_ulimits, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const DaemonConfig config, Read(R"({
    "default-ulimits": {"nofile": {"Name": "nofile", "Soft": 3200, "Hard": 6400},
                        "core": {"Soft": 0, "Hard": -1}},
    "native.umask": "secure", "hook-spec": "/hooks",
    "container-log": {"driver": "json-file", "opts": {"max-size": "1m", "max-file": "2"}}})"));
  EXPECT_THAT(config.default_ulimits,
              ElementsAre(Ulimit{"nofile", 3200, 6400}, Ulimit{"core", 0, UINT64_MAX}));
  EXPECT_EQ(config.umask, 0027u);
  EXPECT_EQ(config.hook_spec, "/hooks");
  EXPECT_EQ(config.container_log.driver, "json-file");
  EXPECT_THAT(config.container_log.options, ElementsAre("max-size=1m", "max-file=2"));
  EXPECT_THAT(config.warnings, IsEmpty());
}

TEST(ConfigFile, ReadsDefaultUlimitsAsTextsToo) {
  ASSERT_OK_AND_ASSIGN(const DaemonConfig config,
                       Read(R"({"default-ulimit": ["nofile=1", "core=2:3", "nofile=4"]})"));
  EXPECT_THAT(config.default_ulimits, ElementsAre(Ulimit{"nofile", 4, 4}, Ulimit{"core", 2, 3}));
  EXPECT_OK(Read(R"({"default-ulimit": "nofile=1"})"));
}

TEST(ConfigFile, RefusesContainerKeysByName) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"default-ulimits": {"nofile": {"Soft": 2, "Hard": 1}}})", "default-ulimits"},
      {R"({"default-ulimits": {"nofile": {"Soft": 2}}})", "default-ulimits.nofile.Hard"},
      {R"({"default-ulimits": {"nofile": {"Soft": 2, "Hard": 2, "x": 1}}})",
       "default-ulimits.nofile.x"},
      {R"({"default-ulimits": {"files": {"Soft": 1, "Hard": 1}}})", "\"files\" is not known"},
      {R"({"default-ulimits": []})", "default-ulimits"},
      {R"({"default-ulimit": 7})", "default-ulimit"},
      {R"({"default-ulimit": "nofile"})", "default-ulimit"},
      {R"({"native.umask": "strict"})", "\"strict\": normal (0022) or secure (0027)"},
      {R"({"native.umask": 22})", "native.umask"},
      {R"({"hook-spec": {}})", "hook-spec"},
      {R"({"container-log": "json-file"})", "container-log"},
      {R"({"container-log": {"drivers": "x"}})", "container-log.drivers"},
      {R"({"container-log": {"opts": {"max-file": 2}}})", "container-log.opts.max-file"},
  };
  for (const auto& [text, reason] : cases) {
    EXPECT_THAT(Read(text), IsErrorWith(Code::kInvalidArgument, reason)) << text;
  }
  DaemonConfig relative;
  relative.hook_spec = "hooks";
  EXPECT_THAT(Validate(relative), IsErrorWith(Code::kInvalidArgument, "hook-spec \"hooks\""));
}

TEST(ValidateConfig, CleansPaths) {
  DaemonConfig config;
  config.graph = "/var//lib/./isulad/";
  ASSERT_OK(Validate(config));
  EXPECT_EQ(config.graph, "/var/lib/isulad");
}

TEST(ValidateConfig, WritesTheLogFileIntoTheDataDirectory) {
  ASSERT_OK_AND_ASSIGN(DaemonConfig config, Read(R"({"log-driver": "file", "graph": "/g/"})"));
  ASSERT_OK(Validate(config));
  EXPECT_EQ(config.log_file, "/g/isulad.log");
}

TEST(ValidateConfig, RefusesPathsByName) {
  for (const char* path : {"", "relative", "/", "/a/../b"}) {
    DaemonConfig config;
    config.state = path;
    EXPECT_THAT(Validate(config), IsErrorWith(Code::kInvalidArgument, "state"));
  }
}

TEST(ValidateConfig, KeepsDataAndStateApart) {
  for (const char* state : {"/var/lib/isulad", "/var/lib/isulad/state", "/var/lib"}) {
    DaemonConfig config;
    config.state = state;
    EXPECT_THAT(Validate(config),
                IsErrorWith(Code::kInvalidArgument, "must not lie in one another"));
  }
}

TEST(ValidateConfig, RefusesADefaultRuntimeThatIsNotThere) {
  DaemonConfig config;
  config.default_runtime = "kata";
  EXPECT_THAT(Validate(config), IsErrorWith(Code::kInvalidArgument, "\"kata\""));
}

TEST(ValidateConfig, ServesUnixSocketsOnly) {
  for (const char* host : {"tcp://0.0.0.0:2375", "/run/x.sock", "unix://relative", "unix://"}) {
    DaemonConfig config;
    config.hosts = {host};
    EXPECT_THAT(Validate(config), IsErrorWith(Code::kInvalidArgument, host));
  }
}

}  // namespace
}  // namespace isulad::config
