// The seam to the kernel: all that the manager does to the host's file tree. linux_mount_ops.h is
// the real one; a fake that keeps a tree in memory stands behind the unit tests, and both pass one
// contract suite.
//
// Each call finds the host path anew, by descriptors and with symbolic links refused, and verifies
// before it touches anything that what it found was made for this channel. Each can be repeated.
// Implementations are thread-safe.
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

// The directory on the host that a channel is mounted on, and how it is told from one that others
// made: by an extended attribute with the channel's id or, where the file system has none, by being
// one of `identities`.
struct HostDirectory {
  std::string path;  // canonical
  std::string channel_id;
  std::vector<std::string> identities;  // opaque; as MakeDirectory announced them
  // The device of the file system that the channel's record lies on; 0 where it is not known.
  dev_t record_device = 0;
};

// Where a path that does not exist yet leads.
struct ResolvedPath {
  std::string
      canonical;  // links in the existing parents resolved; the last component is never followed
  bool exists = false;  // a file, a directory, a dangling link: anything has that name
};

enum class PathState {
  kMissing,   // nothing has that name
  kOurs,      // the channel's directory, with nothing mounted on it
  kMounted,   // the channel's file system is mounted there, and nothing else on it or in it
  kCovered,   // the channel's file system, with another mount on it or in it
  kForeign,   // something that was not made for this channel, or the way there has become a link
  kElsewhere  // the channel's file system is mounted at another path: a parent has been renamed
};

struct Inspection {
  PathState state = PathState::kMissing;
  std::string detail;  // for a message, where the state stands in the way: `"/h" is covered by a
                       // mount of "tmpfs"`
  // Of the file system, where state is kMounted.
  uint64_t used = 0;  // bytes
  uint64_t free = 0;  // bytes
  uint64_t inodes = 0;
  uint64_t inodes_used = 0;
};

// The detail as a kFailedPrecondition where the state stands in the way of work on the channel;
// success for kMissing, kOurs and kMounted.
Status CheckUnobstructed(const Inspection& inspection);

// Whether Inspect looks through all mounts for one of this channel that is not at its path.
enum class Search { kPathOnly, kEverywhere };

// kResourceExhausted where `used` bytes do not fit into `size`.
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
  bool clear = false;         // Mount empties what it finds mounted
};

struct Unmounted {
  bool detached = false;             // it was busy
  std::vector<std::string> holders;  // who held it: `dd (pid 12)`
};

// How a second mount of a channel is to be.
struct ViewWish {
  bool read_only = false;  // for good
  // Users and groups to be shown shifted, so that a container's root, which is `remap->uid`
  // outside, is to the channel what the host's root is.
  std::optional<UserRemap> remap;
};

struct View {
  bool maps_ids = false;  // false: not asked, or the kernel cannot do it for a tmpfs
};

// What RemoveDirectory takes away.
enum class Remains {
  kUnpublished,  // only what an interrupted MakeDirectory left under its temporary name
  kAll,
};

class MountOps {
 public:
  // Called by MakeDirectory with the identities of the directories that it is about to publish
  // (none where the file system keeps marks): they have to be on disk first. An error stops it.
  using Announce = std::function<Status(const std::vector<std::string>& identities)>;

  virtual ~MountOps() = default;

  // Resolves the deepest existing ancestor of the clean path `path`. kInvalidArgument where an
  // ancestor is not a directory or is a dangling link.
  virtual Result<ResolvedPath> Resolve(const std::string& path) = 0;

  virtual Result<Inspection> Inspect(const HostDirectory& directory, Search search) = 0;
  // Inspects each by its path only, in that order: the mount table is read once for all of them.
  virtual std::vector<Result<Inspection>> InspectAll(
      const std::vector<HostDirectory>& directories) = 0;

  // Makes the directory, mode 0755, and its missing parents: under a temporary name, marked, then
  // renamed into place. kAlreadyExists where the path exists; nothing is left on error.
  virtual Status MakeDirectory(const HostDirectory& directory, const Announce& announce) = 0;

  // kInvalidArgument with the kernel's reason where tmpfs does not take the parameter `name` with
  // `value` (empty: a flag).
  virtual Status Probe(const std::string& name, const std::string& value) = 0;

  // Mounts a new tmpfs on the directory, which must be ours and empty; where the channel is mounted
  // already, its contents are kept, unless they are to be cleared, and everything in `options` that
  // can change is set again.
  virtual Status Mount(const HostDirectory& directory, const TmpfsOptions& options) = 0;

  // Sets size and inode limit of the mounted channel; nothing else of it changes. The inode limit
  // is never set below what is in use. kResourceExhausted, with what is in use, where that is more
  // than the size; kFailedPrecondition where it is not mounted.
  virtual Status Resize(const HostDirectory& directory, const TmpfsOptions& options) = 0;

  // Takes the channel's mount off; not mounted: success. A busy one is detached.
  // kFailedPrecondition where another mount is in the way.
  virtual Result<Unmounted> Unmount(const HostDirectory& directory) = 0;

  // Removes the directory and then each parent that any channel made and that is empty now. Never
  // more than empty directories; kFailedPrecondition where it is not ours, not empty or mounted on.
  // Missing: success. Where the record lies on another file system, the removal is on disk when
  // this returns: a power cut must not bring back a directory whose record is gone. On one file
  // system the order of the two keeps that from happening.
  virtual Status RemoveDirectory(const HostDirectory& directory, Remains what) = 0;

  // Attaches a second mount of the mounted channel at `view`, a directory that is made (mode 0700)
  // in an existing one that only the engine can write to. It follows symbolic links.
  virtual Result<View> AttachView(const HostDirectory& directory, const std::string& view,
                                  const ViewWish& wish) = 0;
  // Takes the view and its directory away. Not there: success.
  virtual Status DetachView(const std::string& view) = 0;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_OPS_H_
