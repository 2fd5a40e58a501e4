// The existing channels, in memory: who has which host path, and how much memory they reserve in
// all.
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

// Thread-safe; a call waits for nothing but other calls. Records are copied in and out.
class Registry {
 public:
  // `memory_max` in bytes.
  explicit Registry(uint64_t memory_max) : memory_max_(memory_max) {}

  // kAlreadyExists if `host_path`, which is canonical, equals, contains or lies in a reserved one;
  // the message names the owner.
  Status CheckFree(const std::string& host_path) const EXCLUDES(mutex_);
  // Adds all of `records` or none: their host paths must be free, and their sizes must fit under
  // the cap (kResourceExhausted).
  Status Reserve(const std::vector<Record>& records) EXCLUDES(mutex_);
  // Adds a record that was reserved before the engine started; it is not checked again.
  void Restore(Record record) EXCLUDES(mutex_);
  // Lets `change`, which must not call the registry, change the record with that id, and returns
  // the changed record. kNotFound if there is no such record any more.
  Result<Record> Change(const std::string& id, const std::function<void(Record&)>& change)
      EXCLUDES(mutex_);
  // Gives the record a new size, and keeps the present one as its previous size; as long as a
  // previous size is set, the larger of the two is reserved. Returns the changed record.
  // kResourceExhausted if the size does not fit under the cap.
  Result<Record> ReserveSize(const std::string& id, uint64_t size) EXCLUDES(mutex_);
  void Release(const std::string& id) EXCLUDES(mutex_);

  // kNotFound if there is no such record any more.
  Result<Record> Find(const std::string& id) const EXCLUDES(mutex_);
  // The channel with exactly this host path, which is canonical.
  std::optional<Record> FindAt(const std::string& host_path) const EXCLUDES(mutex_);
  // Ordered by host path.
  std::vector<Record> All() const EXCLUDES(mutex_);
  // The owner's channels, ordered by position.
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
