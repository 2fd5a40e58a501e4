#include <algorithm>

#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::host_channel {
namespace {

constexpr char kGone[] = ", which does not exist any more";
constexpr char kUnknowing[] = ", which does not have it any more";

// Why the owner of `entry` is no longer an owner of the channel.
const char* WhyNot(const OwnerEntry& entry, const std::vector<Owner>& existing) {
  const bool exists = std::any_of(existing.begin(), existing.end(),
                                  [&](const Owner& owner) { return owner.id == entry.owner.id; });
  return exists ? kUnknowing : kGone;
}

// The owners of `record` that exist and know of it, with their present names.
std::vector<OwnerEntry> StillThere(const Record& record, const std::vector<Owner>& existing,
                                   const Manager::Knows& knows) {
  std::vector<OwnerEntry> there;
  for (const OwnerEntry& entry : record.owners) {
    const auto found = std::find_if(existing.begin(), existing.end(),
                                    [&](const Owner& other) { return other.id == entry.owner.id; });
    if (found != existing.end() && knows(entry.owner.id, record.host_path)) {
      there.push_back(entry);
      there.back().owner.name = found->name;
    }
  }
  return there;
}

}  // namespace

// A view lives only while a runtime starts: each one that exists now was left by an engine that
// died.
void ManagerImpl::RecoverViews(std::vector<std::string>& notices) {
  const Result<std::vector<std::string>> views = os::ListDirectory(config_.view_directory);
  if (!views) {
    notices.push_back("cannot look for views of host channels: " + views.error().message());
    return;
  }
  for (const std::string& name : *views) {
    const std::string view = config_.view_directory + "/" + name;
    const Status detached = ops_->DetachView(view);
    notices.push_back(detached ? "took away " + Quote(view) + ", left by an interrupted start"
                               : "could not take away " + Quote(view) + ": " +
                                     detached.error().message());
  }
}

void ManagerImpl::RemoveOrphan(const Record& record, const std::vector<Owner>& owners,
                               std::vector<std::string>& notices) {
  std::vector<std::string> details;
  const Status removed = RemoveRecords({record}, false, details);
  const OwnerEntry& last = record.owners.front();
  const std::string of = " of " + Quote(last.owner.name) + WhyNot(last, owners);
  if (!removed) {
    notices.push_back("could not remove a channel" + of + ": " + removed.error().message());
    return;
  }
  notices.push_back("removed " + NameOf(record) + of);
  notices.insert(notices.end(), details.begin(), details.end());
}

// The record stays until the owner's removal is repeated: without it, an owner that still exists
// would seem to have been created without this channel.
void ManagerImpl::FinishRemoval(const Record& record, std::vector<std::string>& notices) {
  const Result<Inspection> inspection = ops_->Inspect(DirectoryOf(record), Search::kEverywhere);
  if (inspection && inspection->state == PathState::kMissing) {
    return;
  }
  std::vector<std::string> details;
  const Status down = TakeDown(record, details);
  notices.push_back(down ? "finished the interrupted removal of " + NameOf(record)
                         : "could not finish the removal of " + NameOf(record) + ": " +
                               down.error().message());
  notices.insert(notices.end(), details.begin(), details.end());
}

// Drops owners that were never created, or that left when the disk could not record it.
void ManagerImpl::ForgetOwners(const Record& before, const Record& now,
                               const std::vector<Owner>& owners,
                               std::vector<std::string>& notices) {
  for (const OwnerEntry& entry : before.owners) {
    if (FindOwner(now, entry.owner.id) == nullptr) {
      notices.push_back(Quote(entry.owner.name) + WhyNot(entry, owners) + ", had " + NameOf(now));
    }
  }
  IgnoreError(store_.Replace(now, os::Sync::kNone));  // on failure, the next engine does it again
}

void ManagerImpl::RecoverRecord(Record record, const std::vector<Owner>& owners, const Knows& knows,
                                std::vector<std::string>& notices) {
  const Record before = record;
  const std::vector<OwnerEntry> there = StillThere(record, owners, knows);
  if (!there.empty()) {
    record.owners = there;
  }
  registry_.Restore(record);
  if (there.empty()) {
    RemoveOrphan(record, owners, notices);
    return;
  }
  if (there.size() < before.owners.size()) {
    ForgetOwners(before, record, owners, notices);
  }
  if (record.removing) {
    FinishRemoval(record, notices);
    return;
  }
  SettleInterruptedResize(record, notices);
  const Status cleared = ops_->RemoveDirectory(DirectoryOf(record), Remains::kUnpublished);
  if (!cleared) {
    notices.push_back("could not clear away an unfinished directory of " + NameOf(record) + ": " +
                      cleared.error().message());
  }
}

std::vector<std::string> ManagerImpl::Recover(const std::vector<Owner>& owners,
                                              const Knows& knows) {
  std::vector<std::string> notices;
  RecoverViews(notices);
  Result<RecordStore::Loaded> loaded = store_.Load();
  if (!loaded) {
    notices.push_back("cannot read the records of host channels: " + loaded.error().message());
    return notices;
  }
  notices.insert(notices.end(), loaded->notices.begin(), loaded->notices.end());
  for (Record& record : loaded->records) {
    RecoverRecord(std::move(record), owners, knows, notices);
  }
  return notices;
}

}  // namespace isulad::host_channel
