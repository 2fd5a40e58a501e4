// The keeper of all channels of a machine: reserves host paths, makes and mounts, finds again after
// a crash, unmounts and deletes. Every operation can be repeated; what an operation is about to
// make is on disk, or can be told from what is on disk, before it is made. README.md in this folder
// has the states and the failures.
//
// A channel has a record <graph>/channels/<id>/channel.json and owners; an owner is any string (the
// engine uses container ids). Nothing here knows containers. With the option "share" a channel can
// have several owners: the first to ask for it makes it, and it goes with the last.
//
// Thread-safe: calls for different owners run side by side, except where they have a channel in
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
  std::string record_directory;  // <graph>/channels, made where missing, 0700
  std::string view_directory;    // <state>/channels: private mounts while a runtime starts; made
                                 // where missing, 0700
  uint64_t page_size = 4096;
  uint64_t physical_memory = 0;  // bytes; a channel may have half of it
  uint64_t memory_max = 0;  // bytes, cap of the sum of all channels; 0: half of physical memory
  // Directories in which no host path may lie: the engine's own. The two above are added.
  std::vector<std::string> forbidden_directories;
};

// What a channel looks like right now.
struct ChannelState {
  std::string id;
  // host_path is the canonical one; container path and access are those of the owner that was asked
  // about, and of the first one where none was.
  HostChannel channel;
  bool mounted = false;
  uint64_t used = 0;  // bytes; this and the following are 0 while not mounted
  uint64_t free = 0;
  uint64_t inodes = 0;
  uint64_t inodes_used = 0;
  std::vector<OwnerEntry> owners;  // in the order in which they came
};

class Manager {
 public:
  virtual ~Manager() = default;

  // Undoes a Prepare unless committed.
  class Preparation {
   public:
    virtual ~Preparation() = default;
    virtual const std::vector<ChannelState>& channels() const = 0;
    // For the user: what is allowed but may surprise.
    virtual const std::vector<std::string>& warnings() const = 0;
    virtual void Commit() = 0;
  };

  // The mounts of one start. Unless committed, the destructor unmounts and removes what this start
  // made; where another owner's start relies on that by then, it is left to that one. The private
  // views that the entries name are taken away by the destructor in any case: the container has its
  // own copy by then.
  class Mounts {
   public:
    virtual ~Mounts() = default;
    virtual const std::vector<MountEntry>& entries() const = 0;
    // After Commit: the channels that are there since then, and were not mounted before.
    virtual const std::vector<HostChannel>& mounted() const = 0;
    // For the user: what could not be had, and what follows from that.
    virtual const std::vector<std::string>& warnings() const = 0;
    virtual void Commit() = 0;
  };

  // A change of a channel's size, of which the intent is on disk. What else belongs to the change
  // can be done before, between and after its steps. Unless committed, the destructor takes it
  // back. What an engine leaves that dies in between, Recover brings to the larger of the two
  // sizes, which is always possible.
  class Resizing {
   public:
    virtual ~Resizing() = default;
    virtual const std::string& id() const = 0;
    virtual uint64_t old_size() const = 0;  // bytes
    virtual uint64_t new_size() const = 0;  // bytes, whole pages
    // Those who have the channel. Nobody joins it from here on until this is over.
    virtual const std::vector<OwnerEntry>& owners() const = 0;
    // Changes the file system, where it is mounted. kResourceExhausted where it holds more.
    virtual Status Apply() = 0;
    // After Apply; durable.
    virtual Status Commit() = 0;
  };

  struct Removal {
    // Each one line for the user: `"/h" was busy and has been detached; in use by dd (pid 12)`.
    std::vector<std::string> notices;
    // Channels that were on the host and have gone: not those that others still have.
    std::vector<HostChannel> removed;
  };

  // What the removal of one channel is about.
  struct Leaving {
    std::string id;
    HostChannel channel;               // as the owner has it
    std::vector<std::string> notices;  // as of a Removal
  };

