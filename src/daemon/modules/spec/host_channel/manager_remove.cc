#include <algorithm>

#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

std::string LeftNotice(const Record& record, const Error& error) {
  return NameOf(record) + " is forgotten and its path left as it is: " + error.message();
}

std::string DetachedNotice(const Record& record, const Unmounted& unmounted) {
  std::string notice = Quote(record.host_path) + " was busy and has been detached";
  if (!unmounted.holders.empty()) {
    notice.append("; in use by ").append(Join(unmounted.holders, ", "));
  }
  return notice;
}

}  // namespace

// Whether anything of the channel has to be taken down; an error if something that is not ours is
// in the way.
Result<bool> ManagerImpl::NeedsTakeDown(const Record& record, std::vector<std::string>& notices) {
  const Search search = record.started ? Search::kEverywhere : Search::kPathOnly;
  ASSIGN_OR_RETURN(const Inspection inspection, ops_->Inspect(DirectoryOf(record), search));
  if (!record.started && inspection.state == PathState::kForeign) {
    // Nothing was ever made there: anything that others have put at the path since is theirs and
    // does no harm.
    return false;
  }
  RETURN_IF_ERROR(CheckUnobstructed(inspection));
  if (inspection.state == PathState::kMissing && !record.started) {
    return false;
  }
  if (inspection.state == PathState::kMissing && !record.removing) {
    notices.push_back(Quote(record.host_path) + " had been removed already");
  }
  return true;
}

Result<std::vector<Record>> ManagerImpl::SurveyRemoval(const std::vector<Record>& records,
                                                       bool force,
                                                       std::vector<std::string>& notices) {
  std::vector<Record> standing;
  for (const Record& record : records) {
    Result<bool> needed = NeedsTakeDown(record, notices);
    if (!needed && !force) {
      return std::move(needed).error().AddContext(NameOf(record));
    }
    if (!needed) {
      notices.push_back(LeftNotice(record, needed.error()));
    } else if (*needed) {
      standing.push_back(record);
    }
  }
  return standing;
}

void ManagerImpl::BeginRemoval(Record& record) {
  // A full disk must not prevent a removal: without the flag, an interrupted removal is repeated by
  // the next call that removes the owner instead of being finished by Recover.
  IgnoreError(store_.Raise(record.id, RecordStore::Flag::kRemoving));
  record.removing = true;
  IgnoreError(registry_.Change(record.id, [](Record& present) { present.removing = true; }));
}

Status ManagerImpl::TakeDown(const Record& record, std::vector<std::string>& notices) {
  HostDirectory directory = DirectoryOf(record);
  directory.record_device = store_.Device();
  ASSIGN_OR_RETURN(const Unmounted unmounted, ops_->Unmount(directory));
  if (unmounted.detached) {
    notices.push_back(DetachedNotice(record, unmounted));
  }
  return ops_->RemoveDirectory(directory, Remains::kAll);
}

// Continues after a failure, so that the memory of the other channels is freed, and returns the
// first error.
Status ManagerImpl::TakeDownAll(const std::vector<Record>& records, bool force,
                                std::vector<std::string>& notices) {
  Status result;
  for (const Record& record : records) {
    Status down = TakeDown(record, notices);
    if (down) {
      continue;
    }
    if (force) {
      notices.push_back(LeftNotice(record, down.error()));
    } else if (result) {
      result = std::move(down).error().AddContext(NameOf(record));
    }
  }
  return result;
}

Status ManagerImpl::Forget(const std::vector<Record>& records) {
  for (const Record& record : records) {
    RETURN_IF_ERROR(store_.Delete(record.id));
    registry_.Release(record.id);
  }
  return OkStatus();
}

// Does not wait for the disk, which may be full: Recover also removes an owner that is gone.
void ManagerImpl::Leave(const Record& record, const std::string& owner) {
  const Result<Record> left = registry_.Change(record.id, [&](Record& present) {
    const auto is_owner = [&](const OwnerEntry& entry) { return entry.owner.id == owner; };
    present.owners.erase(std::remove_if(present.owners.begin(), present.owners.end(), is_owner),
                         present.owners.end());
  });
  if (left) {
    IgnoreError(store_.Replace(*left, os::Sync::kNone));
  }
}

// All or nothing as far as possible: first each channel is inspected, then all are taken down, and
// the records are deleted only when all of that is done, so that an owner is never left with only
// some of its channels.
Status ManagerImpl::RemoveRecords(const std::vector<Record>& records, bool force,
                                  std::vector<std::string>& notices) {
  ASSIGN_OR_RETURN(std::vector<Record> standing, SurveyRemoval(records, force, notices));
  for (Record& record : standing) {
    BeginRemoval(record);
  }
  RETURN_IF_ERROR(TakeDownAll(standing, force, notices));
  return Forget(records);
}

Result<Manager::Removal> ManagerImpl::Remove(const std::string& owner, bool force) {
  const NamedLock lock(owner_locks_, owner);
  const NamedLock paths(path_locks_, PathsOfOwner(owner));
  std::vector<Record> last;    // with no other owner
  std::vector<Record> shared;  // with other owners, who keep them
  Removal removal;
  for (const Record& record : registry_.OfOwner(owner)) {
    (record.owners.size() == 1 ? last : shared).push_back(record);
    if (record.owners.size() == 1 && record.started) {
      removal.removed.push_back(ChannelOf(record, record.owners.front()));
    }
  }
  RETURN_IF_ERROR(RemoveRecords(last, force, removal.notices));
  for (const Record& record : shared) {
    Leave(record, owner);
  }
  return removal;
}

Result<Record> ManagerImpl::FindOwnedAt(const std::string& owner,
                                        const std::string& host_path) const {
  const std::optional<Record> record = registry_.FindAt(host_path);
  if (!record || FindOwner(*record, owner) == nullptr) {
    return NotFound("there is no host channel with the host path " + Quote(host_path));
  }
  return *record;
}

Result<Manager::Leaving> ManagerImpl::CheckRemoval(const std::string& owner,
                                                   const std::string& host_path) {
  const NamedLock lock(owner_locks_, owner);
  ASSIGN_OR_RETURN(const Record found, FindOwned(owner, host_path));
  const NamedLock path(path_locks_, found.host_path);
  ASSIGN_OR_RETURN(const Record record, registry_.Find(found.id));
  Leaving leaving{record.id, ChannelOf(record, *FindOwner(record, owner)), {}};
  if (record.owners.size() == 1) {
    RETURN_IF_ERROR(SurveyRemoval({record}, false, leaving.notices));
  }
  return leaving;
}

Result<Manager::Removal> ManagerImpl::RemoveChannel(const std::string& owner,
                                                    const std::string& host_path) {
  const NamedLock lock(owner_locks_, owner);
  const NamedLock path(path_locks_, host_path);
  ASSIGN_OR_RETURN(Record record, FindOwnedAt(owner, host_path));
  Removal removal;
  if (record.owners.size() > 1) {
    Leave(record, owner);
    return removal;
  }
  if (record.started) {
    removal.removed.push_back(ChannelOf(record, record.owners.front()));
  }
  // Even if something is in the way by now: the owner has let go of the channel.
  BeginRemoval(record);
  RETURN_IF_ERROR(RemoveRecords({record}, false, removal.notices));
  return removal;
}

}  // namespace isulad::host_channel
