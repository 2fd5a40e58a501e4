#include "daemon/modules/container/files_json.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "utils/base/strings.h"

namespace isulad::container {
namespace {

constexpr char kMounts[] = "Mounts";
constexpr char kTmpfs[] = "Tmpfs";
constexpr char kShmSize[] = "ShmSize";
constexpr char kExtraHosts[] = "ExtraHosts";
constexpr char kDns[] = "Dns";
constexpr char kDnsSearch[] = "DnsSearch";
constexpr char kDnsOptions[] = "DnsOptions";
constexpr char kBindOptions[] = "BindOptions";
constexpr char kTmpfsOptions[] = "TmpfsOptions";
constexpr int32_t kMaxMode = 07777;
constexpr uint64_t kSmallestPage = 4096;

json::Value ToJson(const spec::BindMount& bind) {
  json::Object options;
  options.Set("Propagation", bind.propagation);
  json::Object object;
  object.Set("Type", "bind");
  object.Set("Source", bind.source);
  object.Set("Target", bind.target);
  object.Set("ReadOnly", bind.read_only);
  object.Set(kBindOptions, std::move(options));
  return object;
}

json::Value ToJson(const spec::Tmpfs& tmpfs) {
  json::Object options;
  options.Set("SizeBytes", tmpfs.size);
  options.Set("Mode", tmpfs.mode);
  json::Object object;
  object.Set("Type", "tmpfs");
  object.Set("Target", tmpfs.target);
  object.Set("ReadOnly", tmpfs.read_only);
  object.Set(kTmpfsOptions, std::move(options));
  return object;
}

Result<spec::MountOption> BindFromJson(const json::Reader& reader) {
  spec::BindMount bind;
  ASSIGN_OR_RETURN(bind.source, reader.String("Source"));
  ASSIGN_OR_RETURN(bind.target, reader.String("Target"));
  ASSIGN_OR_RETURN(bind.read_only, reader.Bool("ReadOnly"));
  ASSIGN_OR_RETURN(const json::Reader options, reader.Child(kBindOptions));
  ASSIGN_OR_RETURN(bind.propagation, options.String("Propagation"));
  if (!spec::IsPropagation(bind.propagation)) {
    return options.Fault("Propagation", "is not known");
  }
  const Result<std::string> clean = spec::CleanTarget(bind.target);
  if (!clean || *clean != bind.target) {
    return reader.Fault("Target", "is no mount point");
  }
  return spec::MountOption(std::move(bind));
}

Result<spec::MountOption> TmpfsFromJson(const json::Reader& reader) {
  spec::Tmpfs tmpfs;
  ASSIGN_OR_RETURN(tmpfs.target, reader.String("Target"));
  ASSIGN_OR_RETURN(tmpfs.read_only, reader.Bool("ReadOnly"));
  ASSIGN_OR_RETURN(const json::Reader options, reader.Child(kTmpfsOptions));
  ASSIGN_OR_RETURN(const int64_t size, options.Int64("SizeBytes"));
  if (size < 0) {
    return options.Fault("SizeBytes", "is below 0");
  }
  tmpfs.size = static_cast<uint64_t>(size);
  ASSIGN_OR_RETURN(const int32_t mode, options.Int32("Mode", 0, kMaxMode));
  tmpfs.mode = static_cast<uint32_t>(mode);
  const Result<std::string> clean = spec::CleanTmpfsTarget(tmpfs.target);
  if (!clean || *clean != tmpfs.target) {
    return reader.Fault("Target", "is no mount point");
  }
  return spec::MountOption(std::move(tmpfs));
}

Status ReadMounts(const json::Reader& reader, spec::FileOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children(kMounts));
  for (const json::Reader& child : children) {
    ASSIGN_OR_RETURN(const std::string type, child.String("Type"));
    if (type != "bind" && type != "tmpfs") {
      return child.Fault("Type", "is not known");
    }
    ASSIGN_OR_RETURN(spec::MountOption mount,
                     type == "bind" ? BindFromJson(child) : TmpfsFromJson(child));
    options.mounts.push_back(std::move(mount));
  }
  return OkStatus();
}

Status ReadTmpfs(const json::Reader& reader, spec::FileOptions& options) {
  if (!reader.Has(kTmpfs)) {
    return OkStatus();  // written before there was any
  }
  ASSIGN_OR_RETURN(const json::Reader child, reader.Child(kTmpfs));
  for (const json::Member& member : child.value().AsObject()->members()) {
    ASSIGN_OR_RETURN(const std::string text, child.String(member.first));
    Result<spec::Tmpfs> tmpfs = spec::ParseTmpfs(member.first + ":" + text);
    if (!tmpfs || tmpfs->target != member.first) {
      return reader.Fault(kTmpfs, tmpfs ? "has a path that is not clean" : tmpfs.error().message());
    }
    options.tmpfs.push_back(*std::move(tmpfs));
  }
  return OkStatus();
}

json::Value HostsToJson(const std::vector<spec::HostEntry>& entries) {
  std::vector<std::string> texts;
  texts.reserve(entries.size());
  for (const spec::HostEntry& entry : entries) {
    texts.push_back(spec::FormatHostEntry(entry));
  }
  return texts;
}

Status ReadHosts(const json::Reader& reader, spec::NameOptions& names) {
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, reader.Strings(kExtraHosts));
  for (const std::string& text : texts) {
    Result<spec::HostEntry> entry = spec::ParseHostEntry(text);
    if (!entry) {
      return reader.Fault(kExtraHosts, entry.error().message());
    }
    names.hosts.push_back(*std::move(entry));
  }
  return OkStatus();
}

