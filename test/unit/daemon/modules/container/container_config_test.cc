#include "daemon/modules/container/container_config.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "sample.h"
#include "support/result_matchers.h"
#include "utils/json/value.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;

// `object` with the member at `path` ("Host.Memory") replaced, or taken out where `value` is
// nothing.
json::Object Changed(const json::Object& object, std::string_view path, const json::Value* value) {
  const size_t dot = path.find('.');
  const std::string_view key = path.substr(0, dot);
  json::Object result;
  for (const json::Member& member : object.members()) {
    if (member.first != key) {
      result.Set(member.first, member.second);
    } else if (dot != std::string_view::npos) {
      result.Set(key, Changed(*member.second.AsObject(), path.substr(dot + 1), value));
    } else if (value != nullptr) {
      result.Set(key, *value);
    }
  }
  return result;
}

json::Object SampleJson() { return *ToJson(SampleConfig()).AsObject(); }

json::Object With(std::string_view path, const json::Value& value) {
  return Changed(SampleJson(), path, &value);
}

json::Object Without(std::string_view path) { return Changed(SampleJson(), path, nullptr); }

TEST(ContainerConfig, ReadsBackWhatItWrote) {
  for (const ContainerConfig& config : {SampleConfig(), MinimalConfig(IdOf('b'), "b")}) {
    ASSERT_OK_AND_ASSIGN(const json::Value value,
                         json::Parse(json::Serialize(ToJson(config), json::Style::kIndented)));
    ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(value));
    EXPECT_EQ(read, config);
  }
}

TEST(ContainerConfig, ReadsMembersThatALaterVersionAdded) {
  json::Object object = SampleJson();
  object.Set("Mood", "sunny");
  ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(object));
  EXPECT_EQ(read, SampleConfig());
}

TEST(ContainerConfig, TakesALogThatIsNotMentionedForOneFileWithoutLimit) {
  ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(Without("Host.Log")));
  EXPECT_EQ(read.log, logs::LogOptions{});
}

TEST(ContainerConfig, TakesARestartPolicyThatIsNotMentionedForNo) {
  ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(Without("Host.RestartPolicy")));
  EXPECT_EQ(read.restart, RestartPolicy{});
}

TEST(ContainerConfig, TakesAUserRemapThatIsNotMentionedForNone) {
  ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(Without("Host.UserRemap")));
  EXPECT_EQ(read.user_remap, std::nullopt);
}

TEST(ContainerConfig, TakesSecurityOptionsThatAreNotMentionedForNone) {
  for (const std::string key :
       {"CapAdd", "CapDrop", "Devices", "Sysctls", "Ulimits", "NsChangeFiles", "SecurityOpt",
        "DeviceCgroupRules", "Privileged"}) {
    ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(Without("Host." + key)));
    EXPECT_NE(read.security, SampleConfig().security);
  }
}

TEST(ContainerConfig, RefusesDamagedSecurityOptions) {
  for (const std::string key : {"CapAdd", "CapDrop"}) {
    for (const char* name : {"", "net_admin", "CAP_FOO"}) {
      EXPECT_THAT(ConfigFromJson(With("Host." + key, json::Array{name})),
                  IsErrorWith(Code::kInvalidArgument, "Host." + key));
    }
  }
  json::Object device;
  device.Set("PathOnHost", "/dev/a");
  device.Set("PathInContainer", "/dev/null");
  device.Set("CgroupPermissions", "rwm");
  EXPECT_THAT(ConfigFromJson(With("Host.Devices", json::Array{device})),
              IsErrorWith(Code::kInvalidArgument, "PathInContainer"));
}

TEST(ContainerConfig, TakesNamespacesThatAreNotMentionedForItsOwn) {
  for (const std::string key : {"NetworkMode", "IpcMode", "PidMode", "UTSMode", "CgroupnsMode"}) {
    ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(Without("Host." + key)));
    EXPECT_NE(read.namespaces, SampleConfig().namespaces) << key;
  }
}

TEST(ContainerConfig, RefusesDamagedNamespaces) {
  for (const char* text : {"bridge", "container:", "container:web", "container:../x"}) {
    EXPECT_THAT(ConfigFromJson(With("Host.NetworkMode", text)),
                IsErrorWith(Code::kInvalidArgument, "Host.NetworkMode"));
  }
  EXPECT_THAT(ConfigFromJson(With("Host.UTSMode", "container:" + IdOf('b'))),
              IsErrorWith(Code::kInvalidArgument, "Host.UTSMode"));
}

