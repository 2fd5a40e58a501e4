#include "daemon/modules/container/container_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "sample.h"
#include "support/result_matchers.h"
#include "utils/json/value.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// `object` with the member at `path` ("Spec.host") replaced, or removed if `value` is nothing;
// missing objects on the way are made.
json::Object Changed(const json::Object& object, std::string_view path, const json::Value* value) {
  const size_t dot = path.find('.');
  const std::string_view key = path.substr(0, dot);
  json::Object result;
  for (const json::Member& member : object.members()) {
    if (member.first != key) {
      result.Set(member.first, member.second);
    }
  }
  if (dot != std::string_view::npos) {
    const json::Value* inside = object.Find(key);
    const json::Object below =
        inside != nullptr && inside->AsObject() != nullptr ? *inside->AsObject() : json::Object();
    result.Set(key, Changed(below, path.substr(dot + 1), value));
  } else if (value != nullptr) {
    result.Set(key, *value);
  }
  return result;
}

json::Object SampleJson() { return *ToJson(SampleConfig())->AsObject(); }

json::Object With(std::string_view path, const json::Value& value) {
  return Changed(SampleJson(), path, &value);
}

json::Object Without(std::string_view path) { return Changed(SampleJson(), path, nullptr); }

TEST(ContainerConfig, ReadsBackWhatItWrote) {
  for (const ContainerConfig& config : {SampleConfig(), MinimalConfig(IdOf('b'), "b")}) {
    ASSERT_OK_AND_ASSIGN(const json::Value value, json::Parse(TextOf(config)));
    ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(value));
    EXPECT_EQ(TextOf(read), TextOf(config));
    EXPECT_EQ(read.channel_names, config.channel_names);
    EXPECT_EQ(read.mount_points, config.mount_points);
    EXPECT_EQ(read.security, config.security);
    EXPECT_EQ(read.files, config.files);
    EXPECT_EQ(read.hooks, config.hooks);
    EXPECT_EQ(read.created.nanoseconds, config.created.nanoseconds);
  }
}

TEST(ContainerConfig, NamesChannelsAndLeavesWhatTheyAreToTheirRecords) {
  const std::string text = TextOf(SampleConfig());
  EXPECT_THAT(text, HasSubstr(IdOf('c')));
  EXPECT_THAT(text, Not(HasSubstr("/c2")));
  ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(SampleJson()));
  EXPECT_THAT(read.channels, IsEmpty());
}

TEST(ContainerConfig, RefusesDamagedNamesAndMountPoints) {
  const struct {
    const char* member;
    const char* element;
    const char* reason;
  } cases[] = {
      {"Channels", R"({"Id": "x", "HostPath": "/h"})", "Channels[0].Id"},
      {"Channels", R"({"HostPath": "/h"})", "Channels[0].Id"},
      {"Channels", R"({"Id": "x"})", "HostPath"},
      {"Channels", R"("x")", "Channels"},
      {"MountPoints", R"("c")", "MountPoints"},
      {"MountPoints", R"("/a/../c")", "MountPoints"},
      {"MountPoints", "7", "MountPoints"},
  };
  for (const auto& each : cases) {
    json::Object object = SampleJson();
    object.Set(each.member, json::Array{*json::Parse(each.element)});
    EXPECT_THAT(ConfigFromJson(object), IsErrorWith(Code::kInvalidArgument, each.reason));
  }
}

// An update by a program that does not know these members must not remove them.
TEST(ContainerConfig, KeepsMembersThatALaterVersionAdded) {
  for (const std::string path :
       {"Spec.mood", "Spec.host.mood", "Spec.host.security.mood", "Spec.extra.mood"}) {
    const json::Value written = With(path, "sunny");
    ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(written));
    ASSERT_OK_AND_ASSIGN(const json::Value again, ToJson(read));
    EXPECT_EQ(again, written) << path;
  }
}