  // Checks `channels` against the limits, one another, `surroundings` and all other channels, those
  // that `owner` has already included; resolves the parents of the host paths; reserves and records
  // (durably). Of a shared channel that is there already, `owner` becomes one more owner.
  // kInvalidArgument, kAlreadyExists or kResourceExhausted with the reason.
  virtual Result<std::unique_ptr<Preparation>> Prepare(const Owner& owner,
                                                       const std::vector<HostChannel>& channels,
                                                       const Surroundings& surroundings) = 0;
  // Makes directories and mounts of `owner` that are not there yet (a channel that is mounted
  // already is kept with what is in it), sets mode and owner of the root directory again, and gives
  // the entries for the OCI configuration. With `remap` the entries show the channels' users and
  // groups shifted, where the kernel can; where it cannot, the result's warnings say so.
  virtual Result<std::unique_ptr<Mounts>> Mount(const std::string& owner,
                                                const std::optional<UserRemap>& remap) = 0;
  Result<std::unique_ptr<Mounts>> Mount(const std::string& owner) {
    return Mount(owner, std::nullopt);
  }
  // The same for the one channel at `host_path`, which is canonical, while the owner runs: the
  // option "clear" is not heeded, because it has been started already. kNotFound where the owner
  // has none there.
  virtual Result<std::unique_ptr<Mounts>> MountChannel(const std::string& owner,
                                                       const std::string& host_path,
                                                       const std::optional<UserRemap>& remap) = 0;
  // Unmounts and deletes the channels of `owner`, except that one with other owners goes on with
  // them. Where something of ours cannot be removed:
  // kFailedPrecondition with the reason, and it can be repeated; with `force` it is left as it is,
  // forgotten, and named in the notices.
  virtual Result<Removal> Remove(const std::string& owner, bool force) = 0;
  // Whether RemoveChannel could be called: finds the owner's channel at `host_path`, which may lead
  // there by links, and looks at what is on the host. kNotFound; kFailedPrecondition with the
  // reason where something of others stands in the way. Changes nothing.
  virtual Result<Leaving> CheckRemoval(const std::string& owner, const std::string& host_path) = 0;
  // Takes the one channel at `host_path`, which is canonical, from `owner`, as Remove does without
  // `force`. Once called it can only be repeated: the owner does not start before.
  virtual Result<Removal> RemoveChannel(const std::string& owner, const std::string& host_path) = 0;
  // Begins to change the size (bytes) of the owner's channel at `host_path`, which may lead there
  // by links. kNotFound where it has none there; kInvalidArgument with the allowed range, or
  // kResourceExhausted with what it holds or the cap.
  virtual Result<std::unique_ptr<Resizing>> Resize(const std::string& owner,
                                                   const std::string& host_path, uint64_t size) = 0;
  // The canonical host path of the owner's channel that `host_path` leads to; kNotFound where it
  // has none there.
  virtual Result<std::string> FindHostPath(const std::string& owner,
                                           const std::string& host_path) = 0;
  // All channels, in the order of their host paths; one that cannot be looked at is not mounted.
  virtual std::vector<ChannelState> List() const = 0;
  // In the order in which they were asked for. Empty where the owner has none.
  virtual Result<std::vector<ChannelState>> Describe(const std::string& owner) const = 0;
  virtual void RenameOwner(const std::string& owner, const std::string& name) = 0;
  // Bytes of all channels that are reserved, and their cap.
  virtual uint64_t ReservedBytes() const = 0;
  virtual uint64_t MemoryMax() const = 0;
  // Whether an owner that exists knows of its channel at `host_path`, which is canonical.
  using Knows = std::function<bool(const std::string& owner, const std::string& host_path)>;
  // After a start of the engine: reads the records, takes channels from owners that are not among
  // `owners` or do not know of them (the change that was to bring or to take it was cut short),
  // finishes interrupted removals and undoes interrupted mounts. Returns one line for each thing
  // that was done or could not be: failures never stop it.
  virtual std::vector<std::string> Recover(const std::vector<Owner>& owners,
                                           const Knows& knows) = 0;
  // Every owner knows of all of its channels.
  std::vector<std::string> Recover(const std::vector<Owner>& owners) {
    return Recover(owners, [](const std::string&, const std::string&) { return true; });
  }
};

// `ops` must outlive the manager.
Result<std::unique_ptr<Manager>> CreateManager(ManagerConfig config, MountOps* ops);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_H_
