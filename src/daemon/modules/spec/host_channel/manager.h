// The keeper of all channels of a machine: reserves host paths, makes and mounts, finds again after
// a crash, unmounts and deletes. Every operation can be repeated; what an operation is about to
// make is on disk, or can be told from what is on disk, before it is made. README.md in this folder
// has the states and the failures.
//
// A channel has a record <graph>/channels/<id>/channel.json and owners; an owner is any string (the
// engine uses container ids). Nothing here knows containers.
//
// Thread-safe: calls for different owners run side by side; no lock is held across a system call
// that can wait for another owner's work.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "daemon/modules/spec/host_channel/oci_mount.h"
#include "daemon/modules/spec/host_channel/owner.h"
#include "daemon/modules/spec/host_channel/policy.h"
#include "utils/base/result.h"

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
  HostChannel channel;  // host_path is the canonical one
  bool mounted = false;
  uint64_t used = 0;  // bytes; this and the following are 0 while not mounted
  uint64_t free = 0;
  uint64_t inodes = 0;
  uint64_t inodes_used = 0;
  std::vector<std::string> shared_by;  // ids of its owners
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
  // made. The private views that the entries name are taken away by the destructor in any case: the
  // container has its own copy by then.
  class Mounts {
   public:
    virtual ~Mounts() = default;
    virtual const std::vector<MountEntry>& entries() const = 0;
    virtual void Commit() = 0;
  };

  struct Removal {
    // Each one line for the user: `"/h" was busy and has been detached; in use by dd (pid 12)`.
    std::vector<std::string> notices;
  };

  // Checks `channels` against the limits, one another, `surroundings` and all other channels;
  // resolves the parents of the host paths; reserves and records (durably). kInvalidArgument,
  // kAlreadyExists or kResourceExhausted with the reason.
  virtual Result<std::unique_ptr<Preparation>> Prepare(const Owner& owner,
                                                       const std::vector<HostChannel>& channels,
                                                       const Surroundings& surroundings) = 0;
  // Makes directories and mounts of `owner` that are not there yet (a channel that is mounted
  // already is kept with what is in it), sets mode and owner of the root directory again, and gives
  // the entries for the OCI configuration.
  virtual Result<std::unique_ptr<Mounts>> Mount(const std::string& owner) = 0;
  // Unmounts and deletes the channels of `owner`. Where something of ours cannot be removed:
  // kFailedPrecondition with the reason, and it can be repeated; with `force` it is left as it is,
  // forgotten, and named in the notices.
  virtual Result<Removal> Remove(const std::string& owner, bool force) = 0;
  // In the order in which they were asked for. Empty where the owner has none.
  virtual Result<std::vector<ChannelState>> Describe(const std::string& owner) const = 0;
  virtual void RenameOwner(const std::string& owner, const std::string& name) = 0;
  // Bytes of all channels that are reserved, and their cap.
  virtual uint64_t ReservedBytes() const = 0;
  virtual uint64_t MemoryMax() const = 0;
  // After a start of the engine: reads the records, removes channels whose owners are not among
  // `owners`, finishes interrupted removals and undoes interrupted mounts. Returns one line for
  // each thing that was done or could not be: failures never stop it.
  virtual std::vector<std::string> Recover(const std::vector<Owner>& owners) = 0;
};

// `ops` must outlive the manager.
Result<std::unique_ptr<Manager>> CreateManager(ManagerConfig config, MountOps* ops);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_H_
