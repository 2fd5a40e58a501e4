// The channels that exist, in memory: who has which host path, and how much all of them hold.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_REGISTRY_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_REGISTRY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
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
  // Lets `change`, which must not call the registry, change the record with that id; returns it as
  // it is then. kNotFound where it is not there any more.
  Result<Record> Change(const std::string& id, const std::function<void(Record&)>& change)
      EXCLUDES(mutex_);
  // Gives the record another size, and the present one as its previous size: as long as that stands
  // there, the larger of the two is reserved. Returns it as it is then. kResourceExhausted where it
  // does not fit under the cap.
  Result<Record> ReserveSize(const std::string& id, uint64_t size) EXCLUDES(mutex_);
  void Release(const std::string& id) EXCLUDES(mutex_);

  // kNotFound where it is not there any more.
  Result<Record> Find(const std::string& id) const EXCLUDES(mutex_);
  // The channel that has this very host path, which is canonical.
  std::optional<Record> FindAt(const std::string& host_path) const EXCLUDES(mutex_);
  // In the order of their host paths.
  std::vector<Record> All() const EXCLUDES(mutex_);
  // In the order of its positions.
  std::vector<Record> OfOwner(const std::string& owner) const EXCLUDES(mutex_);
  uint64_t TotalBytes() const EXCLUDES(mutex_);
  uint64_t memory_max() const { return memory_max_; }

 private:
  Status CheckFreeLocked(const std::string& host_path) const REQUIRES(mutex_);
  Status CheckCapLocked(uint64_t asked) const REQUIRES(mutex_);
  uint64_t TotalBytesLocked() const REQUIRES(mutex_);

  const uint64_t memory_max_;
  mutable Mutex mutex_;
  std::map<std::string, Record> records_ GUARDED_BY(mutex_);
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_REGISTRY_H_
