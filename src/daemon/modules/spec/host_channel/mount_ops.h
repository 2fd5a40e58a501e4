// The interface to the kernel: everything that the manager does to the host's file tree.
// linux_mount_ops.h is the real implementation; the unit tests use a fake that keeps a tree in
// memory, and both pass one contract suite.
//
// Each call looks up the host path again, by descriptors and refusing symbolic links, and verifies
// before it touches anything that what it found was made for this channel. Each call can be
// repeated. Implementations are thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_OPS_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_OPS_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "utils/base/result.h"
#include "utils/base/user_remap.h"

namespace isulad::host_channel {

// The directory on the host that a channel is mounted on, and how it is told apart from one that
// others made: by an extended attribute with the channel's id or, if the file system has no such
// attributes, by being one of `identities`.
struct HostDirectory {
  std::string path;  // canonical
  std::string channel_id;
  std::vector<std::string> identities;  // opaque; as announced by MakeDirectory
  // The device of the file system that holds the channel's record; 0 if it is not known.
  dev_t record_device = 0;
};

// Where a path leads that does not have to exist yet.
struct ResolvedPath {
  // Links in the existing parents are resolved; the last component is never followed.
  std::string canonical;
  bool exists = false;  // anything has that name: a file, a directory, a dangling link
};

enum class PathState {
  kMissing,   // nothing has that name
  kOurs,      // the channel's directory, with nothing mounted on it
  kMounted,   // the channel's file system is mounted there, with nothing else on it or in it
  kCovered,   // the channel's file system, with another mount on it or in it
  kForeign,   // something that was not made for this channel, or a link on the way there
  kElsewhere  // the channel's file system is mounted at another path: a parent has been renamed
};

struct Inspection {
  PathState state = PathState::kMissing;
  // For a message, if the state is in the way of work: `"/h" is covered by a mount of "tmpfs"`.
  std::string detail;
  // The usage of the file system, if state is kMounted.
  uint64_t used = 0;  // bytes
  uint64_t free = 0;  // bytes
  uint64_t inodes = 0;
  uint64_t inodes_used = 0;
};

// Fails with kFailedPrecondition and the detail if the state is in the way of work on the channel;
// succeeds for kMissing, kOurs and kMounted.
Status CheckUnobstructed(const Inspection& inspection);

// Whether Inspect searches all mounts for one of this channel that is not at its path.
enum class Search { kPathOnly, kEverywhere };

// kResourceExhausted if `used` bytes do not fit into `size`.
Status CheckInUse(const std::string& path, uint64_t used, uint64_t size);

struct TmpfsOptions {
  uint64_t size = 0;  // bytes, whole pages
  uint64_t inodes = 0;
  mode_t mode = 01777;
  uid_t uid = 0;
  gid_t gid = 0;
  bool follow_symlinks = false;
  bool exec = false;
  bool noswap = false;
  std::string huge;           // as tmpfs takes it; empty: left to the kernel
  std::string memory_policy;  // likewise
  bool clear = false;         // Mount empties a channel that is already mounted
};

struct Unmounted {
  bool detached = false;             // the mount was busy
  std::vector<std::string> holders;  // the processes that kept it busy: `dd (pid 12)`
};

// The options of a view, a second mount of a channel.
struct ViewWish {
  bool read_only = false;  // permanently
  // Shows users and groups shifted, so that a container's root, which is `remap->uid` outside, is
  // to the channel what the host's root is.
  std::optional<UserRemap> remap;
};

struct View {
  bool maps_ids = false;  // false: not asked for, or the kernel cannot do it for a tmpfs
};

// What RemoveDirectory removes.
enum class Remains {
  kUnpublished,  // only what an interrupted MakeDirectory left under its temporary name
  kAll,
};

class MountOps {
 public:
  // Called by MakeDirectory with the identities of the directories that it is about to publish
  // (none if the file system keeps marks): they must be on disk first. An error stops
  // MakeDirectory.
  using Announce = std::function<Status(const std::vector<std::string>& identities)>;

  virtual ~MountOps() = default;

  // Resolves the deepest existing ancestor of the clean path `path`. kInvalidArgument if an
  // ancestor is not a directory or is a dangling link.
  virtual Result<ResolvedPath> Resolve(const std::string& path) = 0;

  virtual Result<Inspection> Inspect(const HostDirectory& directory, Search search) = 0;
  // Inspects each directory by its path only, in the given order; the mount table is read once for
  // all of them.
  virtual std::vector<Result<Inspection>> InspectAll(
      const std::vector<HostDirectory>& directories) = 0;

  // Makes the directory, mode 0755, and its missing parents: under a temporary name, marked, then
  // renamed into place. kAlreadyExists if the path exists; nothing is left on error.
  virtual Status MakeDirectory(const HostDirectory& directory, const Announce& announce) = 0;

  // kInvalidArgument with the kernel's reason if tmpfs does not accept the parameter `name` with
  // `value` (empty: a flag).
  virtual Status Probe(const std::string& name, const std::string& value) = 0;

  // Mounts a new tmpfs on the directory, which must be ours and empty. If the channel is already
  // mounted, its contents are kept, unless they are to be cleared, and everything in `options` that
  // can change is set again.
  virtual Status Mount(const HostDirectory& directory, const TmpfsOptions& options) = 0;

  // Sets size and inode limit of the mounted channel; nothing else of it changes. The inode limit
  // is never set below the number in use. kResourceExhausted, with the bytes in use, if they exceed
  // the size; kFailedPrecondition if the channel is not mounted.
  virtual Status Resize(const HostDirectory& directory, const TmpfsOptions& options) = 0;

  // Unmounts the channel; succeeds if it is not mounted. A busy mount is detached.
  // kFailedPrecondition if another mount is in the way.
  virtual Result<Unmounted> Unmount(const HostDirectory& directory) = 0;

  // Removes the directory and then each parent that any channel made and that is now empty. Never
  // removes anything but empty directories; kFailedPrecondition if the directory is not ours, not
  // empty or mounted on. Succeeds if the directory is missing. If the record lies on another file
  // system, the removal is on disk when this returns: a power cut must not bring back a directory
  // whose record is gone. On one file system, the order of the two removals prevents that.
  virtual Status RemoveDirectory(const HostDirectory& directory, Remains what) = 0;

  // Attaches a second mount of the mounted channel at `view`, a directory that is made (mode 0700)
  // in an existing one that only the engine can write to. The view follows symbolic links.
  virtual Result<View> AttachView(const HostDirectory& directory, const std::string& view,
                                  const ViewWish& wish) = 0;
  // Unmounts the view and removes its directory. Succeeds if there is none.
  virtual Status DetachView(const std::string& view) = 0;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_OPS_H_
