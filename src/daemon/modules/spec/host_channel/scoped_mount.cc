#include "daemon/modules/spec/host_channel/scoped_mount.h"

#include <iterator>

namespace isulad::host_channel {

std::shared_ptr<Making> Makings::Join(const std::string& channel_id) {
  MutexLock lock(mutex_);
  for (auto it = makings_.begin(); it != makings_.end();) {
    it = it->second.expired() ? makings_.erase(it) : std::next(it);
  }
  std::weak_ptr<Making>& entry = makings_[channel_id];
  std::shared_ptr<Making> making = entry.lock();
  if (making == nullptr) {
    making = std::make_shared<Making>();
    entry = making;
  }
  return making;
}

Result<std::unique_ptr<ScopedMount>> ScopedMount::Create(MountOps* ops, Plan plan) {
  const Search search = plan.started_before ? Search::kEverywhere : Search::kPathOnly;
  ASSIGN_OR_RETURN(const Inspection inspection, ops->Inspect(plan.directory, search));
  RETURN_IF_ERROR(CheckUnobstructed(inspection));
  std::unique_ptr<ScopedMount> mount(new ScopedMount(ops, std::move(plan)));
  if (inspection.state == PathState::kMissing) {
    RETURN_IF_ERROR(mount->MakeDirectory());
  }
  RETURN_IF_ERROR(mount->Mount(inspection.state));
  RETURN_IF_ERROR(mount->AttachView());
  return mount;
}

ScopedMount::~ScopedMount() {
  if (attached_) {
    IgnoreError(ops_->DetachView(plan_.view));
  }
  const Making& making = *plan_.making;
  if (making.committed || plan_.making.use_count() > 1) {
    return;
  }
  if (making.mount && !ops_->Unmount(plan_.directory)) {
    return;
  }
  if (making.directory && ops_->RemoveDirectory(plan_.directory, Remains::kAll) &&
      NothingIsLeft()) {
    plan_.journal->Undone();
  }
}

bool ScopedMount::Commit() {
  Making& making = *plan_.making;
  const bool first = making.mount && !making.committed;
  making.committed = true;
  return first;
}

// If a parent was renamed in the meantime, it has taken the mount along: the mount must not be
// forgotten.
bool ScopedMount::NothingIsLeft() {
  const Result<Inspection> inspection = ops_->Inspect(plan_.directory, Search::kEverywhere);
  return inspection && inspection->state == PathState::kMissing;
}

Status ScopedMount::MakeDirectory() {
  RETURN_IF_ERROR(plan_.journal->Begin());
  const HostDirectory asked = plan_.directory;
  Status made = ops_->MakeDirectory(asked, [this](const std::vector<std::string>& identities) {
    plan_.directory.identities = identities;
    return plan_.journal->Announce(identities);
  });
  if (made) {
    plan_.making->directory = true;
  }
  if (!made && ops_->RemoveDirectory(asked, Remains::kUnpublished)) {
    plan_.journal->Undone();
  }
  return made;
}

Status ScopedMount::Mount(PathState state) {
  RETURN_IF_ERROR(ops_->Mount(plan_.directory, plan_.options));
  if (state != PathState::kMounted) {
    plan_.making->mount = true;
  }
  return OkStatus();
}

Status ScopedMount::AttachView() {
  // A start that died may have left its view.
  RETURN_IF_ERROR(ops_->DetachView(plan_.view));
  ASSIGN_OR_RETURN(attached_, ops_->AttachView(plan_.directory, plan_.view, plan_.wish));
  return OkStatus();
}

}  // namespace isulad::host_channel
