// The daemon's configuration: defaults, then the file, then flags. Immutable once read.
#ifndef ISULAD_DAEMON_CONFIG_DAEMON_CONFIG_H_
#define ISULAD_DAEMON_CONFIG_DAEMON_CONFIG_H_

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "utils/base/limit_text.h"
#include "utils/base/result.h"
#include "utils/log/log.h"

namespace isulad::config {

struct RuntimeEntry {
  std::string path;  // empty: searched for in the usual directories
  std::vector<std::string> arguments;
  friend bool operator==(const RuntimeEntry&, const RuntimeEntry&) = default;
};

// How the output of containers is kept if they do not specify it.
struct ContainerLog {
  std::string driver;                // empty: json-file
  std::vector<std::string> options;  // "KEY=VALUE"
  friend bool operator==(const ContainerLog&, const ContainerLog&) = default;
};

struct DaemonConfig {
  std::string graph = "/var/lib/isulad";
  std::string state = "/var/run/isulad";
  std::vector<std::string> hosts = {"unix:///var/run/isulad.sock"};
  std::string group = "isula";
  std::string pidfile = "/var/run/isulad.pid";
  log::Level log_level = log::Level::kInfo;
  bool log_to_file = false;
  // The file of the log; empty: stderr. With log_to_file, Validate() fills in a file in the data
  // directory.
  std::string log_file;
  std::string default_runtime = "crun";
  std::map<std::string, RuntimeEntry> runtimes = {{"crun", {}}, {"runc", {}}};
  std::string cgroup_parent = "/isulad";
  std::chrono::seconds start_timeout{120};
  // Mount channels in the mount namespace of pid 1, whatever the daemon's own is.
  bool host_mount_namespace = false;
  // The limit of all channels together, in bytes; 0: half of physical memory.
  uint64_t host_channel_memory_max = 0;
  // Defaults for containers.
  std::vector<Ulimit> default_ulimits;  // each name once
  uint32_t umask = 0022;
  std::string hook_spec;  // a file; empty: none
  ContainerLog container_log;

  // One line for each key of the file that iSula knows but this daemon does not serve.
  std::vector<std::string> warnings;
};

// Applies the text of the file to `config` and adds to its `warnings`. kInvalidArgument with the
// key's name for an unknown key or a value of the wrong type or range.
Status ApplyFile(const std::string& text, DaemonConfig& config);

// Checks settings against each other, cleans the paths, and fills in settings that follow from
// others. kInvalidArgument if a check fails.
Status Validate(DaemonConfig& config);

}  // namespace isulad::config

#endif  // ISULAD_DAEMON_CONFIG_DAEMON_CONFIG_H_
