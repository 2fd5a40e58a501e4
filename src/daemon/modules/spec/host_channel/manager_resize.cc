#include <algorithm>
#include <utility>

#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "daemon/modules/spec/host_channel/policy.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

class ResizingImpl final : public Manager::Resizing {
 public:
  // `intent` contains both sizes.
  ResizingImpl(ManagerImpl* manager, Record intent)
      : manager_(manager), intent_(std::move(intent)) {}
  ~ResizingImpl() override {
    if (!committed_) {
      manager_->TakeBackSize(intent_.id, old_size(), applied_);
    }
  }
  ResizingImpl(const ResizingImpl&) = delete;
  ResizingImpl& operator=(const ResizingImpl&) = delete;

  const std::string& id() const override { return intent_.id; }
  uint64_t old_size() const override { return intent_.previous_size; }
  uint64_t new_size() const override { return intent_.size; }
  const std::vector<OwnerEntry>& owners() const override { return intent_.owners; }

  Status Apply() override {
    applied_ = true;  // even if it fails: it is not known how much of it was done
    return manager_->ApplySize(intent_.id, new_size());
  }

  Status Commit() override {
    RETURN_IF_ERROR(manager_->SettleSize(intent_.id, new_size()));
    committed_ = true;
    return OkStatus();
  }

 private:
  ManagerImpl* const manager_;
  const Record intent_;
  bool applied_ = false;
  bool committed_ = false;
};

}  // namespace

// The channel of `owner` at `host_path`, which may lead there by links.
Result<Record> ManagerImpl::FindOwned(const std::string& owner, const std::string& host_path) {
  const Result<std::string> clean = CleanAbsolutePath(host_path);
  if (!clean) {
    return Error(clean.error()).AddContext("host channel host path " + Quote(host_path));
  }
  const std::vector<Record> records = registry_.OfOwner(owner);
  const auto find = [&](const std::string& path) {
    return std::find_if(records.begin(), records.end(),
                        [&](const Record& record) { return record.host_path == path; });
  };
  auto found = find(*clean);
  if (found == records.end()) {
    if (const Result<ResolvedPath> resolved = ops_->Resolve(*clean); resolved) {
      found = find(resolved->canonical);
    }
  }
  if (found == records.end()) {
    return NotFound("there is no host channel with the host path " + Quote(host_path));
  }
  return *found;
}

Result<std::string> ManagerImpl::FindHostPath(const std::string& owner,
                                              const std::string& host_path) {
  ASSIGN_OR_RETURN(Record record, FindOwned(owner, host_path));
  return std::move(record.host_path);
}

Result<std::unique_ptr<Manager::Resizing>> ManagerImpl::Resize(const std::string& owner,
                                                               const std::string& host_path,
                                                               uint64_t size) {
  ASSIGN_OR_RETURN(const Record found, FindOwned(owner, host_path));
  const NamedLock lock(path_locks_, found.host_path);
  ASSIGN_OR_RETURN(const Record before, registry_.Find(found.id));
  RETURN_IF_ERROR(CheckNotRemoving(before));
  if (before.previous_size != 0) {
    return Error(Code::kAborted, NameOf(before) + " is being resized already");
  }
  ASSIGN_OR_RETURN(const uint64_t rounded, CheckSize(size, limits_));
  RETURN_IF_ERROR(CheckFits(before, rounded));
  ASSIGN_OR_RETURN(Record intent, registry_.ReserveSize(before.id, rounded));
  if (Status written = store_.Replace(intent, os::Sync::kNone); !written) {
    IgnoreError(SetSize(before.id, before.size));
    return std::move(written).error().AddContext("record the new size of " + NameOf(before));
  }
  return std::unique_ptr<Resizing>(std::make_unique<ResizingImpl>(this, std::move(intent)));
}

// Checked before anything is begun; the kernel checks it again.
Status ManagerImpl::CheckFits(const Record& record, uint64_t size) {
  const Search search = record.started ? Search::kEverywhere : Search::kPathOnly;
  ASSIGN_OR_RETURN(const Inspection inspection, ops_->Inspect(DirectoryOf(record), search));
  if (!record.started && inspection.state == PathState::kForeign) {
    return OkStatus();  // in the way of the next start, with or without this resize
  }
  if (Status clear = CheckUnobstructed(inspection); !clear) {
    return std::move(clear).error().AddContext(NameOf(record));
  }
  return CheckInUse(record.host_path, inspection.used, size);
}

Status ManagerImpl::ApplySize(const std::string& id, uint64_t size) {
  ASSIGN_OR_RETURN(const Record found, registry_.Find(id));
  const NamedLock lock(path_locks_, found.host_path);
  ASSIGN_OR_RETURN(Record record, registry_.Find(id));
  ASSIGN_OR_RETURN(const Inspection inspection,
                   ops_->Inspect(DirectoryOf(record), Search::kPathOnly));
  if (inspection.state != PathState::kMounted) {
    return OkStatus();  // the next start mounts it with the recorded size
  }
  record.size = size;
  return ops_->Resize(DirectoryOf(record), OptionsOf(record));
}

Status ManagerImpl::SettleSize(const std::string& id, uint64_t size) {
  ASSIGN_OR_RETURN(const Record found, registry_.Find(id));
  const NamedLock lock(path_locks_, found.host_path);
  return Rewrite(
      id,
      [size](Record& record) {
        record.size = size;
        record.previous_size = 0;
      },
      os::Sync::kDurable);
}

void ManagerImpl::TakeBackSize(const std::string& id, uint64_t before, bool applied) {
  if (applied && !ApplySize(id, before)) {
    // The channel was filled in the meantime. The intent stays on disk and the larger size stays
    // reserved: Recover settles it.
    return;
  }
  const Result<Record> found = registry_.Find(id);
  if (!found) {
    return;
  }
  const NamedLock lock(path_locks_, found->host_path);
  if (const Result<Record> record = SetSize(id, before); record) {
    IgnoreError(store_.Replace(*record, os::Sync::kNone));  // on failure, Recover finds the intent
  }
}

Result<Record> ManagerImpl::SetSize(const std::string& id, uint64_t size) {
  return registry_.Change(id, [size](Record& record) {
    record.size = size;
    record.previous_size = 0;
  });
}

// The larger size is possible whatever has happened: the data in use fits, and so does the amount
// that is added to a container's memory limit for the channel.
void ManagerImpl::SettleInterruptedResize(const Record& record, std::vector<std::string>& notices) {
  if (record.previous_size == 0) {
    return;
  }
  const uint64_t size = std::max(record.size, record.previous_size);
  IgnoreError(SetSize(record.id, size));  // cannot fail: the record has just been restored
  Status settled = ApplySize(record.id, size);
  if (settled) {
    settled = SettleSize(record.id, size);
  }
  notices.push_back(settled ? "settled the interrupted resize of " + NameOf(record)
                            : "could not settle the interrupted resize of " + NameOf(record) +
                                  ": " + settled.error().message());
}

}  // namespace isulad::host_channel