// They become lines of a file.
Result<std::vector<std::string>> Checked(const json::Reader& reader, const char* key,
                                         Status (*check)(std::string_view)) {
  ASSIGN_OR_RETURN(std::vector<std::string> texts, reader.Strings(key));
  for (const std::string& text : texts) {
    if (const Status status = check(text); !status) {
      return reader.Fault(key, status.error().message());
    }
  }
  return texts;
}

}  // namespace

void AddFilesToJson(const spec::FileOptions& options, json::Object& object) {
  json::Array mounts;
  for (const spec::MountOption& mount : options.mounts) {
    mounts.push_back(std::visit([](const auto& value) { return ToJson(value); }, mount));
  }
  object.Set(kMounts, std::move(mounts));
  json::Object tmpfs;
  for (const spec::Tmpfs& one : options.tmpfs) {
    tmpfs.Set(one.target, Join(spec::TmpfsOptions(one), ","));
  }
  object.Set(kTmpfs, std::move(tmpfs));
  object.Set(kShmSize, options.shm_size);
  object.Set(kExtraHosts, HostsToJson(options.names.hosts));
  object.Set(kDns, options.names.servers);
  object.Set(kDnsSearch, options.names.search);
  object.Set(kDnsOptions, options.names.options);
}

Result<spec::FileOptions> FilesFromJson(const json::Reader& reader) {
  spec::FileOptions options;
  RETURN_IF_ERROR(ReadMounts(reader, options));
  RETURN_IF_ERROR(ReadTmpfs(reader, options));
  ASSIGN_OR_RETURN(options.shm_size, reader.Uint64Or(kShmSize, 0));
  if (options.shm_size % kSmallestPage != 0) {
    return reader.Fault(kShmSize, "is not whole pages");  // to the kernel, too little is no limit
  }
  RETURN_IF_ERROR(ReadHosts(reader, options.names));
  ASSIGN_OR_RETURN(options.names.servers, Checked(reader, kDns, spec::CheckServer));
  ASSIGN_OR_RETURN(options.names.search, Checked(reader, kDnsSearch, spec::CheckSearchDomain));
  ASSIGN_OR_RETURN(options.names.options, Checked(reader, kDnsOptions, spec::CheckResolverOption));
  return options;
}

}  // namespace isulad::container
