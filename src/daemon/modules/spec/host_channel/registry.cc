#include "daemon/modules/spec/host_channel/registry.h"

#include <algorithm>

#include "utils/base/byte_size.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

Error ReservedError(const std::string& host_path, const Record& other) {
  const std::string owner = Quote(other.owners.front().owner.name);
  const std::string path = "host channel host path " + Quote(host_path);
  if (host_path == other.host_path) {
    return AlreadyExists(path + " is already reserved by " + owner);
  }
  return AlreadyExists(path + " overlaps with " + Quote(other.host_path) +
                       ", which is already reserved by " + owner);
}

Error RemovedError() { return NotFound("the channel has been removed"); }

uint64_t ReservedBy(const Record& record) { return std::max(record.size, record.previous_size); }

}  // namespace

Status Registry::CheckFree(const std::string& host_path) const {
  MutexLock lock(mutex_);
  return CheckFreeLocked(host_path);
}

Status Registry::CheckFreeLocked(const std::string& host_path) const {
  for (const auto& [id, other] : records_) {
    if (PathsOverlap(host_path, other.host_path)) {
      return ReservedError(host_path, other);
    }
  }
  return OkStatus();
}

Status Registry::CheckCapLocked(uint64_t asked) const {
  const uint64_t before = TotalBytesLocked();
  if (asked <= memory_max_ && before <= memory_max_ - asked) {
    return OkStatus();
  }
  return Error(Code::kResourceExhausted, "host channel size of " + FormatByteSize(asked) +
                                             " would bring the sum of all host channels to " +
                                             FormatByteSize(before + asked) + ": at most " +
                                             FormatByteSize(memory_max_) +
                                             " (host-channel-memory-max)");
}

Status Registry::Reserve(const std::vector<Record>& records) {
  MutexLock lock(mutex_);
  for (const Record& record : records) {
    RETURN_IF_ERROR(CheckFreeLocked(record.host_path));
  }
  if (!records.empty()) {
    uint64_t asked = 0;
    for (const Record& record : records) {
      asked += ReservedBy(record);
    }
    RETURN_IF_ERROR(CheckCapLocked(asked));
  }
  for (const Record& record : records) {
    records_.emplace(record.id, record);
  }
  return OkStatus();
}

void Registry::Restore(Record record) {
  MutexLock lock(mutex_);
  std::string id = record.id;
  records_.insert_or_assign(std::move(id), std::move(record));
}

Result<Record> Registry::Change(const std::string& id, const std::function<void(Record&)>& change) {
  MutexLock lock(mutex_);
  const auto found = records_.find(id);
  if (found == records_.end()) {
    return RemovedError();
  }
  change(found->second);
  return found->second;
}

Result<Record> Registry::ReserveSize(const std::string& id, uint64_t size) {
  MutexLock lock(mutex_);
  const auto found = records_.find(id);
  if (found == records_.end()) {
    return RemovedError();
  }
  Record after = found->second;
  after.previous_size = after.size;
  after.size = size;
  const uint64_t before = ReservedBy(found->second);
  if (ReservedBy(after) > before) {
    RETURN_IF_ERROR(CheckCapLocked(ReservedBy(after) - before));
  }
  found->second = after;
  return after;
}

void Registry::Release(const std::string& id) {
  MutexLock lock(mutex_);
  records_.erase(id);
}

Result<Record> Registry::Find(const std::string& id) const {
  MutexLock lock(mutex_);
  const auto found = records_.find(id);
  if (found == records_.end()) {
    return RemovedError();
  }
  return found->second;
}

std::optional<Record> Registry::FindAt(const std::string& host_path) const {
  MutexLock lock(mutex_);
  for (const auto& [id, record] : records_) {
    if (record.host_path == host_path) {
      return record;
    }
  }
  return std::nullopt;
}

std::vector<Record> Registry::All() const {
  MutexLock lock(mutex_);
  std::vector<Record> records;
  for (const auto& [id, record] : records_) {
    records.push_back(record);
  }
  std::sort(records.begin(), records.end(),
            [](const Record& a, const Record& b) { return a.host_path < b.host_path; });
  return records;
}

std::vector<Record> Registry::OfOwner(const std::string& owner) const {
  MutexLock lock(mutex_);
  std::vector<Record> records;
  for (const auto& [id, record] : records_) {
    if (FindOwner(record, owner) != nullptr) {
      records.push_back(record);
    }
  }
  std::sort(records.begin(), records.end(), [&](const Record& a, const Record& b) {
    return FindOwner(a, owner)->position < FindOwner(b, owner)->position;
  });
  return records;
}

uint64_t Registry::TotalBytes() const {
  MutexLock lock(mutex_);
  return TotalBytesLocked();
}

uint64_t Registry::TotalBytesLocked() const {
  uint64_t total = 0;
  for (const auto& [id, record] : records_) {
    total += ReservedBy(record);
  }
  return total;
}

}  // namespace isulad::host_channel
