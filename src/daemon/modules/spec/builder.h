// Builds the OCI runtime configuration (config.json of a bundle; OCI runtime-spec 1.0) of a
// container: one pass a file, each fills its part of the document.
#ifndef ISULAD_DAEMON_MODULES_SPEC_BUILDER_H_
#define ISULAD_DAEMON_MODULES_SPEC_BUILDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/oci_mount.h"
#include "daemon/modules/spec/options.h"
#include "daemon/modules/spec/users.h"
#include "utils/base/result.h"
#include "utils/json/value.h"

namespace isulad::spec {

// A generated file that is bound over one of the rootfs: hosts, hostname, resolv.conf.
struct GeneratedFile {
  std::string source;
  std::string target;
};

// What a terminal is to measure when the process starts; 0 rows: the kernel's default.
struct ConsoleSize {
  uint16_t rows = 0;
  uint16_t columns = 0;
};

struct Input {
  std::string id;
  std::string hostname;
  std::string rootfs;  // canonical path
  bool rootfs_read_only = false;
  bool system_container = false;
  ProcessOptions process;
  ConsoleSize console;
  Identity identity;          // of process.user, looked up in the rootfs
  ResourceOptions resources;  // memory and memory_swap with the channels' sizes added where asked
  std::vector<BindMount> binds;
  std::vector<GeneratedFile> generated_files;
  std::vector<host_channel::MountEntry> channels;
  std::string cgroup_path;              // "/isulad/<id>"
  bool swap_accounting = true;          // false: a swap limit is left out, with a warning
  uint64_t available_capabilities = 0;  // what the daemon has: bits of capability(7)
  // Either the base64 of a ready program, or, for a runtime that does not take one, the profile as
  // OCI JSON.
  std::optional<std::string> seccomp_program;
  std::optional<json::Value> seccomp_profile;
  std::vector<std::pair<std::string, std::string>> annotations;
};

struct Output {
  json::Value config;
  // Wishes that were clamped to what this host can give; each a whole sentence fragment for one
  // line.
  std::vector<std::string> warnings;
};

Result<Output> Build(const Input& input);

// The OCI process object for an exec in a container that was built from `container`: its own args,
// env, user, workdir and terminal; capabilities and the rest as for the container's process.
struct ExecInput {
  ProcessOptions process;
  ConsoleSize console;
  Identity identity;
  uint64_t available_capabilities = 0;
  bool system_container = false;
  std::string hostname;
  std::vector<std::string>
      container_env;  // the container's, which process.env adds to and overrides
};
Result<json::Value> BuildExecProcess(const ExecInput& input);

// Where the configuration mounts something, in order: what must exist in the rootfs as a mount
// point. Targets beneath a file system that the configuration mounts itself (/dev, a tmpfs) are
// left out.
struct MountPoint {
  std::string target;
  bool is_file = false;  // a file is bound there, else a directory
};
Result<std::vector<MountPoint>> MountPointsOf(const Input& input);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_BUILDER_H_