TEST(ContainerConfig, TakesLimitsThatAreNotMentionedForNone) {
  for (const std::string key :
       {"MemoryReservation", "MemorySwappiness", "OomKillDisable", "CpuShares", "CpuPeriod",
        "CpuQuota", "CpusetCpus", "CpusetMems", "BlkioWeight", "BlkioDeviceReadBps",
        "BlkioDeviceWriteIOps", "Hugetlbs"}) {
    ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(Without("Host." + key)));
    EXPECT_NE(read.resources, SampleConfig().resources) << key;
  }
}

TEST(ContainerConfig, RefusesDamagedLimits) {
  json::Object rate;
  rate.Set("Path", "vda");
  rate.Set("Rate", 1);
  EXPECT_THAT(ConfigFromJson(With("Host.BlkioDeviceReadBps", json::Array{rate})),
              IsErrorWith(Code::kInvalidArgument, "must be absolute"));
  json::Object huge;
  huge.Set("PageSize", "3MB");
  huge.Set("Limit", 1);
  EXPECT_THAT(ConfigFromJson(With("Host.Hugetlbs", json::Array{huge})),
              IsErrorWith(Code::kInvalidArgument, "PageSize"));
  json::Object ulimit;
  ulimit.Set("Name", "files");
  ulimit.Set("Soft", 1);
  ulimit.Set("Hard", 1);
  EXPECT_THAT(ConfigFromJson(With("Host.Ulimits", json::Array{ulimit})),
              IsErrorWith(Code::kInvalidArgument, "\"files\" is not known"));
  json::Object sysctls;
  sysctls.Set("kernel.core_pattern", "|/x");
  EXPECT_THAT(ConfigFromJson(With("Host.Sysctls", sysctls)),
              IsErrorWith(Code::kInvalidArgument, "Host.Sysctls"));
}

TEST(ContainerConfig, TakesWhatLaterVersionsAddedForNothing) {
  for (const std::string key :
       {"Host.CgroupParent", "Host.Hooks", "Host.EnvTargetFile", "Host.OomScoreAdj", "Host.Mounts",
        "Host.Tmpfs", "Host.ShmSize", "Host.ExtraHosts", "Host.Dns", "Host.DnsSearch",
        "Host.DnsOptions", "Process.Labels", "Process.Annotations", "Process.Entrypoint",
        "Process.GroupAdd", "Process.Healthcheck"}) {
    ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(Without(key)));
    EXPECT_NE(read, SampleConfig()) << key;
  }
}

TEST(ContainerConfig, RefusesSysctlsOfAnUnknownNamespace) {
  EXPECT_THAT(ConfigFromJson(With("Host.NsChangeFiles", json::Array{"user"})),
              IsErrorWith(Code::kInvalidArgument, "NsChangeFiles"));
}

TEST(ContainerConfig, RefusesDamagedSecurityOpts) {
  for (const char* text : {"", "seccomp=", "apparmor=x", "no-new-privileges=maybe"}) {
    EXPECT_THAT(ConfigFromJson(With("Host.SecurityOpt", json::Array{text})),
                IsErrorWith(Code::kInvalidArgument, "Host.SecurityOpt"));
  }
}

TEST(ContainerConfig, RefusesDamagedDeviceRules) {
  for (const char* text : {"", "c 1:3", "a 1:3 rwm"}) {
    EXPECT_THAT(ConfigFromJson(With("Host.DeviceCgroupRules", json::Array{text})),
                IsErrorWith(Code::kInvalidArgument, "Host.DeviceCgroupRules"));
  }
}

TEST(ContainerConfig, RefusesADamagedEntrypointAndOomScore) {
  EXPECT_THAT(ConfigFromJson(With("Process.Entrypoint", "/bin/other")),
              IsErrorWith(Code::kInvalidArgument, "Process.Entrypoint"));
  for (const int score : {-1001, 1001}) {
    EXPECT_THAT(ConfigFromJson(With("Host.OomScoreAdj", score)),
                IsErrorWith(Code::kInvalidArgument, "Host.OomScoreAdj"));
  }
}

