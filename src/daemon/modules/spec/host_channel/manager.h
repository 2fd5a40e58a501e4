// Manages all channels of a machine: reserves host paths, makes and mounts channels, finds them
// again after a crash, unmounts and deletes them. Every operation can be repeated; what an
// operation is about to make is on disk, or can be derived from what is on disk, before it is made.
// README.md in this folder describes the states and the failures.
//
// A channel has a record <graph>/channels/<id>/channel.json and owners; an owner is any string (the
// engine uses container ids). Nothing here knows about containers. With the option "share" a
// channel can have several owners: the first one to ask for it makes it, and it is removed with the
// last one.
//
// Thread-safe: calls for different owners run concurrently unless the owners have a channel in
// common.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "daemon/modules/spec/host_channel/oci_mount.h"
#include "daemon/modules/spec/host_channel/owner.h"
#include "daemon/modules/spec/host_channel/policy.h"
#include "utils/base/result.h"
#include "utils/base/user_remap.h"

namespace isulad::host_channel {

struct ManagerConfig {
  std::string record_directory;  // <graph>/channels, made if missing, mode 0700
  // <state>/channels: private mounts while a runtime starts; made if missing, mode 0700
  std::string view_directory;
  uint64_t page_size = 4096;
  uint64_t physical_memory = 0;  // bytes; a channel may have half of it
  uint64_t memory_max = 0;  // bytes, cap on the sum of all channels; 0: half of physical memory
  // The engine's own directories, in which no host path may lie. The two above are added.
  std::vector<std::string> forbidden_directories;
};

// The present state of a channel.
struct ChannelState {
  std::string id;
  // host_path is canonical; container path and access are those of the owner that was asked about,
  // or of the first owner if none was.
  HostChannel channel;
  bool mounted = false;
  uint64_t used = 0;  // bytes; this and the next three are 0 while not mounted
  uint64_t free = 0;
  uint64_t inodes = 0;
  uint64_t inodes_used = 0;
  std::vector<OwnerEntry> owners;  // in the order in which they joined
};

class Manager {
 public:
  virtual ~Manager() = default;

  // The result of a Prepare. The destructor undoes it unless it was committed.
  class Preparation {
   public:
    virtual ~Preparation() = default;
    virtual const std::vector<ChannelState>& channels() const = 0;
    // For the user: settings that are allowed but may surprise.
    virtual const std::vector<std::string>& warnings() const = 0;
    virtual void Commit() = 0;
  };

  // The mounts of one start. Unless committed, the destructor unmounts and removes what this start
  // made; if another owner's start relies on it by then, that start takes over the cleanup. The
  // private views that the entries name are removed by the destructor in any case: the container
  // has its own copy by then.
  class Mounts {
   public:
    virtual ~Mounts() = default;
    virtual const std::vector<MountEntry>& entries() const = 0;
    // After Commit: the channels that exist since that commit and were not mounted before.
    virtual const std::vector<HostChannel>& mounted() const = 0;
    // For the user: what could not be provided, and the consequences.
    virtual const std::vector<std::string>& warnings() const = 0;
    virtual void Commit() = 0;
  };

  // A change of a channel's size, the intent of which is on disk. Other work that belongs to the
  // change can be done before, between and after its steps. Unless committed, the destructor
  // reverts the change. If the engine dies in between, Recover settles on the larger of the two
  // sizes, which is always possible.
  class Resizing {
   public:
    virtual ~Resizing() = default;
    virtual const std::string& id() const = 0;
    virtual uint64_t old_size() const = 0;  // bytes
    virtual uint64_t new_size() const = 0;  // bytes, whole pages
    // The owners of the channel. No other owner joins until the resize is over.
    virtual const std::vector<OwnerEntry>& owners() const = 0;
    // Changes the file system if it is mounted. kResourceExhausted if it holds more than the new
    // size.
    virtual Status Apply() = 0;
    // To be called after Apply; durable.
    virtual Status Commit() = 0;
  };

  struct Removal {
    // Each is one line for the user: `"/h" was busy and has been detached; in use by dd (pid 12)`.
    std::vector<std::string> notices;
    // Channels that were on the host and have been removed, not those that other owners still have.
    std::vector<HostChannel> removed;
  };

  // The channel that the removal of one channel is about.
  struct Leaving {
    std::string id;
    HostChannel channel;               // as the owner has it
    std::vector<std::string> notices;  // as in Removal
  };

