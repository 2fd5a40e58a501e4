#include "daemon/modules/spec/host_channel/record.h"

#include <algorithm>

#include "daemon/modules/spec/host_channel/channel_path.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"
#include "utils/json/reader.h"
#include "utils/json/value.h"

namespace isulad::host_channel {
namespace {

constexpr uint64_t kVersion = 1;

Result<std::vector<Owner>> ReadOwners(const json::Reader& reader) {
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children("Owners"));
  std::vector<Owner> owners;
  for (const json::Reader& child : children) {
    Owner owner;
    ASSIGN_OR_RETURN(owner.id, child.String("Id"));
    ASSIGN_OR_RETURN(owner.name, child.String("Name"));
    owners.push_back(std::move(owner));
  }
  if (owners.empty()) {
    return reader.Fault("Owners", "must not be empty");
  }
  return owners;
}

// A path is used as it stands: one that is not clean was not written by us.
Result<std::string> ReadPath(const json::Reader& reader, std::string_view key) {
  ASSIGN_OR_RETURN(std::string path, reader.String(key));
  const Result<std::string> clean = CleanChannelPath(key, path);
  if (!clean || *clean != path) {
    return reader.Fault(key, "must be a clean absolute path");
  }
  return path;
}

Result<Access> ReadAccess(const json::Reader& reader) {
  ASSIGN_OR_RETURN(const std::string name, reader.String("Permissions"));
  for (const Access access : {Access::kReadWrite, Access::kReadOnly}) {
    if (name == AccessName(access)) {
      return access;
    }
  }
  return reader.Fault("Permissions", "must be \"rw\" or \"ro\"");
}

Status ReadOptions(const json::Reader& reader, HostChannel& channel) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, reader.Strings("Options"));
  for (const std::string& name : names) {
    if (name != "symlinks") {
      return reader.Fault("Options", "holds the unknown option " + Quote(name));
    }
    channel.follow_symlinks = true;
  }
  return OkStatus();
}

Result<HostChannel> ReadChannel(const json::Reader& reader) {
  HostChannel channel;
  ASSIGN_OR_RETURN(channel.host_path, ReadPath(reader, "PathOnHost"));
  ASSIGN_OR_RETURN(channel.container_path, ReadPath(reader, "PathInContainer"));
  ASSIGN_OR_RETURN(channel.access, ReadAccess(reader));
  ASSIGN_OR_RETURN(channel.size, reader.Uint64("Size"));
  // tmpfs takes 0 for unlimited.
  if (channel.size < kMinimumSize) {
    return reader.Fault("Size", "is too small");
  }
  RETURN_IF_ERROR(ReadOptions(reader, channel));
  return channel;
}

Status CheckHeader(const json::Reader& reader, std::string_view id) {
  ASSIGN_OR_RETURN(const uint64_t version, reader.Uint64("Version"));
  if (version != kVersion) {
    return reader.Fault("Version",
                        "is " + std::to_string(version) + ", this engine reads version 1");
  }
  ASSIGN_OR_RETURN(const std::string own_id, reader.String("Id"));
  if (own_id != id || !IsValidId(own_id)) {
    return reader.Fault("Id", "is not the name of the record's directory");
  }
  return OkStatus();
}

}  // namespace

bool IsOwnedBy(const Record& record, std::string_view owner) {
  return std::any_of(record.owners.begin(), record.owners.end(),
                     [&](const Owner& o) { return o.id == owner; });
}

HostDirectory DirectoryOf(const Record& record) {
  return {record.channel.host_path, record.id, record.identities};
}

std::string SerializeRecord(const Record& record) {
  json::Array owners;
  for (const Owner& owner : record.owners) {
    json::Object object;
    object.Set("Id", owner.id);
    object.Set("Name", owner.name);
    owners.emplace_back(std::move(object));
  }
  json::Object object;
  object.Set("Version", kVersion);
  object.Set("Id", record.id);
  object.Set("Owners", std::move(owners));
  object.Set("Position", record.position);
  object.Set("PathOnHost", record.channel.host_path);
  object.Set("PathInContainer", record.channel.container_path);
  object.Set("Permissions", AccessName(record.channel.access));
  object.Set("Size", record.channel.size);
  object.Set("Options", OptionNames(record.channel));
  object.Set("Identities", record.identities);
  return json::Serialize(std::move(object), json::Style::kIndented);
}

Result<Record> ParseRecord(std::string_view text, std::string_view id) {
  ASSIGN_OR_RETURN(const json::Value value, json::Parse(text));
  const json::Reader reader(value, "channel.json");
  RETURN_IF_ERROR(CheckHeader(reader, id));
  Record record;
  record.id = std::string(id);
  ASSIGN_OR_RETURN(record.owners, ReadOwners(reader));
  ASSIGN_OR_RETURN(record.position, reader.Uint64("Position"));
  ASSIGN_OR_RETURN(record.channel, ReadChannel(reader));
  ASSIGN_OR_RETURN(record.identities, reader.Strings("Identities"));
  return record;
}

}  // namespace isulad::host_channel
