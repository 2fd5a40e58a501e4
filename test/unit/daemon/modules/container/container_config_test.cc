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
  EXPECT_EQ(ExecProcess(SampleConfig(), asked), asked);
}

TEST(AddedMemory, SumsTheWritableChannels) {
  ContainerConfig config = SampleConfig();
  config.channels.push_back({"/h3", "/c3", host_channel::Access::kReadWrite, 8192, false});
  EXPECT_EQ(AddedMemory(config), (32u << 20) + 8192u);
}

TEST(AddedMemory, IsNothingWhereNobodyAskedForIt) {
  ContainerConfig config = SampleConfig();
  config.host_channel_add_memory = false;
  EXPECT_EQ(AddedMemory(config), 0u);
}

}  // namespace
}  // namespace isulad::container
