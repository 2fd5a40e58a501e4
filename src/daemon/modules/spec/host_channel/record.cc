#include "daemon/modules/spec/host_channel/record.h"

#include <algorithm>

#include "daemon/modules/spec/host_channel/channel_path.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"
#include "utils/json/reader.h"
#include "utils/json/value.h"

namespace isulad::host_channel {
namespace {

constexpr uint64_t kVersion = 2;
constexpr uint64_t kVersionOfOneOwner = 1;

// A path is used as it is: one that is not clean was not written by us.
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

// Reads how an owner has the channel; in version 1 that is stored at the top level, next to
// "Owners".
Status ReadEntry(const json::Reader& reader, OwnerEntry& entry) {
  ASSIGN_OR_RETURN(entry.container_path, ReadPath(reader, "PathInContainer"));
  ASSIGN_OR_RETURN(entry.access, ReadAccess(reader));
  ASSIGN_OR_RETURN(entry.position, reader.Uint64("Position"));
  return OkStatus();
}

Result<std::vector<OwnerEntry>> ReadOwners(const json::Reader& reader, uint64_t version) {
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children("Owners"));
  std::vector<OwnerEntry> owners;
  for (const json::Reader& child : children) {
    OwnerEntry entry;
    ASSIGN_OR_RETURN(entry.owner.id, child.String("Id"));
    ASSIGN_OR_RETURN(entry.owner.name, child.String("Name"));
    RETURN_IF_ERROR(ReadEntry(version == kVersionOfOneOwner ? reader : child, entry));
    const bool twice = std::any_of(owners.begin(), owners.end(), [&](const OwnerEntry& other) {
      return other.owner.id == entry.owner.id;
    });
    if (twice) {
      return reader.Fault("Owners", "holds " + Quote(entry.owner.id) + " twice");
    }
    owners.push_back(std::move(entry));
  }
  if (owners.empty()) {
    return reader.Fault("Owners", "must not be empty");
  }
  return owners;
}

Result<Options> ReadOptions(const json::Reader& reader) {
  ASSIGN_OR_RETURN(const std::vector<std::string> items, reader.Strings("Options"));
  Result<Options> options = ParseOptions(Join(items, ","));
  if (!options) {
    return reader.Fault("Options", options.error().message());
  }
  return options;
}

// Rejects 0, which tmpfs takes as unlimited.
Result<uint64_t> ReadSize(const json::Reader& reader) {
  ASSIGN_OR_RETURN(const uint64_t size, reader.Uint64("Size"));
  if (size < kMinimumSize) {
    return reader.Fault("Size", "is too small");
  }
  return size;
}

Result<uint64_t> ReadVersion(const json::Reader& reader) {
  ASSIGN_OR_RETURN(const uint64_t version, reader.Uint64("Version"));
  if (version != kVersion && version != kVersionOfOneOwner) {
    return reader.Fault("Version",
                        "is " + std::to_string(version) + ", this engine reads versions 1 and 2");
  }
  return version;
}

Status CheckId(const json::Reader& reader, std::string_view id) {
  ASSIGN_OR_RETURN(const std::string own_id, reader.String("Id"));
  if (own_id != id || !IsValidId(own_id)) {
    return reader.Fault("Id", "is not the name of the record's directory");
  }
  return OkStatus();
}

json::Value OwnersToJson(const std::vector<OwnerEntry>& entries) {
  json::Array owners;
  for (const OwnerEntry& entry : entries) {
    json::Object object;
    object.Set("Id", entry.owner.id);
    object.Set("Name", entry.owner.name);
    object.Set("PathInContainer", entry.container_path);
    object.Set("Permissions", AccessName(entry.access));
    object.Set("Position", entry.position);
    owners.emplace_back(std::move(object));
  }
  return owners;
}

}  // namespace

const OwnerEntry* FindOwner(const Record& record, std::string_view owner) {
  const auto found = std::find_if(record.owners.begin(), record.owners.end(),
                                  [&](const OwnerEntry& entry) { return entry.owner.id == owner; });
  return found == record.owners.end() ? nullptr : &*found;
}

HostChannel ChannelOf(const Record& record, const OwnerEntry& entry) {
  return {record.host_path, entry.container_path, entry.access, record.size, record.options};
}

HostDirectory DirectoryOf(const Record& record) {
  return {record.host_path, record.id, record.identities};
}

std::string SerializeRecord(const Record& record) {
  json::Object object;
  object.Set("Version", kVersion);
  object.Set("Id", record.id);
  object.Set("PathOnHost", record.host_path);
  object.Set("Size", record.size);
  object.Set("Options", FormatOptions(record.options));
  object.Set("Owners", OwnersToJson(record.owners));
  object.Set("Identities", record.identities);
  if (record.previous_size != 0) {
    object.Set("PreviousSize", record.previous_size);
  }
  return json::Serialize(std::move(object), json::Style::kIndented);
}

Result<Record> ParseRecord(std::string_view text, std::string_view id) {
  ASSIGN_OR_RETURN(const json::Value value, json::Parse(text));
  const json::Reader reader(value, "channel.json");
  ASSIGN_OR_RETURN(const uint64_t version, ReadVersion(reader));
  RETURN_IF_ERROR(CheckId(reader, id));
  Record record;
  record.id = std::string(id);
  ASSIGN_OR_RETURN(record.host_path, ReadPath(reader, "PathOnHost"));
  ASSIGN_OR_RETURN(record.size, ReadSize(reader));
  ASSIGN_OR_RETURN(record.options, ReadOptions(reader));
  ASSIGN_OR_RETURN(record.owners, ReadOwners(reader, version));
  ASSIGN_OR_RETURN(record.identities, reader.Strings("Identities"));
  if (reader.Has("PreviousSize")) {
    ASSIGN_OR_RETURN(record.previous_size, reader.Uint64("PreviousSize"));
  }
  return record;
}

}  // namespace isulad::host_channel
