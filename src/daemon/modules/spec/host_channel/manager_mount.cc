#include <functional>

#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "daemon/modules/spec/host_channel/memory_policy.h"
#include "daemon/modules/spec/host_channel/policy.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::host_channel {
namespace {

class MountsImpl final : public Manager::Mounts {
 public:
  explicit MountsImpl(NamedLocks& path_locks) : path_locks_(path_locks) {}
  ~MountsImpl() override {
    while (!mounts_.empty()) {
      const NamedLock lock(path_locks_, channels_[mounts_.size() - 1].host_path);
      mounts_.pop_back();
    }
  }
  MountsImpl(const MountsImpl&) = delete;
  MountsImpl& operator=(const MountsImpl&) = delete;

  void Add(const HostChannel& channel, std::unique_ptr<ScopedMount> mount) {
    entries_.push_back(MakeMountEntry(channel, mount->view()));
    channels_.push_back(channel);
    mounts_.push_back(std::move(mount));
  }

  void Warn(std::string warning) { warnings_.push_back(std::move(warning)); }

  const std::vector<MountEntry>& entries() const override { return entries_; }
  const std::vector<HostChannel>& mounted() const override { return mounted_; }
  const std::vector<std::string>& warnings() const override { return warnings_; }
  void Commit() override {
    for (size_t i = 0; i < mounts_.size(); ++i) {
      const NamedLock lock(path_locks_, channels_[i].host_path);
      if (mounts_[i]->Commit()) {
        mounted_.push_back(channels_[i]);
      }
    }
  }

 private:
  NamedLocks& path_locks_;
  std::vector<std::unique_ptr<ScopedMount>> mounts_;
  std::vector<HostChannel> channels_;  // one for each of mounts_
  std::vector<MountEntry> entries_;
  std::vector<HostChannel> mounted_;
  std::vector<std::string> warnings_;
};

// Several owners can start at once, each with a view of its own; a view that a start could not
// remove is replaced at the owner's next start. Owners are arbitrary strings, so a file name is
// derived from them.
std::string ViewName(const std::string& owner) {
  return std::to_string(std::hash<std::string>()(owner));
}

// Keeps the record of one channel up to date during its start. As long as it is not marked as
// started, nothing of the channel is on the host.
class RecordJournal final : public ScopedMount::Journal {
 public:
  RecordJournal(ManagerImpl* manager, std::string id) : manager_(manager), id_(std::move(id)) {}

  Status Begin() override { return manager_->MarkStarted(id_); }
  Status Announce(const std::vector<std::string>& identities) override {
    return manager_->KeepIdentities(id_, identities);
  }
  void Undone() override { manager_->UnmarkStarted(id_); }

 private:
  ManagerImpl* const manager_;
  const std::string id_;
};

}  // namespace

Status ManagerImpl::MarkStarted(const std::string& id) {
  RETURN_IF_ERROR(store_.Raise(id, RecordStore::Flag::kStarted));
  RETURN_IF_ERROR(registry_.Change(id, [](Record& record) { record.started = true; }));
  return OkStatus();
}

Status ManagerImpl::KeepIdentities(const std::string& id,
                                   const std::vector<std::string>& identities) {
  ASSIGN_OR_RETURN(const Record record, registry_.Find(id));
  if (record.identities == identities) {
    return OkStatus();
  }
  return Rewrite(
      id, [&](Record& present) { present.identities = identities; }, os::Sync::kDurable);
}

void ManagerImpl::UnmarkStarted(const std::string& id) {
  // If the flag stays raised, that costs only a look at the path and a notice that nothing is
  // there.
  IgnoreError(store_.Lower(id, RecordStore::Flag::kStarted));
  IgnoreError(registry_.Change(id, [](Record& record) { record.started = false; }));
}

TmpfsOptions OptionsOf(const Record& record) {
  TmpfsOptions options;
  options.size = record.size;
  const Options& asked = record.options;
  options.inodes = asked.inodes != 0 ? asked.inodes : DefaultInodes(record.size);
  options.mode = asked.mode;
  options.uid = asked.uid;
  options.gid = asked.gid;
  options.follow_symlinks = asked.symlinks;
  options.exec = asked.exec;
  options.noswap = asked.noswap;
  options.huge = asked.huge;
  options.memory_policy = KernelMemoryPolicy(asked.memory_policy);
  options.clear = asked.clear;
  return options;
}

ScopedMount::Plan ManagerImpl::MakePlan(const Record& record, const OwnerEntry& entry,
                                        const std::optional<UserRemap>& remap) {
  ScopedMount::Plan plan;
  plan.directory = DirectoryOf(record);
  plan.options = OptionsOf(record);
  plan.view = config_.view_directory + "/" + record.id + "." + ViewName(entry.owner.id);
  plan.wish = {entry.access == Access::kReadOnly, remap};
  plan.started_before = record.started;
  plan.journal = std::make_unique<RecordJournal>(this, record.id);
  plan.making = makings_.Join(record.id);
  return plan;
}

Result<std::unique_ptr<ScopedMount>> ManagerImpl::MountOne(const Record& record,
                                                           const OwnerEntry& entry,
                                                           const std::optional<UserRemap>& remap,
                                                           Occasion occasion) {
  RETURN_IF_ERROR(CheckNotRemoving(record));
  ScopedMount::Plan plan = MakePlan(record, entry, remap);
  if (occasion == Occasion::kLive) {
    plan.options.clear = false;
  }
  Result<std::unique_ptr<ScopedMount>> mount = ScopedMount::Create(ops_, std::move(plan));
  if (!mount) {
    return std::move(mount).error().AddContext(NameOf(record));
  }
  return mount;
}

// The caller holds the owner's lock.
Result<std::unique_ptr<Manager::Mounts>> ManagerImpl::MountAll(
    const std::vector<Record>& records, const std::string& owner,
    const std::optional<UserRemap>& remap, Occasion occasion) {
  auto mounts = std::make_unique<MountsImpl>(path_locks_);
  for (const Record& listed : records) {
    const NamedLock path(path_locks_, listed.host_path);
    ASSIGN_OR_RETURN(const Record record, registry_.Find(listed.id));
    // Not null: removing it takes the owner's lock.
    const OwnerEntry& entry = *FindOwner(record, owner);
    ASSIGN_OR_RETURN(std::unique_ptr<ScopedMount> mount, MountOne(record, entry, remap, occasion));
    if (remap && !mount->maps_ids()) {
      mounts->Warn(NameOf(record) +
                   ": this kernel cannot map ids on a tmpfs: what the container makes in it "
                   "belongs to uid " +
                   std::to_string(remap->uid) + " on the host, what others make to nobody inside");
    }
    mounts->Add(ChannelOf(record, entry), std::move(mount));
  }
  return std::unique_ptr<Mounts>(std::move(mounts));
}

Result<std::unique_ptr<Manager::Mounts>> ManagerImpl::Mount(const std::string& owner,
                                                            const std::optional<UserRemap>& remap) {
  const NamedLock lock(owner_locks_, owner);
  return MountAll(registry_.OfOwner(owner), owner, remap, Occasion::kStart);
}

Result<std::unique_ptr<Manager::Mounts>> ManagerImpl::MountChannel(
    const std::string& owner, const std::string& host_path, const std::optional<UserRemap>& remap) {
  const NamedLock lock(owner_locks_, owner);
  ASSIGN_OR_RETURN(const Record record, FindOwnedAt(owner, host_path));
  return MountAll({record}, owner, remap, Occasion::kLive);
}

}  // namespace isulad::host_channel
