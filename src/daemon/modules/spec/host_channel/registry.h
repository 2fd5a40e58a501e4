// The channels that exist, in memory: who has which host path, and how much all of them hold.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_REGISTRY_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_REGISTRY_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/record.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

// Thread-safe; no call waits for anything but the others. Records are copied in and out.
class Registry {
 public:
  // `memory_max` in bytes.
  explicit Registry(uint64_t memory_max) : memory_max_(memory_max) {}

  // kAlreadyExists where `host_path`, which is canonical, is, contains or lies in one that is
  // reserved; the message names the owner.
  Status CheckFree(const std::string& host_path) const EXCLUDES(mutex_);
  // Adds all of `records` or none: their host paths must be free, and their sizes fit under the cap
  // (kResourceExhausted).
  Status Reserve(const std::vector<Record>& records) EXCLUDES(mutex_);
  // Adds a record that was reserved before the engine started: not checked again.
  void Restore(Record record) EXCLUDES(mutex_);
  // Replaces the record with that id, except for its owners, where it is still there.
  void Update(const Record& record) EXCLUDES(mutex_);
  void Release(const std::string& id) EXCLUDES(mutex_);

  // In the order of their positions.
  std::vector<Record> OfOwner(const std::string& owner) const EXCLUDES(mutex_);
  // Returns the records that changed.
  std::vector<Record> RenameOwner(const std::string& owner, const std::string& name)
      EXCLUDES(mutex_);
  uint64_t TotalBytes() const EXCLUDES(mutex_);
  uint64_t memory_max() const { return memory_max_; }

 private:
  Status CheckFreeLocked(const std::string& host_path) const REQUIRES(mutex_);
  Status CheckCapLocked(const std::vector<Record>& records) const REQUIRES(mutex_);
  uint64_t TotalBytesLocked() const REQUIRES(mutex_);

  const uint64_t memory_max_;
  mutable Mutex mutex_;
  std::map<std::string, Record> records_ GUARDED_BY(mutex_);
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_REGISTRY_H_