TEST(ContainerConfig, RefusesDamagedMounts) {
  const auto mount = [](const char* text) {
    ASSERT_OK_AND_ASSIGN(const json::Value value, json::Parse(text));
    EXPECT_THAT(ConfigFromJson(With("Host.Mounts", value)),
                IsErrorWith(Code::kInvalidArgument, "Host.Mounts"))
        << text;
  };
  mount(R"([{"Type":"volume","Target":"/a"}])");
  mount(R"([{"Type":"bind","Source":"/s","Target":"/a","ReadOnly":true}])");
  mount(R"([{"Type":"bind","Source":"/s","Target":"/a/","ReadOnly":true,
             "BindOptions":{"Propagation":"rprivate"}}])");
  mount(R"([{"Type":"bind","Source":"/s","Target":"/a","ReadOnly":true,
             "BindOptions":{"Propagation":"up"}}])");
  mount(R"([{"Type":"tmpfs","Target":"/proc","ReadOnly":true,
             "TmpfsOptions":{"SizeBytes":0,"Mode":0}}])");
  mount(R"([{"Type":"tmpfs","Target":"/a","ReadOnly":true,
             "TmpfsOptions":{"SizeBytes":0,"Mode":4096}}])");
  mount(R"([{"Type":"tmpfs","Target":"/a","ReadOnly":true,
             "TmpfsOptions":{"SizeBytes":-1,"Mode":0}}])");
  EXPECT_THAT(ConfigFromJson(With("Host.ShmSize", 1)),
              IsErrorWith(Code::kInvalidArgument, "Host.ShmSize"));
  for (const char* path : {"a", "/a/", "/proc"}) {
    json::Object tmpfs;
    tmpfs.Set(path, "ro");
    EXPECT_THAT(ConfigFromJson(With("Host.Tmpfs", tmpfs)),
                IsErrorWith(Code::kInvalidArgument, "Host.Tmpfs"));
  }
}

TEST(ContainerConfig, RefusesWhatWouldBeMoreThanALineOfAGeneratedFile) {
  for (const std::string key : {"ExtraHosts", "Dns", "DnsSearch", "DnsOptions"}) {
    EXPECT_THAT(ConfigFromJson(With("Host." + key, json::Array{"a\nb"})),
                IsErrorWith(Code::kInvalidArgument, "Host." + key));
  }
}

TEST(ContainerConfig, AnExecHasTheContainersFurtherGroups) {
  EXPECT_EQ(ExecProcess(SampleConfig(), {}).group_add, (std::vector<std::string>{"audio", "7"}));
}

TEST(ContainerConfig, RefusesADamagedCgroupParentAndHooks) {
  for (const char* parent : {"/", "relative", "/a/../b", "/a/"}) {
    EXPECT_THAT(ConfigFromJson(With("Host.CgroupParent", parent)),
                IsErrorWith(Code::kInvalidArgument, "Host.CgroupParent"));
  }
  json::Object hook;
  hook.Set("path", "true");
  json::Object hooks;
  hooks.Set("prestart", json::Array{hook});
  EXPECT_THAT(ConfigFromJson(With("Host.Hooks", hooks)),
              IsErrorWith(Code::kInvalidArgument, "must be absolute"));
}

TEST(ContainerConfig, RefusesADamagedUserRemap) {
  EXPECT_THAT(ConfigFromJson(With("Host.UserRemap", "0:0:1")),
              IsErrorWith(Code::kInvalidArgument, "Host.UserRemap"));
}

TEST(ContainerConfig, RefusesAnUnknownRestartPolicy) {
  EXPECT_THAT(ConfigFromJson(With("Host.RestartPolicy", "sometimes")),
              IsErrorWith(Code::kInvalidArgument, "Host.RestartPolicy"));
}

TEST(ContainerConfig, RefusesADamagedLog) {
  for (const std::string key : {"Driver", "MaxSize", "MaxFile"}) {
    EXPECT_THAT(ConfigFromJson(Without("Host.Log." + key)),
                IsErrorWith(Code::kInvalidArgument, "\"Host.Log." + key + "\""));
  }
  EXPECT_THAT(ConfigFromJson(With("Host.Log.Driver", "syslog")),
              IsErrorWith(Code::kInvalidArgument, "Host.Log.Driver"));
  EXPECT_THAT(ConfigFromJson(With("Host.Log.MaxSize", 1)),
              IsErrorWith(Code::kInvalidArgument, "max-size"));
  EXPECT_THAT(ConfigFromJson(With("Host.Log.MaxFile", int64_t{1} << 32)),
              IsErrorWith(Code::kInvalidArgument, "max-file"));
}

TEST(ContainerConfig, NamesWhatIsMissing) {
  for (const std::string key : {"Version",
                                "Id",
                                "Name",
                                "Image",
                                "Created",
                                "Process",
                                "Host",
                                "Process.User",
                                "Process.WorkingDir",
                                "Process.Tty",
                                "Process.Hostname",
                                "Process.OpenStdin",
                                "Process.StdinOnce",
                                "Process.StopSignal",
                                "Host.SystemContainer",
                                "Host.Rootfs",
                                "Host.ReadonlyRootfs",
                                "Host.AutoRemove",
                                "Host.Runtime",
                                "Host.Memory",
                                "Host.MemorySwap",
                                "Host.NanoCpus",
                                "Host.PidsLimit",
                                "Host.HostChannelAddMemory"}) {
    EXPECT_THAT(ConfigFromJson(Without(key)),
                IsErrorWith(Code::kInvalidArgument, "\"" + key + "\""));
  }
}

