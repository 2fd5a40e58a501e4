// Builds the OCI runtime configuration (config.json of a bundle; OCI runtime-spec 1.0) of a
// container. Each pass has a file of its own and fills its part of the document.
#ifndef ISULAD_DAEMON_MODULES_SPEC_BUILDER_H_
#define ISULAD_DAEMON_MODULES_SPEC_BUILDER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/modules/spec/file_options.h"
#include "daemon/modules/spec/hooks.h"
#include "daemon/modules/spec/host_channel/oci_mount.h"
#include "daemon/modules/spec/options.h"
#include "daemon/modules/spec/resource_options.h"
#include "daemon/modules/spec/users.h"
#include "utils/base/key_value.h"
#include "utils/base/namespace_mode.h"
#include "utils/base/result.h"
#include "utils/base/user_remap.h"
#include "utils/json/value.h"

namespace isulad::spec {

// A generated file that is bind-mounted over one in the rootfs: hosts, hostname, resolv.conf.
struct GeneratedFile {
  std::string source;
  std::string target;
};

// POSIX shared memory, which belongs to the IPC namespace: shm_overview(7).
inline constexpr char kSharedMemoryPath[] = "/dev/shm";

// The size of a terminal when the process starts; 0 rows: the kernel's default.
struct ConsoleSize {
  uint16_t rows = 0;
  uint16_t columns = 0;
};

// The properties of a device of the host.
struct DeviceNode {
  DeviceMapping mapping;
  bool is_block = false;  // else a character device
  uint32_t major = 0;
  uint32_t minor = 0;
  uint32_t mode = 0;  // permission bits
  uint32_t uid = 0;
  uint32_t gid = 0;
};

// A block device, and how fast the container may use it.
struct DeviceRateNode {
  DeviceRateKind kind = DeviceRateKind::kReadBytes;
  uint32_t major = 0;
  uint32_t minor = 0;
  uint64_t rate = 0;
};

struct Input {
  std::string id;
  std::string hostname;
  std::string rootfs;  // canonical path
  bool rootfs_read_only = false;
  bool system_container = false;
  SecurityOptions security;
  std::vector<DeviceNode> devices;      // of security.devices, in the same order
  std::optional<UserRemap> user_remap;  // a user namespace with these ids
  ProcessConfig process;
  ConsoleSize console;
  Identity identity;  // of process.user, looked up in the rootfs
  uint32_t umask = 0022;
  // The bytes from which the sizes of a system container's tmpfs mounts are derived: its memory
  // limit without the channels' sizes, or the host's memory. 0: the default sizes.
  uint64_t memory = 0;
  ResourceLimits limits;  // memory and memory_swap with the channels' sizes added if asked for
  std::vector<DeviceRateNode> device_rates;  // of limits.device_*
  std::vector<HugetlbLimit> hugetlb;         // of limits.hugetlb_limits
  // The lowest value that the daemon may give a process; a lower one is clamped, with a warning.
  int64_t lowest_oom_score_adj = kLowestOomScoreAdj;
  std::vector<BindMount> binds;
  std::vector<Tmpfs> tmpfs;
  bool tmpfs_lose_mode = false;  // the runtime ignores the mode in their options
  uint64_t shm_size = 0;         // bytes of /dev/shm; 0: not given
  std::vector<GeneratedFile> generated_files;
  std::vector<host_channel::MountEntry> channels;
  std::string cgroup_path;              // "/isulad/<id>"
  bool swap_accounting = true;          // false: a swap limit is left out, with a warning
  bool swappiness = true;               // likewise for --memory-swappiness
  bool io_weights = true;               // likewise for --blkio-weight
  uint64_t available_capabilities = 0;  // the daemon's own: bits of capability(7)
  // The base64 of a ready program or, for a runtime that does not take one, the profile as OCI
  // JSON.
  std::optional<std::string> seccomp_program;
  std::optional<json::Value> seccomp_profile;
  KeyValues annotations;     // the user's
  Hooks hooks;               // the user's
  std::string hook_program;  // isulad-shim, which is run as a hook of ours
  NamespaceOptions namespaces;
  // For the namespaces of another container, keyed by the specification's name of the kind: the
  // path at which the runtime finds the namespace.
  std::map<std::string, std::string> namespace_paths;
  // With the IPC namespace of another container: the path of a detached mount of that container's
  // /dev/shm.
  std::string shared_memory;
};

// A place where the configuration mounts something.
struct MountPoint {
  std::string target;    // path in the container, absolute and clean
  bool is_file = false;  // if a file is bound there; else a directory
};

struct Output {
  json::Value config;
  std::vector<MountPoint> mount_points;  // see MountPointsOf()
  // Requests that were clamped to what this host can give; each is a sentence fragment that fits on
  // one line.
  std::vector<std::string> warnings;
};

Result<Output> Build(const Input& input);

// Input for the OCI process object of an exec in a container: its own args, env, user, workdir and
// terminal; capabilities and the rest as for the container's process.
struct ExecInput {
  ProcessConfig process;
  ConsoleSize console;
  Identity identity;
  uint32_t umask = 0022;
  uint64_t available_capabilities = 0;
  bool system_container = false;
  SecurityOptions security;
  std::optional<UserRemap> user_remap;
  std::string hostname;
  Texts container_env;  // the container's; process.env adds to it and overrides it
};
Result<json::Value> BuildExecProcess(const ExecInput& input);

// The size of /dev/shm in bytes if none is asked for. `memory` is as in Input.
uint64_t DefaultShmSize(bool system_container, uint64_t memory);

// The places where the configuration mounts something, in order: each must exist in the rootfs as a
// mount point. Targets beneath a file system that the configuration mounts itself (/dev, a tmpfs)
// are left out. Needs what says where something is mounted, and not from what.
Result<std::vector<MountPoint>> MountPointsOf(const Input& input);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_BUILDER_H_
