#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "daemon/modules/spec/host_channel/policy.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::host_channel {
namespace {

class MountsImpl final : public Manager::Mounts {
 public:
  MountsImpl(OwnerLocks& locks, std::string owner) : locks_(locks), owner_(std::move(owner)) {}
  ~MountsImpl() override {
    const OwnerLock lock(locks_, owner_);
    mounts_.clear();
  }
  MountsImpl(const MountsImpl&) = delete;
  MountsImpl& operator=(const MountsImpl&) = delete;

  void Add(const HostChannel& channel, std::unique_ptr<ScopedMount> mount) {
    entries_.push_back(MakeMountEntry(channel, mount->view()));
    mounts_.push_back(std::move(mount));
  }

  const std::vector<MountEntry>& entries() const override { return entries_; }
  void Commit() override {
    for (const std::unique_ptr<ScopedMount>& mount : mounts_) {
      mount->Commit();
    }
  }

 private:
  OwnerLocks& locks_;
  const std::string owner_;
  std::vector<std::unique_ptr<ScopedMount>> mounts_;
  std::vector<MountEntry> entries_;
};

TmpfsOptions OptionsOf(const HostChannel& channel) {
  TmpfsOptions options;
  options.size = channel.size;
  options.inodes = DefaultInodes(channel.size);
  options.follow_symlinks = channel.follow_symlinks;
  return options;
}

// Keeps the record of one channel up with its start. While it is not marked as started, nothing of
// the channel is on the host.
class RecordJournal final : public ScopedMount::Journal {
 public:
  RecordJournal(RecordStore& store, Registry& registry, Record record)
      : store_(store), registry_(registry), record_(std::move(record)) {}

  Status Begin() override {
    RETURN_IF_ERROR(store_.Raise(record_.id, RecordStore::Flag::kStarted));
    record_.started = true;
    registry_.Update(record_);
    return OkStatus();
  }

  Status Announce(const std::vector<std::string>& identities) override {
    if (identities == record_.identities) {
      return OkStatus();
    }
    record_.identities = identities;
    RETURN_IF_ERROR(store_.Replace(record_, os::Sync::kDurable));
    registry_.Update(record_);
    return OkStatus();
  }

  void Undone() override {
    // Left raised, it costs a look at the path and a notice that nothing is there.
    IgnoreError(store_.Lower(record_.id, RecordStore::Flag::kStarted));
    record_.started = false;
    registry_.Update(record_);
  }

 private:
  RecordStore& store_;
  Registry& registry_;
  Record record_;
};

}  // namespace

ScopedMount::Plan ManagerImpl::MakePlan(const Record& record) {
  ScopedMount::Plan plan;
  plan.directory = DirectoryOf(record);
  plan.options = OptionsOf(record.channel);
  plan.view = ViewOf(record);
  plan.read_only = record.channel.access == Access::kReadOnly;
  plan.started_before = record.started;
  plan.journal = std::make_unique<RecordJournal>(store_, registry_, record);
  return plan;
}

Result<std::unique_ptr<ScopedMount>> ManagerImpl::MountOne(const Record& record) {
  if (record.removing) {
    return FailedPrecondition(NameOf(record) +
                              ": its removal has begun and has to be finished first");
  }
  Result<std::unique_ptr<ScopedMount>> mount = ScopedMount::Create(ops_, MakePlan(record));
  if (!mount) {
    return std::move(mount).error().AddContext(NameOf(record));
  }
  return mount;
}

Result<std::unique_ptr<Manager::Mounts>> ManagerImpl::Mount(const std::string& owner) {
  // Before the lock, so that on an early return its destructor, which takes the lock too, runs
  // after it is free.
  auto mounts = std::make_unique<MountsImpl>(locks_, owner);
  const OwnerLock lock(locks_, owner);
  for (const Record& record : registry_.OfOwner(owner)) {
    ASSIGN_OR_RETURN(std::unique_ptr<ScopedMount> mount, MountOne(record));
    mounts->Add(record.channel, std::move(mount));
  }
  return std::unique_ptr<Mounts>(std::move(mounts));
}

}  // namespace isulad::host_channel