TEST(ContainerConfig, RefusesDamagedTexts) {
  const struct {
    const char* path;
    json::Value value;
    const char* reason;
  } cases[] = {
      {"process.args", json::Array{std::string("a\0b", 3)}, "zero bytes"},
      {"process.env", json::Array{"x"}, "--env"},
      {"process.hostname", "a b", "hostname"},
      {"process.stopSignal", "NOSUCH", "NOSUCH"},
      {"process.stopSignal", "65", "65"},
      {"process.workdir", "srv", "--workdir"},
      {"host.hostChannels", json::Array{"no colon"}, "no colon"},
      {"host.volumes", json::Array{"/a"}, "SOURCE:TARGET"},
      {"host.restartPolicy", "sometimes", "sometimes"},
      {"host.userRemap", "0:0:1", "user remap"},
      {"host.logDriver", "syslog", "syslog"},
      {"host.logOptions", json::Array{"max-size=1"}, "max-size"},
      {"host.logOptions", json::Array{"max-size=1m", "max-file=4294967296"}, "max-file"},
      {"host.labels", json::Array{"="}, "--label"},
      {"host.annotations", json::Array{"run.oci.x=y"}, "run.oci."},
      {"host.cgroupParent", "/", "cgroup parent"},
      {"host.cgroupParent", "relative", "cgroup parent"},
      {"host.cgroupParent", "/a/../b", "cgroup parent"},
      {"host.envTargetFile", "/proc/x", "env target file"},
      {"host.hookSpec", R"({"prestart":[{"path":"true"}]})", "must be absolute"},
      {"host.hookSpec", "{", "1"},
      {"host.security.capAdd", json::Array{"FOO"}, "FOO"},
      {"host.security.capDrop", json::Array{""}, "capability"},
      {"host.security.devices", json::Array{"/dev/a:/dev/null"}, "/dev/null"},
      {"host.security.deviceCgroupRules", json::Array{"c 1:3"}, "--device-cgroup-rule"},
      {"host.security.sysctls", json::Array{"kernel.core_pattern=|/x"}, "--sysctl"},
      {"host.security.ulimits", json::Array{"files=1"}, "\"files\" is not known"},
      {"host.security.writableSysctls", json::Array{"user"}, "--ns-change-opt"},
      {"host.security.securityOpts", json::Array{"apparmor=x"}, "apparmor"},
      {"host.limits.deviceReadBps", json::Array{"vda:1"}, "must be absolute"},
      {"host.limits.hugetlbLimits", json::Array{"3M:1"}, "--hugetlb-limit"},
      {"host.namespaces.network", "bridge", "bridge"},
      {"host.namespaces.network", "container:web", "--net names a container by something else"},
      {"host.namespaces.uts", "container:" + IdOf('b'), "--uts"},
      {"host.files.mounts", json::Array{"type=volume,target=/a"}, "mount"},
      {"host.files.tmpfs", json::Array{"/proc"}, "tmpfs"},
      {"host.files.shmSize", "1", "--shm-size"},
      {"host.files.addHosts", json::Array{"a\nb"}, "--add-host"},
      {"host.files.dns", json::Array{"a\nb"}, "--dns"},
      {"host.files.dnsSearch", json::Array{"a\nb"}, "--dns-search"},
      {"host.files.dnsOptions", json::Array{"a\nb"}, "--dns-option"},
      {"host.health.retries", "0", "--health-retries"},
      {"host.health.intervalNs", "0", "--health-interval"},
  };
  for (const auto& each : cases) {
    const Result<ContainerConfig> read =
        ConfigFromJson(With("Spec." + std::string(each.path), each.value));
    EXPECT_THAT(read, IsErrorWith(Code::kInvalidArgument, "config.json: \"Spec\""));
    EXPECT_THAT(read, IsErrorWith(Code::kInvalidArgument, each.reason)) << each.path;
  }
}

TEST(ContainerConfig, NamesWhatIsMissing) {
  for (const std::string key : {"Version", "Id", "Name", "Created", "Spec"}) {
    EXPECT_THAT(ConfigFromJson(Without(key)),
                IsErrorWith(Code::kInvalidArgument, "\"" + key + "\""));
  }
}

TEST(ContainerConfig, NamesWhatIsOfTheWrongType) {
  for (const std::string key : {"Version", "Id", "Name", "Created", "Spec"}) {
    EXPECT_THAT(ConfigFromJson(With(key, 1.5)), IsErrorWith(Code::kInvalidArgument, key));
  }
  for (const std::string key : {"image", "process", "host", "process.args", "process.terminal",
                                "host.limits.memory", "host.volumes"}) {
    EXPECT_THAT(ConfigFromJson(With("Spec." + key, 1.5)),
                IsErrorWith(Code::kInvalidArgument, "\"Spec\""))
        << key;
  }
}

TEST(ContainerConfig, RefusesAnotherVersion) {
  for (const int version : {0, 1, 2, 4}) {
    EXPECT_THAT(ConfigFromJson(With("Version", version)),
                IsErrorWith(Code::kInvalidArgument, "Version"));
  }
}

TEST(ContainerConfig, RefusesIdsAndNamesThatCouldLeadOutOfTheirDirectory) {
  for (const char* id : {"", "..", "../../etc", "ABC", "abc"}) {
    EXPECT_THAT(ConfigFromJson(With("Id", id)), IsErrorWith(Code::kInvalidArgument, "Id"));
  }
  for (const char* name : {"", "..", "a/b", "-x", "a b"}) {
    EXPECT_THAT(ConfigFromJson(With("Name", name)), IsErrorWith(Code::kInvalidArgument, "Name"));
  }
}

// A container without a command cannot be shown, let alone started.
TEST(ContainerConfig, RefusesAnEmptyCommand) {
  EXPECT_THAT(ConfigFromJson(With("Spec.process", json::Object())),
              IsErrorWith(Code::kInvalidArgument, "no command"));
}

TEST(ContainerConfig, RefusesWhatIsNoObject) {
  EXPECT_THAT(ConfigFromJson("text"), IsErrorWith(Code::kInvalidArgument, "config.json"));
}

