#include <algorithm>
#include <string_view>
#include <utility>

#include "daemon/config/container_keys.h"
#include "daemon/config/daemon_config.h"
#include "utils/base/byte_size.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/json/reader.h"

namespace isulad::config {
namespace {

constexpr char kFile[] = "daemon.json";
constexpr char kHostNamespace[] = "host";
constexpr char kDaemonNamespace[] = "daemon";
constexpr uint64_t kMaxStartSeconds = 24 * 3600;

const std::vector<std::string_view> kKeys = {"graph",
                                             "state",
                                             "hosts",
                                             "host",
                                             "group",
                                             "pidfile",
                                             "log-level",
                                             "log-driver",
                                             "log-file",
                                             "default-runtime",
                                             "runtimes",
                                             "cgroup-parent",
                                             "start-timeout",
                                             "mount-namespace",
                                             "host-channel-memory-max"};

// Keys that have a meaning in iSula's file but none here yet: a file with them can still be used.
// docs/configuration.md has the same table with the reasons.
const std::vector<std::string_view> kNotServed = {"storage-driver",
                                                  "storage-opts",
                                                  "registry-mirrors",
                                                  "insecure-registries",
                                                  "image-server-sock-addr",
                                                  "image-layer-check",
                                                  "image-opt-timeout",
                                                  "image-service",
                                                  "pod-sandbox-image",
                                                  "network-plugin",
                                                  "cni-bin-dir",
                                                  "cni-conf-dir",
                                                  "enable-plugins",
                                                  "plugins",
                                                  "cri-runtimes",
                                                  "engine",
                                                  "rootfsmntdir",
                                                  "websocket-server-listening-port",
                                                  "use-decrypted-key",
                                                  "overlay2.override_kernel_check",
                                                  "userns-remap",
                                                  "cpu-rt-period",
                                                  "cpu-rt-runtime",
                                                  "authorization-plugin",
                                                  "selinux-enabled",
                                                  "metrics-port",
                                                  "min-free-storage",
                                                  "live-restore"};

// Keys that must not be ignored silently: that would be a loss of protection or of control.
const std::vector<std::string_view> kRefused = {"tls",     "tlsverify", "tlscacert",
                                                "tlscert", "tlskey",    "systemd-cgroup"};

bool Contains(const std::vector<std::string_view>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Status CheckKeys(const json::Reader& reader, DaemonConfig& config) {
  for (const json::Member& member : reader.value().AsObject()->members()) {
    const std::string& key = member.first;
    if (Contains(kNotServed, key)) {
      config.warnings.push_back(std::string(kFile) + ": " + Quote(key) +
                                " is not served and has no effect");
    } else if (Contains(kRefused, key) && member.second != json::Value(false)) {
      return InvalidArgument(Quote(key) + " is not supported yet").AddContext(kFile);
    } else if (!Contains(kKeys, key) && !Contains(ContainerKeys(), key) &&
               !Contains(kRefused, key)) {
      return InvalidArgument("unknown key " + Quote(key)).AddContext(kFile);
    }
  }
  return OkStatus();
}

Status ReadHosts(const json::Reader& reader, DaemonConfig& config) {
  ASSIGN_OR_RETURN(std::vector<std::string> hosts, reader.Strings("hosts"));
  if (reader.Has("host")) {
    ASSIGN_OR_RETURN(std::string host, reader.String("host"));
    hosts.push_back(std::move(host));
  }
  if (!hosts.empty()) {
    config.hosts = std::move(hosts);
  }
  return OkStatus();
}

Status ReadLog(const json::Reader& reader, DaemonConfig& config) {
  if (reader.Has("log-level")) {
    ASSIGN_OR_RETURN(const std::string level, reader.String("log-level"));
    Result<log::Level> parsed = log::ParseLevel(level);
    if (!parsed) {
      return reader.Fault("log-level",
                          "is " + Quote(level) + ": FATAL, ERROR, WARN, INFO, DEBUG or TRACE");
    }
    config.log_level = *parsed;
  }
  if (reader.Has("log-driver")) {
    ASSIGN_OR_RETURN(const std::string driver, reader.String("log-driver"));
    if (driver != "stderr" && driver != "file") {
      return reader.Fault("log-driver", "is " + Quote(driver) + ": stderr or file");
    }
    config.log_to_file = driver == "file";
  }
  if (reader.Has("log-file")) {
    ASSIGN_OR_RETURN(config.log_file, reader.String("log-file"));
    if (!config.log_to_file) {
      return reader.Fault("log-file", "needs \"log-driver\": \"file\"");
    }
  }
  return OkStatus();
}

Status ReadRuntimes(const json::Reader& reader, DaemonConfig& config) {
  ASSIGN_OR_RETURN(config.default_runtime,
                   reader.StringOr("default-runtime", config.default_runtime));
  if (!reader.Has("runtimes")) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const json::Reader runtimes, reader.Child("runtimes"));
  for (const json::Member& member : runtimes.value().AsObject()->members()) {
    ASSIGN_OR_RETURN(const json::Reader entry, runtimes.Child(member.first));
    RETURN_IF_ERROR(entry.CheckKeys({"path", "runtimeArgs", "runtime-args"}));
    RuntimeEntry runtime;
    ASSIGN_OR_RETURN(runtime.path, entry.String("path"));
    ASSIGN_OR_RETURN(runtime.arguments,
                     entry.Strings(entry.Has("runtimeArgs") ? "runtimeArgs" : "runtime-args"));
    config.runtimes[member.first] = std::move(runtime);
  }
  return OkStatus();
}

// "120s", "2m" or a number of seconds.
Result<std::chrono::seconds> ParseDuration(const std::string& text) {
  std::string_view digits = text;
  uint64_t unit = 1;
  if (!digits.empty() && (digits.back() == 's' || digits.back() == 'm')) {
    unit = digits.back() == 'm' ? 60 : 1;
    digits.remove_suffix(1);
  }
  const std::optional<uint64_t> number = ParseUint64(digits);
  if (!number || *number == 0 || *number > kMaxStartSeconds / unit) {
    return InvalidArgument("must be a time like \"120s\" or \"2m\", at most a day");
  }
  return std::chrono::seconds(*number * unit);
}

Status ReadChannels(const json::Reader& reader, DaemonConfig& config) {
  const char* now = config.host_mount_namespace ? kHostNamespace : kDaemonNamespace;
  ASSIGN_OR_RETURN(const std::string space, reader.StringOr("mount-namespace", now));
  if (space != kHostNamespace && space != kDaemonNamespace) {
    return reader.Fault("mount-namespace", "is " + Quote(space) + ": daemon or host");
  }
  config.host_mount_namespace = space == kHostNamespace;
  if (!reader.Has("host-channel-memory-max")) {
    return OkStatus();
  }
  if (const json::Value* value = reader.value().AsObject()->Find("host-channel-memory-max");
      value->AsString() != nullptr) {
    Result<uint64_t> size = ParseByteSize(*value->AsString());
    if (!size || *size == 0) {
      return reader.Fault("host-channel-memory-max", "must be a size like \"8G\"");
    }
    config.host_channel_memory_max = *size;
    return OkStatus();
  }
  ASSIGN_OR_RETURN(config.host_channel_memory_max, reader.Uint64("host-channel-memory-max"));
  return config.host_channel_memory_max > 0
             ? OkStatus()
             : Status(reader.Fault("host-channel-memory-max", "must be above 0"));
}

Status CleanPath(const char* name, std::string& path) {
  Result<std::string> clean = CleanAbsolutePath(path);
  if (!clean) {
    return std::move(clean).error().AddContext(std::string(name) + " " + Quote(path));
  }
  if (*clean == "/") {
    return InvalidArgument(std::string(name) + " must not be \"/\"");
  }
  path = *std::move(clean);
  return OkStatus();
}

Status CheckHost(const std::string& host) {
  constexpr std::string_view kUnix = "unix://";
  if (host.compare(0, kUnix.size(), kUnix) != 0) {
    return InvalidArgument("host " + Quote(host) + " is not supported: unix:///path/to/socket");
  }
  if (Result<std::string> clean = CleanAbsolutePath(host.substr(kUnix.size())); !clean) {
    return std::move(clean).error().AddContext("host " + Quote(host));
  }
  return OkStatus();
}

// Done last, as a later flag can change the data directory or send the log back to stderr.
Status SettleLogFile(DaemonConfig& config) {
  if (!config.log_to_file) {
    config.log_file.clear();
    return OkStatus();
  }
  if (config.log_file.empty()) {
    config.log_file = config.graph + "/isulad.log";
  }
  return CleanPath("log-file", config.log_file);
}

}  // namespace

Status ApplyFile(const std::string& text, DaemonConfig& config) {
  Result<json::Value> value = json::Parse(text);
  if (!value) {
    return std::move(value).error().AddContext(kFile);
  }
  if (value->AsObject() == nullptr) {
    return InvalidArgument("must be an object").AddContext(kFile);
  }
  const json::Reader reader(*value, kFile);
  RETURN_IF_ERROR(CheckKeys(reader, config));
  ASSIGN_OR_RETURN(config.graph, reader.StringOr("graph", config.graph));
  ASSIGN_OR_RETURN(config.state, reader.StringOr("state", config.state));
  ASSIGN_OR_RETURN(config.group, reader.StringOr("group", config.group));
  ASSIGN_OR_RETURN(config.pidfile, reader.StringOr("pidfile", config.pidfile));
  ASSIGN_OR_RETURN(config.cgroup_parent, reader.StringOr("cgroup-parent", config.cgroup_parent));
  if (reader.Has("start-timeout")) {
    ASSIGN_OR_RETURN(const std::string timeout, reader.String("start-timeout"));
    Result<std::chrono::seconds> parsed = ParseDuration(timeout);
    if (!parsed) {
      return reader.Fault("start-timeout", parsed.error().message());
    }
    config.start_timeout = *parsed;
  }
  RETURN_IF_ERROR(ReadHosts(reader, config));
  RETURN_IF_ERROR(ReadLog(reader, config));
  RETURN_IF_ERROR(ReadRuntimes(reader, config));
  RETURN_IF_ERROR(ReadContainerKeys(reader, config));
  return ReadChannels(reader, config);
}

Status Validate(DaemonConfig& config) {
  RETURN_IF_ERROR(CleanPath("graph", config.graph));
  RETURN_IF_ERROR(CleanPath("state", config.state));
  RETURN_IF_ERROR(CleanPath("pidfile", config.pidfile));
  RETURN_IF_ERROR(CleanPath("cgroup-parent", config.cgroup_parent));
  if (!config.hook_spec.empty()) {
    RETURN_IF_ERROR(CleanPath("hook-spec", config.hook_spec));
  }
  if (config.runtimes.count(config.default_runtime) == 0) {
    return InvalidArgument("default-runtime " + Quote(config.default_runtime) +
                           " is not configured");
  }
  if (PathsOverlap(config.graph, config.state)) {
    return InvalidArgument("graph " + Quote(config.graph) + " and state " + Quote(config.state) +
                           " must not lie in one another");
  }
  for (const std::string& host : config.hosts) {
    RETURN_IF_ERROR(CheckHost(host));
  }
  return SettleLogFile(config);
}

}  // namespace isulad::config
