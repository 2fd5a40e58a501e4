#include "daemon/modules/spec/host_channel/scoped_mount.h"

namespace isulad::host_channel {

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
  if (committed_) {
    return;
  }
  if (mounted_ && !ops_->Unmount(plan_.directory)) {
    return;
  }
  if (made_directory_ && ops_->RemoveDirectory(plan_.directory, Remains::kAll)) {
    plan_.journal->Undone();
  }
}

Status ScopedMount::MakeDirectory() {
  RETURN_IF_ERROR(plan_.journal->Begin());
  const HostDirectory asked = plan_.directory;
  Status made = ops_->MakeDirectory(asked, [this](const std::vector<std::string>& identities) {
    plan_.directory.identities = identities;
    return plan_.journal->Announce(identities);
  });
  made_directory_ = made.has_value();
  if (!made && ops_->RemoveDirectory(asked, Remains::kUnpublished)) {
    plan_.journal->Undone();
  }
  return made;
}

Status ScopedMount::Mount(PathState state) {
  RETURN_IF_ERROR(ops_->Mount(plan_.directory, plan_.options));
  mounted_ = state != PathState::kMounted;
  return OkStatus();
}

Status ScopedMount::AttachView() {
  // A start that died may have left its view.
  RETURN_IF_ERROR(ops_->DetachView(plan_.view));
  RETURN_IF_ERROR(ops_->AttachView(plan_.directory, plan_.view, plan_.read_only));
  attached_ = true;
  return OkStatus();
}

}  // namespace isulad::host_channel
