#include "daemon/config/container_keys.h"

#include <algorithm>
#include <string>
#include <utility>

#include "utils/base/strings.h"

namespace isulad::config {
namespace {

constexpr char kUlimit[] = "default-ulimit";    // ["nofile=1024:2048"], or one text
constexpr char kUlimits[] = "default-ulimits";  // {"nofile": {"Name", "Soft", "Hard"}}
constexpr char kUmask[] = "native.umask";
constexpr char kHookSpec[] = "hook-spec";
constexpr char kContainerLog[] = "container-log";
constexpr uint32_t kSecureUmask = 0027;
constexpr uint32_t kNormalUmask = 0022;

// Adds a ulimit. It replaces an earlier one of the same name.
Status AddUlimit(const json::Reader& reader, const char* key, const std::string& text,
                 DaemonConfig& config) {
  Result<Ulimit> ulimit = ParseUlimit(text);
  if (!ulimit) {
    return reader.Fault(key, ulimit.error().message());
  }
  std::vector<Ulimit>& all = config.default_ulimits;
  const auto same = std::find_if(all.begin(), all.end(),
                                 [&](const Ulimit& other) { return other.name == ulimit->name; });
  if (same != all.end()) {
    *same = *std::move(ulimit);
  } else {
    all.push_back(*std::move(ulimit));
  }
  return OkStatus();
}

Status ReadUlimitObjects(const json::Reader& reader, DaemonConfig& config) {
  ASSIGN_OR_RETURN(const json::Reader ulimits, reader.Child(kUlimits));
  for (const json::Member& member : ulimits.value().AsObject()->members()) {
    ASSIGN_OR_RETURN(const json::Reader entry, ulimits.Child(member.first));
    RETURN_IF_ERROR(entry.CheckKeys({"Name", "Soft", "Hard"}));
    ASSIGN_OR_RETURN(const std::string name, entry.StringOr("Name", member.first));
    ASSIGN_OR_RETURN(const int64_t soft, entry.Int64("Soft"));
    ASSIGN_OR_RETURN(const int64_t hard, entry.Int64("Hard"));
    const std::string text = name + "=" + std::to_string(soft) + ":" + std::to_string(hard);
    RETURN_IF_ERROR(AddUlimit(reader, kUlimits, text, config));
  }
  return OkStatus();
}

Status ReadUlimits(const json::Reader& reader, DaemonConfig& config) {
  if (reader.Has(kUlimits)) {
    RETURN_IF_ERROR(ReadUlimitObjects(reader, config));
  }
  if (!reader.Has(kUlimit)) {
    return OkStatus();
  }
  std::vector<std::string> texts;
  if (const json::Value* value = reader.value().AsObject()->Find(kUlimit);
      value->AsString() != nullptr) {
    texts.push_back(*value->AsString());
  } else {
    ASSIGN_OR_RETURN(texts, reader.Strings(kUlimit));
  }
  for (const std::string& text : texts) {
    RETURN_IF_ERROR(AddUlimit(reader, kUlimit, text, config));
  }
  return OkStatus();
}

Status ReadUmask(const json::Reader& reader, DaemonConfig& config) {
  if (!reader.Has(kUmask)) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const std::string name, reader.String(kUmask));
  if (name != "normal" && name != "secure") {
    return reader.Fault(kUmask, "is " + Quote(name) + ": normal (0022) or secure (0027)");
  }
  config.umask = name == "secure" ? kSecureUmask : kNormalUmask;
  return OkStatus();
}

Status ReadContainerLog(const json::Reader& reader, DaemonConfig& config) {
  if (!reader.Has(kContainerLog)) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const json::Reader log, reader.Child(kContainerLog));
  RETURN_IF_ERROR(log.CheckKeys({"driver", "opts"}));
  ASSIGN_OR_RETURN(config.container_log.driver, log.StringOr("driver", ""));
  config.container_log.options.clear();
  if (!log.Has("opts")) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const json::Reader options, log.Child("opts"));
  for (const json::Member& member : options.value().AsObject()->members()) {
    ASSIGN_OR_RETURN(const std::string value, options.String(member.first));
    config.container_log.options.push_back(member.first + "=" + value);
  }
  return OkStatus();
}

}  // namespace

const std::vector<std::string_view>& ContainerKeys() {
  static const std::vector<std::string_view> keys = {kUlimit, kUlimits, kUmask, kHookSpec,
                                                     kContainerLog};
  return keys;
}

Status ReadContainerKeys(const json::Reader& reader, DaemonConfig& config) {
  RETURN_IF_ERROR(ReadUlimits(reader, config));
  RETURN_IF_ERROR(ReadUmask(reader, config));
  ASSIGN_OR_RETURN(config.hook_spec, reader.StringOr(kHookSpec, config.hook_spec));
  return ReadContainerLog(reader, config);
}

}  // namespace isulad::config
