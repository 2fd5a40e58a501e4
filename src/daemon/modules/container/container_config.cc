#include "daemon/modules/container/container_config.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>

#include <string_view>
#include <utility>

#include "daemon/modules/container/read_spec.h"
#include "utils/base/clean_path.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"
#include "utils/json/reader.h"

namespace isulad::container {
namespace {

// Raised where a program that does not know what is new would make a container less safe than it
// was asked to be, or another one. What it can leave out stays in the file, whoever writes it.
constexpr int64_t kConfigVersion = 3;

spec::ContainerSpec StoredSpec(const ContainerConfig& config) {
  spec::ContainerSpec spec = config.spec;
  spec.mutable_host()->clear_host_channels();
  return spec;
}

json::Array NamesToJson(const std::vector<ChannelName>& names) {
  json::Array array;
  for (const ChannelName& name : names) {
    json::Object object;
    object.Set("Id", name.id);
    object.Set("HostPath", name.host_path);
    array.emplace_back(std::move(object));
  }
  return array;
}

Result<std::vector<ChannelName>> NamesFromJson(const json::Reader& config) {
  std::vector<ChannelName> names;
  ASSIGN_OR_RETURN(const std::vector<json::Reader> readers, config.Children("Channels"));
  for (const json::Reader& reader : readers) {
    ChannelName name;
    ASSIGN_OR_RETURN(name.id, reader.String("Id"));
    ASSIGN_OR_RETURN(name.host_path, reader.String("HostPath"));
    if (!IsValidId(name.id)) {
      return reader.Fault("Id", "does not have the form of an id");
    }
    names.push_back(std::move(name));
  }
  return names;
}

Result<std::vector<std::string>> MountPointsFromJson(const json::Reader& config) {
  ASSIGN_OR_RETURN(std::vector<std::string> points, config.Strings("MountPoints"));
  for (const std::string& point : points) {
    const Result<std::string> clean = CleanAbsolutePath(point);
    if (!clean || *clean != point) {
      return config.Fault("MountPoints", "has " + Quote(point) + ", which is no clean path");
    }
  }
  return points;
}

Result<json::Value> SpecToJson(const spec::ContainerSpec& spec) {
  std::string text;
  const auto printed = google::protobuf::util::MessageToJsonString(spec, &text);
  if (!printed.ok()) {
    return InvalidArgument("specification: " + std::string(printed.message()));
  }
  return json::Parse(text);
}

Result<spec::ContainerSpec> SpecFromJson(const json::Reader& reader) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  spec::ContainerSpec spec;
  const auto parsed =
      google::protobuf::util::JsonStringToMessage(json::Serialize(reader.value()), &spec, options);
  if (!parsed.ok()) {
    return InvalidArgument(std::string(parsed.message()));
  }
  return spec;
}

const google::protobuf::FieldDescriptor* FindField(const google::protobuf::Descriptor& message,
                                                   const std::string& key) {
  const auto* field = message.FindFieldByCamelcaseName(key);
  return field != nullptr ? field : message.FindFieldByName(key);
}

// The members of `object`, and of those in it, that are no fields of `message`.
json::Object UnknownMembers(const json::Object& object,
                            const google::protobuf::Descriptor& message) {
  json::Object unknown;
  for (const auto& [key, value] : object.members()) {
    const auto* field = FindField(message, key);
    if (field == nullptr) {
      unknown.Set(key, value);
    } else if (field->message_type() != nullptr && value.AsObject() != nullptr) {
      json::Object inside = UnknownMembers(*value.AsObject(), *field->message_type());
      if (!inside.empty()) {
        unknown.Set(key, std::move(inside));
      }
    }
  }
  return unknown;
}

void AddMembers(const json::Object& members, json::Object& object) {
  for (const auto& [key, value] : members.members()) {
    json::Value* const there = object.Find(key);
    if (there == nullptr) {
      object.Set(key, value);
    } else if (there->AsObject() != nullptr && value.AsObject() != nullptr) {
      AddMembers(*value.AsObject(), *there->AsObject());
    }
  }
}

// Other containers are named by their ids, which no later one can have.
Status CheckIds(const NamespaceOptions& options) {
  for (const NamespaceKind* kind : kNamespaceKinds) {
    const NamespaceChoice& choice = options.*kind->choice;
    if (choice.joins() && !IsValidId(choice.container)) {
      return InvalidArgument(std::string(kind->flag) +
                             " names a container by something else than its id");
    }
  }
  return OkStatus();
}

Result<ContainerConfig> ReadStored(const json::Reader& reader) {
  ASSIGN_OR_RETURN(spec::ContainerSpec spec, SpecFromJson(reader));
  // Sizes were rounded to whole pages when they were written.
  ASSIGN_OR_RETURN(ContainerConfig config, ReadSpec(std::move(spec), host_channel::kMinimumSize));
  RETURN_IF_ERROR(CheckIds(config.namespaces));
  config.channels.clear();  // never written
  config.unknown = UnknownMembers(*reader.value().AsObject(), *config.spec.GetDescriptor());
  return config;
}

}  // namespace