TEST(ContainerConfig, NamesWhatIsOfTheWrongType) {
  for (const std::string key :
       {"Version", "Id", "Name", "Image", "Created", "Process", "Host", "Process.Args",
        "Process.Env", "Process.Tty", "Process.StopSignal", "Host.Rootfs", "Host.Memory",
        "Host.Volumes", "Host.HostChannels", "Host.HostChannelAddMemory"}) {
    EXPECT_THAT(ConfigFromJson(With(key, 1.5)), IsErrorWith(Code::kInvalidArgument, key));
  }
}

TEST(ContainerConfig, RefusesAnotherVersion) {
  EXPECT_THAT(ConfigFromJson(With("Version", 2)), IsErrorWith(Code::kInvalidArgument, "Version"));
  EXPECT_THAT(ConfigFromJson(With("Version", 0)), IsErrorWith(Code::kInvalidArgument, "Version"));
}

TEST(ContainerConfig, RefusesIdsAndNamesThatCouldLeadOutOfTheirDirectory) {
  for (const char* id : {"", "..", "../../etc", "ABC", "abc"}) {
    EXPECT_THAT(ConfigFromJson(With("Id", id)), IsErrorWith(Code::kInvalidArgument, "Id"));
  }
  for (const char* name : {"", "..", "a/b", "-x", "a b"}) {
    EXPECT_THAT(ConfigFromJson(With("Name", name)), IsErrorWith(Code::kInvalidArgument, "Name"));
  }
}

TEST(ContainerConfig, RefusesAStopSignalThatIsNone) {
  for (const int64_t signal : {int64_t{-1}, int64_t{65}, int64_t{1} << 32}) {
    EXPECT_THAT(ConfigFromJson(With("Process.StopSignal", signal)),
                IsErrorWith(Code::kInvalidArgument, "\"Process.StopSignal\""));
  }
}

TEST(ContainerConfig, KeepsThatTheStopSignalIsTheInits) {
  ContainerConfig config = SampleConfig();
  config.stop_signal = 0;
  ASSERT_OK_AND_ASSIGN(const ContainerConfig read, ConfigFromJson(ToJson(config)));
  EXPECT_EQ(read, config);
}

// A container without a command cannot be shown, let alone started.
TEST(ContainerConfig, RefusesAnEmptyCommand) {
  EXPECT_THAT(ConfigFromJson(With("Process.Args", json::Array())),
              IsErrorWith(Code::kInvalidArgument, "Process.Args"));
  EXPECT_THAT(ConfigFromJson(Without("Process.Args")),
              IsErrorWith(Code::kInvalidArgument, "Process.Args"));
}

TEST(ContainerConfig, RefusesDamagedChannelsAndVolumes) {
  EXPECT_THAT(ConfigFromJson(With("Host.HostChannels", json::Array{"no colon"})),
              IsErrorWith(Code::kInvalidArgument, "no colon"));
  EXPECT_THAT(ConfigFromJson(With("Host.HostChannels", json::Array{7})),
              IsErrorWith(Code::kInvalidArgument, "HostChannels"));
  EXPECT_THAT(ConfigFromJson(With("Host.Volumes", json::Array{json::Object()})),
              IsErrorWith(Code::kInvalidArgument, "Source"));
}

TEST(ContainerConfig, RefusesWhatIsNoObject) {
  EXPECT_THAT(ConfigFromJson("text"), IsErrorWith(Code::kInvalidArgument, "config.json"));
}

TEST(ExecProcess, RunsAsAndWhereTheContainerDoesUnlessToldOtherwise) {
  spec::ProcessOptions asked;
  asked.args = {"ls"};
  const spec::ProcessOptions inherited = ExecProcess(SampleConfig(), asked);
  EXPECT_EQ(inherited.args, asked.args);
  EXPECT_EQ(inherited.user, "app:staff");
  EXPECT_EQ(inherited.workdir, "/srv");
  EXPECT_FALSE(inherited.terminal);  // that is not the container's to decide
  asked.user = "0";
  asked.workdir = "/tmp";
  asked.group_add = SampleConfig().process.group_add;
  EXPECT_EQ(ExecProcess(SampleConfig(), asked), asked);
}

TEST(AddedMemory, SumsTheWritableChannels) {
  ContainerConfig config = SampleConfig();
  config.channels.push_back({"/h3", "/c3", host_channel::Access::kReadWrite, 8192, {}});
  EXPECT_EQ(AddedMemory(config), (32u << 20) + 8192u);
}

TEST(AddedMemory, IsNothingWhereNobodyAskedForIt) {
  ContainerConfig config = SampleConfig();
  config.host_channel_add_memory = false;
  EXPECT_EQ(AddedMemory(config), 0u);
}

}  // namespace
}  // namespace isulad::container
