#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

std::string LeftNotice(const Record& record, const Error& error) {
  return NameOf(record) + " is forgotten and its path left as it is: " + error.message();
}

std::string DetachedNotice(const Record& record, const Unmounted& unmounted) {
  std::string notice = Quote(record.channel.host_path) + " was busy and has been detached";
  if (!unmounted.holders.empty()) {
    notice.append("; in use by ").append(Join(unmounted.holders, ", "));
  }
  return notice;
}

}  // namespace

// Whether there is something of the channel to take down; an error where something of others stands
// in the way.
Result<bool> ManagerImpl::NeedsTakeDown(const Record& record, std::vector<std::string>& notices) {
  const Search search = record.started ? Search::kEverywhere : Search::kPathOnly;
  ASSIGN_OR_RETURN(const Inspection inspection, ops_->Inspect(DirectoryOf(record), search));
  if (!record.started && inspection.state == PathState::kForeign) {
    // Nothing was ever made there: what others have put at the path since is theirs and in nobody's
    // way.
    return false;
  }
  RETURN_IF_ERROR(CheckUnobstructed(inspection));
  if (inspection.state == PathState::kMissing && !record.started) {
    return false;
  }
  if (inspection.state == PathState::kMissing && !record.removing) {
    notices.push_back(Quote(record.channel.host_path) + " had been removed already");
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
  // A full disk must not keep anyone from removing: without the mark, an interrupted removal is
  // repeated by whoever removes the owner instead of being finished by Recover.
  IgnoreError(store_.Raise(record.id, RecordStore::Flag::kRemoving));
  record.removing = true;
  registry_.Update(record);
}

Status ManagerImpl::TakeDown(const Record& record, std::vector<std::string>& notices) {
  const HostDirectory directory = DirectoryOf(record);
  ASSIGN_OR_RETURN(const Unmounted unmounted, ops_->Unmount(directory));
  if (unmounted.detached) {
    notices.push_back(DetachedNotice(record, unmounted));
  }
  return ops_->RemoveDirectory(directory, Remains::kAll);
}

// Goes on after a failure, so that the memory of the others is freed, and returns the first.
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

// All or nothing as far as possible: first a look at each, then the work, and the records only when
// all of it is done, so that an owner never stands there with some of its channels.
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
  const OwnerLock lock(locks_, owner);
  Removal removal;
  RETURN_IF_ERROR(RemoveRecords(registry_.OfOwner(owner), force, removal.notices));
  return removal;
}

}  // namespace isulad::host_channel
