// The options for a container's files besides its rootfs and its volumes: the group that --mount,
// --tmpfs, --shm-size, --add-host and --dns* fill, as values with their texts. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_FILE_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_SPEC_FILE_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "daemon/modules/spec/name_options.h"
#include "daemon/modules/spec/options.h"
#include "utils/base/result.h"

namespace isulad::spec {

inline constexpr char kDefaultPropagation[] = "rprivate";

// A tmpfs that belongs to the container.
struct Tmpfs {
  std::string target;                // absolute, clean
  uint64_t size = 0;                 // bytes; 0: half of the host's memory, the kernel's default
  uint32_t mode = 01777;             // permission bits of its root directory
  std::optional<uint32_t> uid = {};  // its owner in the container; not set: root
  std::optional<uint32_t> gid = {};
  bool read_only = false;
  bool exec = false;
  bool suid = false;
  bool dev = false;
  friend bool operator==(const Tmpfs&, const Tmpfs&) = default;
};

// One --mount.
using MountOption = std::variant<BindMount, Tmpfs>;

struct FileOptions {
  std::vector<MountOption> mounts;
  std::vector<Tmpfs> tmpfs;  // of --tmpfs
  uint64_t shm_size = 0;     // bytes, whole pages; 0: not given
  NameOptions names;
  friend bool operator==(const FileOptions&, const FileOptions&) = default;
};

// The mounts of each kind; TmpfsOf includes the file systems of --tmpfs.
std::vector<BindMount> BindsOf(const FileOptions& options);
std::vector<Tmpfs> TmpfsOf(const FileOptions& options);

// Whether `word` names a mount propagation: rprivate, private, rslave, slave, rshared, shared.
bool IsPropagation(std::string_view word);

// Cleans `text` as a mount target. kInvalidArgument, with a reason that names it, if it is not an
// absolute path or is "/".
Result<std::string> CleanTarget(std::string_view text);
// Like CleanTarget, but for a tmpfs, which must not hide what the engine mounts for the kernel.
Result<std::string> CleanTmpfsTarget(std::string_view text);

// Reads the value of --tmpfs: PATH[:OPTION,...]. The options are size=BYTES, mode=OCTAL,
// uid=NUMBER, gid=NUMBER and one of each of ro rw, exec noexec, suid nosuid, dev nodev.
// kInvalidArgument with a reason that quotes the part that is wrong.
Result<Tmpfs> ParseTmpfs(std::string_view text);
// The options in full, as ParseTmpfs and mount(8) read them.
std::vector<std::string> TmpfsOptions(const Tmpfs& tmpfs);
// The text of a mode: "1777".
std::string OctalMode(uint32_t mode);

// Reads the value of --mount: KEY=VALUE,... as a line of CSV. kInvalidArgument with a reason that
// names the key.
Result<MountOption> ParseMount(std::string_view text);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_FILE_OPTIONS_H_