TEST(ReadSpec, SaysWhatTheTextsMean) {
  const ContainerConfig config = SampleConfig();
  EXPECT_EQ(config.stop_signal, 37);
  EXPECT_THAT(config.security.cap_add, ElementsAre("CAP_NET_ADMIN", "CAP_SYS_TIME"));
  EXPECT_THAT(config.security.devices, ElementsAre(DeviceMapping{"/dev/a", "/dev/b", "rw"}));
  EXPECT_THAT(config.security.ulimits,
              ElementsAre(Ulimit{"nofile", 1024, 4096}, Ulimit{"core", 0, UINT64_MAX}));
  EXPECT_TRUE(config.security.writable_net_sysctls && config.security.writable_ipc_sysctls);
  EXPECT_TRUE(config.security.no_new_privileges);
  EXPECT_EQ(config.namespaces.ipc.mode, NamespaceMode::kHost);
  EXPECT_TRUE(config.namespaces.network.own());
  EXPECT_EQ(config.user_remap, (UserRemap{100000, 200000, 65536}));
  EXPECT_EQ(config.restart, (RestartPolicy{RestartRule::kOnFailure, 3}));
  EXPECT_THAT(config.volumes, ElementsAre(spec::BindMount{"/a b", "/c", true, "rslave"},
                                          spec::BindMount{"/d", "/e", false, "rprivate"}));
  EXPECT_EQ(config.files.shm_size, 128u << 20);
  ASSERT_EQ(config.channels.size(), 2u);
  EXPECT_EQ(config.channels[0].size, 32u << 20);
  EXPECT_EQ(config.log, (logs::LogOptions{logs::Driver::kJsonFile, 10u << 20, 3}));
  EXPECT_EQ(config.labels, (KeyValues{{"role", "web"}, {"empty", ""}}));
  EXPECT_EQ(config.hooks.prestart.size(), 1u);
  EXPECT_EQ(config.health.retries, 5u);
}

TEST(ReadSpec, LeavesTheStopSignalToTheInitOfASystemContainer) {
  spec::ContainerSpec spec = SampleSpec();
  spec.mutable_process()->clear_stop_signal();
  EXPECT_EQ(ConfigOf(spec).stop_signal, kStopSignalOfInit);
  spec.mutable_host()->set_system_container(false);
  EXPECT_EQ(ConfigOf(spec).stop_signal, SIGTERM);
}

TEST(ReadSpec, RefusesWhatExcludesOneAnother) {
  spec::ContainerSpec spec = SampleSpec();
  spec.mutable_host()->set_auto_remove(true);
  EXPECT_THAT(ReadSpec(spec, 4096), IsErrorWith(Code::kInvalidArgument, "--rm and --restart"));
  spec = SampleSpec();
  spec.mutable_host()->mutable_security()->set_privileged(true);
  EXPECT_THAT(ReadSpec(spec, 4096),
              IsErrorWith(Code::kInvalidArgument, "--privileged and --user-remap"));
}

TEST(ReadSpec, CleansPathsAndRoundsSizes) {
  spec::ContainerSpec spec = SampleSpec();
  spec.mutable_host()->set_cgroup_parent("/a//b/");
  spec.mutable_host()->set_env_target_file("/etc/./x");
  spec.mutable_host()->mutable_files()->set_shm_size(4097);
  const ContainerConfig config = ConfigOf(spec);
  EXPECT_EQ(config.host().cgroup_parent(), "/a/b");
  EXPECT_EQ(config.host().env_target_file(), "/etc/x");
  EXPECT_EQ(config.host().files().shm_size(), 8192);
}

TEST(ExecProcess, RunsAsAndWhereTheContainerDoesUnlessToldOtherwise) {
  auto asked = test::FromText<spec::ProcessConfig>(R"(args: "ls")");
  const spec::ProcessConfig inherited = ExecProcess(SampleConfig(), asked);
  EXPECT_THAT(inherited.args(), ElementsAre("ls"));
  EXPECT_EQ(inherited.user(), "app:staff");
  EXPECT_EQ(inherited.workdir(), "/srv");
  EXPECT_FALSE(inherited.terminal());  // that is not the container's to decide
  EXPECT_THAT(inherited.group_add(), ElementsAre("audio", "7"));
  asked.set_user("0");
  asked.set_workdir("/tmp");
  *asked.mutable_group_add() = SampleConfig().process().group_add();
  EXPECT_EQ(ExecProcess(SampleConfig(), asked).DebugString(), asked.DebugString());
}

TEST(AddedMemory, SumsTheWritableChannels) {
  ContainerConfig config = SampleConfig();
  config.channels.push_back({"/h3", "/c3", host_channel::Access::kReadWrite, 8192, {}});
  EXPECT_EQ(AddedMemory(config), (32u << 20) + 8192u);
}

TEST(AddedMemory, IsNothingWhereNobodyAskedForIt) {
  ContainerConfig config = SampleConfig();
  config.spec.mutable_host()->set_host_channel_add_memory(false);
  EXPECT_EQ(AddedMemory(config), 0u);
}

}  // namespace
}  // namespace isulad::container