  // Checks `channels` against the limits, one another, `surroundings` and all other channels,
  // including those that `owner` already has; resolves the parents of the host paths; reserves and
  // records the channels (durably). If a shared channel already exists, `owner` becomes one more
  // owner of it. kInvalidArgument, kAlreadyExists or kResourceExhausted with the reason.
  virtual Result<std::unique_ptr<Preparation>> Prepare(const Owner& owner,
                                                       const std::vector<HostChannel>& channels,
                                                       const Surroundings& surroundings) = 0;
  // Makes the directories and mounts of `owner` that do not exist yet (a channel that is already
  // mounted keeps its contents), sets mode and owner of the root directory again, and returns the
  // entries for the OCI configuration. With `remap`, the entries show the channels' users and
  // groups shifted if the kernel can do that; if it cannot, warnings() of the result says so.
  virtual Result<std::unique_ptr<Mounts>> Mount(const std::string& owner,
                                                const std::optional<UserRemap>& remap) = 0;
  Result<std::unique_ptr<Mounts>> Mount(const std::string& owner) {
    return Mount(owner, std::nullopt);
  }
  // Like Mount, but for the one channel at `host_path`, which is canonical, while the owner runs:
  // the option "clear" is ignored, because the owner has already been started. kNotFound if the
  // owner has no channel there.
  virtual Result<std::unique_ptr<Mounts>> MountChannel(const std::string& owner,
                                                       const std::string& host_path,
                                                       const std::optional<UserRemap>& remap) = 0;
  // Unmounts and deletes the channels of `owner`; a channel with other owners stays with them. If
  // something of ours cannot be removed: kFailedPrecondition with the reason, and the call can be
  // repeated; with `force`, it is left as it is, forgotten, and named in the notices.
  virtual Result<Removal> Remove(const std::string& owner, bool force) = 0;
  // Whether RemoveChannel could be called: finds the owner's channel at `host_path`, which may lead
  // there by links, and inspects it on the host. kNotFound if there is none; kFailedPrecondition
  // with the reason if something that is not ours is in the way. Changes nothing.
  virtual Result<Leaving> CheckRemoval(const std::string& owner, const std::string& host_path) = 0;
  // Removes the one channel at `host_path`, which is canonical, from `owner`, as Remove does
  // without `force`. Once called, it can only be repeated: the owner does not start until it
  // succeeds.
  virtual Result<Removal> RemoveChannel(const std::string& owner, const std::string& host_path) = 0;
  // Begins to change the size (bytes) of the owner's channel at `host_path`, which may lead there
  // by links. kNotFound if the owner has no channel there; kInvalidArgument with the allowed range;
  // kResourceExhausted with the bytes that the channel holds or with the cap.
  virtual Result<std::unique_ptr<Resizing>> Resize(const std::string& owner,
                                                   const std::string& host_path, uint64_t size) = 0;
  // The canonical host path of the owner's channel that `host_path` leads to; kNotFound if the
  // owner has no channel there.
  virtual Result<std::string> FindHostPath(const std::string& owner,
                                           const std::string& host_path) = 0;
  // All channels, ordered by host path; one that cannot be inspected is shown as not mounted.
  virtual std::vector<ChannelState> List() const = 0;
  // The owner's channels, in the order in which they were asked for. Empty if the owner has none.
  virtual Result<std::vector<ChannelState>> Describe(const std::string& owner) const = 0;
  virtual void RenameOwner(const std::string& owner, const std::string& name) = 0;
  // The bytes that all channels reserve, and the cap on them.
  virtual uint64_t ReservedBytes() const = 0;
  virtual uint64_t MemoryMax() const = 0;
  // Whether an existing owner knows of its channel at `host_path`, which is canonical.
  using Knows = std::function<bool(const std::string& owner, const std::string& host_path)>;
  // To be called after the engine has started: reads the records, takes channels from owners that
  // are not among `owners` or do not know of them (the change that was to add or remove the channel
  // was interrupted), finishes interrupted removals and undoes interrupted mounts. Returns one line
  // for each thing that was done or could not be done; no failure stops it.
  virtual std::vector<std::string> Recover(const std::vector<Owner>& owners,
                                           const Knows& knows) = 0;
  // The same, with every owner knowing of all of its channels.
  std::vector<std::string> Recover(const std::vector<Owner>& owners) {
    return Recover(owners, [](const std::string&, const std::string&) { return true; });
  }
};

// `ops` must outlive the manager.
Result<std::unique_ptr<Manager>> CreateManager(ManagerConfig config, MountOps* ops);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_H_
