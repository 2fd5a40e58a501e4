// The implementation of the manager; each verb has a file of its own, manager_<verb>.cc.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_IMPL_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_IMPL_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/kernel_probe.h"
#include "daemon/modules/spec/host_channel/manager.h"
#include "daemon/modules/spec/host_channel/record.h"
#include "daemon/modules/spec/host_channel/record_store.h"
#include "daemon/modules/spec/host_channel/registry.h"
#include "daemon/modules/spec/host_channel/scoped_mount.h"
#include "utils/base/named_locks.h"

namespace isulad::host_channel {

class ManagerImpl final : public Manager {
 public:
  ManagerImpl(ManagerConfig config, MountOps* ops, RecordStore store);

  Result<std::unique_ptr<Preparation>> Prepare(const Owner& owner,
                                               const std::vector<HostChannel>& channels,
                                               const Surroundings& around) override;
  using Manager::Mount;
  Result<std::unique_ptr<Mounts>> Mount(const std::string& owner,
                                        const std::optional<UserRemap>& remap) override;
  Result<std::unique_ptr<Mounts>> MountChannel(const std::string& owner,
                                               const std::string& host_path,
                                               const std::optional<UserRemap>& remap) override;
  Result<Leaving> CheckRemoval(const std::string& owner, const std::string& host_path) override;
  Result<Removal> RemoveChannel(const std::string& owner, const std::string& host_path) override;
  Result<Removal> Remove(const std::string& owner, bool force) override;
  Result<std::unique_ptr<Resizing>> Resize(const std::string& owner, const std::string& host_path,
                                           uint64_t size) override;
  Result<std::string> FindHostPath(const std::string& owner, const std::string& host_path) override;
  std::vector<ChannelState> List() const override;
  Result<std::vector<ChannelState>> Describe(const std::string& owner) const override;
  void RenameOwner(const std::string& owner, const std::string& name) override;
  uint64_t ReservedBytes() const override { return registry_.TotalBytes(); }
  uint64_t MemoryMax() const override { return registry_.memory_max(); }
  using Manager::Recover;
  std::vector<std::string> Recover(const std::vector<Owner>& owners, const Knows& knows) override;

  // For the destructor of a Preparation: removes the owner from the channels again.
  void Discard(const std::string& owner, const std::vector<std::string>& ids);

  // The steps of a Resizing.
  Status ApplySize(const std::string& id, uint64_t size);
  Status SettleSize(const std::string& id, uint64_t size);
  void TakeBackSize(const std::string& id, uint64_t before, bool applied);

  // Keep what must be remembered of a start. The caller holds the channel's lock.
  Status MarkStarted(const std::string& id);
  Status KeepIdentities(const std::string& id, const std::vector<std::string>& identities);
  void UnmarkStarted(const std::string& id);

 private:
  // manager.cc
  // Changes a record in memory and on disk; on error the record is as before. The caller holds the
  // channel's lock.
  Status Rewrite(const std::string& id, const std::function<void(Record&)>& change, os::Sync sync);
  std::vector<std::string> PathsOfOwner(const std::string& owner) const;

  // manager_prepare.cc
  Result<std::string> ResolveHostPath(const std::string& host_path);
  Status CheckPath(const std::string& asked_path, const HostChannel& channel);
  Result<Verdict> CheckResolved(const Verdict& asked, const std::vector<HostChannel>& channels,
                                const Surroundings& surroundings);
  Record PlanRecord(const Owner& owner, const HostChannel& channel, uint64_t position);
  Status Enter(const std::string& owner, const std::vector<Record>& planned);
  void DiscardHeld(const std::string& owner, const std::vector<std::string>& ids);

  // manager_mount.cc
  ScopedMount::Plan MakePlan(const Record& record, const OwnerEntry& entry,
                             const std::optional<UserRemap>& remap);
  // Whether a mount belongs to a start of the owner, which is when the option "clear" applies.
  enum class Occasion { kStart, kLive };
  Result<std::unique_ptr<ScopedMount>> MountOne(const Record& record, const OwnerEntry& entry,
                                                const std::optional<UserRemap>& remap,
                                                Occasion occasion);
  Result<std::unique_ptr<Mounts>> MountAll(const std::vector<Record>& records,
                                           const std::string& owner,
                                           const std::optional<UserRemap>& remap,
                                           Occasion occasion);

  // manager_remove.cc
  Result<bool> NeedsTakeDown(const Record& record, std::vector<std::string>& notices);
  Result<std::vector<Record>> SurveyRemoval(const std::vector<Record>& records, bool force,
                                            std::vector<std::string>& notices);
  void BeginRemoval(Record& record);
  Status TakeDown(const Record& record, std::vector<std::string>& notices);
  Status TakeDownAll(const std::vector<Record>& records, bool force,
                     std::vector<std::string>& notices);
  Status Forget(const std::vector<Record>& records);
  Status RemoveRecords(const std::vector<Record>& records, bool force,
                       std::vector<std::string>& notices);
  void Leave(const Record& record, const std::string& owner);
  // The owner's channel with exactly this host path.
  Result<Record> FindOwnedAt(const std::string& owner, const std::string& host_path) const;

  // manager_resize.cc
  Result<Record> FindOwned(const std::string& owner, const std::string& host_path);
  Status CheckFits(const Record& record, uint64_t size);
  Result<Record> SetSize(const std::string& id, uint64_t size);
  void SettleInterruptedResize(const Record& record, std::vector<std::string>& notices);

  // manager_recover.cc
  void RecoverViews(std::vector<std::string>& notices);
  void ForgetOwners(const Record& before, const Record& now, const std::vector<Owner>& owners,
                    std::vector<std::string>& notices);
  void RecoverRecord(Record record, const std::vector<Owner>& owners, const Knows& knows,
                     std::vector<std::string>& notices);
  void RemoveOrphan(const Record& record, const std::vector<Owner>& owners,
                    std::vector<std::string>& notices);
  void FinishRemoval(const Record& record, std::vector<std::string>& notices);

  const ManagerConfig config_;
  const Limits limits_;
  MountOps* const ops_;
  RecordStore store_;
  Registry registry_;
  KernelProbe kernel_probe_;
  Makings makings_;
  // Taken in this order. A channel is locked by its host path, which never changes, so that a call
  // that is about to make the channel and one that is about to join it use the same lock.
  NamedLocks owner_locks_;
  NamedLocks path_locks_;
};

// The options of the channel's file system.
TmpfsOptions OptionsOf(const Record& record);

// The channel as the owner of `entry` has it, with the result of inspecting it; Inspection{} if
// there is nothing to inspect yet.
ChannelState StateOf(const Record& record, const OwnerEntry& entry, const Inspection& inspection);

// kFailedPrecondition if the channel's removal has begun: it can only be finished.
Status CheckNotRemoving(const Record& record);

// The subject of a message about a channel: `host channel "/h"`.
std::string NameOf(const Record& record);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_IMPL_H_