uint64_t AddedMemory(const ContainerConfig& config) {
  uint64_t added = 0;
  if (config.host().host_channel_add_memory()) {
    for (const host_channel::HostChannel& channel : config.channels) {
      added += channel.access == host_channel::Access::kReadWrite ? channel.size : 0;
    }
  }
  return added;
}

std::vector<spec::BindMount> BindsOf(const ContainerConfig& config) {
  std::vector<spec::BindMount> binds = config.volumes;
  for (spec::BindMount& bind : spec::BindsOf(config.files)) {
    binds.push_back(std::move(bind));
  }
  return binds;
}

spec::ProcessConfig ExecProcess(const ContainerConfig& config, spec::ProcessConfig asked) {
  if (asked.user().empty()) {
    asked.set_user(config.process().user());
  }
  if (asked.workdir().empty()) {
    asked.set_workdir(config.process().workdir());
  }
  *asked.mutable_group_add() = config.process().group_add();
  return asked;
}

Result<json::Value> ToJson(const ContainerConfig& config) {
  ASSIGN_OR_RETURN(json::Value spec, SpecToJson(StoredSpec(config)));
  AddMembers(config.unknown, *spec.AsObject());
  json::Object object;
  object.Set("Version", kConfigVersion);
  object.Set("Id", config.id);
  object.Set("Name", config.name);
  object.Set("Created", config.created.nanoseconds);
  object.Set("Spec", std::move(spec));
  object.Set("Channels", NamesToJson(config.channel_names));
  object.Set("MountPoints", config.mount_points);
  return json::Value(std::move(object));
}

Result<ContainerConfig> ConfigFromJson(const json::Value& value) {
  const json::Reader reader(value, "config.json");
  ASSIGN_OR_RETURN(const int64_t version, reader.Int64("Version"));
  if (version != kConfigVersion) {
    return reader.Fault("Version", "is not one that this program reads");
  }
  ASSIGN_OR_RETURN(const json::Reader spec, reader.Child("Spec"));
  Result<ContainerConfig> config = ReadStored(spec);
  if (!config) {
    return reader.Fault("Spec", config.error().message());
  }
  ASSIGN_OR_RETURN(config->id, reader.String("Id"));
  ASSIGN_OR_RETURN(config->name, reader.String("Name"));
  if (!IsValidId(config->id) || !IsValidName(config->name)) {
    return reader.Fault("Id", "or \"Name\" has not the form of one");
  }
  ASSIGN_OR_RETURN(config->created.nanoseconds, reader.Int64("Created"));
  ASSIGN_OR_RETURN(config->channel_names, NamesFromJson(reader));
  ASSIGN_OR_RETURN(config->mount_points, MountPointsFromJson(reader));
  return config;
}

}  // namespace isulad::container
