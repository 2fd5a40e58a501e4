#include "daemon/modules/spec/host_channel/registry.h"

#include <algorithm>

#include "utils/base/byte_size.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

Error ReservedError(const std::string& host_path, const Record& other) {
  const std::string owner = Quote(other.owners.front().name);
  const std::string path = "host channel host path " + Quote(host_path);
  if (host_path == other.channel.host_path) {
    return AlreadyExists(path + " is already reserved by " + owner);
  }
  return AlreadyExists(path + " overlaps with " + Quote(other.channel.host_path) +
                       ", which is already reserved by " + owner);
}

}  // namespace

Status Registry::CheckFree(const std::string& host_path) const {
  MutexLock lock(mutex_);
  return CheckFreeLocked(host_path);
}

Status Registry::CheckFreeLocked(const std::string& host_path) const {
  for (const auto& [id, other] : records_) {
    if (PathsOverlap(host_path, other.channel.host_path)) {
      return ReservedError(host_path, other);
    }
  }
  return OkStatus();
}

Status Registry::CheckCapLocked(const std::vector<Record>& records) const {
  const uint64_t before = TotalBytesLocked();
  uint64_t asked = 0;
  for (const Record& record : records) {
    asked += record.channel.size;
  }
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
    RETURN_IF_ERROR(CheckFreeLocked(record.channel.host_path));
  }
  if (!records.empty()) {
    RETURN_IF_ERROR(CheckCapLocked(records));
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

void Registry::Update(const Record& record) {
  MutexLock lock(mutex_);
  const auto found = records_.find(record.id);
  if (found != records_.end()) {
    // The caller's copy may be older than a renaming.
    std::vector<Owner> owners = std::move(found->second.owners);
    found->second = record;
    found->second.owners = std::move(owners);
  }
}

void Registry::Release(const std::string& id) {
  MutexLock lock(mutex_);
  records_.erase(id);
}

std::vector<Record> Registry::OfOwner(const std::string& owner) const {
  MutexLock lock(mutex_);
  std::vector<Record> records;
  for (const auto& [id, record] : records_) {
    if (IsOwnedBy(record, owner)) {
      records.push_back(record);
    }
  }
  std::sort(records.begin(), records.end(),
            [](const Record& a, const Record& b) { return a.position < b.position; });
  return records;
}

std::vector<Record> Registry::RenameOwner(const std::string& owner, const std::string& name) {
  MutexLock lock(mutex_);
  std::vector<Record> changed;
  for (auto& [id, record] : records_) {
    for (Owner& candidate : record.owners) {
      if (candidate.id == owner && candidate.name != name) {
        candidate.name = name;
        changed.push_back(record);
      }
    }
  }
  return changed;
}

uint64_t Registry::TotalBytes() const {
  MutexLock lock(mutex_);
  return TotalBytesLocked();
}

uint64_t Registry::TotalBytesLocked() const {
  uint64_t total = 0;
  for (const auto& [id, record] : records_) {
    total += record.channel.size;
  }
  return total;
}

}  // namespace isulad::host_channel
