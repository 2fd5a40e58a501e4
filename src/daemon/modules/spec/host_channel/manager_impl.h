// The manager's parts; each verb has a file of its own, manager_<verb>.cc.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_IMPL_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_IMPL_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/manager.h"
#include "daemon/modules/spec/host_channel/owner_locks.h"
#include "daemon/modules/spec/host_channel/record.h"
#include "daemon/modules/spec/host_channel/record_store.h"
#include "daemon/modules/spec/host_channel/registry.h"
#include "daemon/modules/spec/host_channel/scoped_mount.h"

namespace isulad::host_channel {

class ManagerImpl final : public Manager {
 public:
  ManagerImpl(ManagerConfig config, MountOps* ops, RecordStore store);

  Result<std::unique_ptr<Preparation>> Prepare(const Owner& owner,
                                               const std::vector<HostChannel>& channels,
                                               const Surroundings& surroundings) override;
  Result<std::unique_ptr<Mounts>> Mount(const std::string& owner) override;
  Result<Removal> Remove(const std::string& owner, bool force) override;
  Result<std::vector<ChannelState>> Describe(const std::string& owner) const override;
  void RenameOwner(const std::string& owner, const std::string& name) override;
  uint64_t ReservedBytes() const override { return registry_.TotalBytes(); }
  uint64_t MemoryMax() const override { return registry_.memory_max(); }
  std::vector<std::string> Recover(const std::vector<Owner>& owners) override;

  // For the destructor of a Preparation: gives the reservations back and deletes the records.
  void Discard(const std::vector<Record>& records);

 private:
  // manager_prepare.cc
  Result<std::string> ResolveFree(const HostChannel& channel);
  Result<Verdict> ResolveAll(const Verdict& asked, const Surroundings& surroundings);

  // manager_mount.cc
  ScopedMount::Plan MakePlan(const Record& record);
  Result<std::unique_ptr<ScopedMount>> MountOne(const Record& record);

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

  // manager_recover.cc
  void RecoverViews(std::vector<std::string>& notices);
  void RecoverRecord(Record record, const std::vector<Owner>& owners,
                     std::vector<std::string>& notices);
  void RemoveOrphan(const Record& record, std::vector<std::string>& notices);
  void FinishRemoval(const Record& record, std::vector<std::string>& notices);

  std::string ViewOf(const Record& record) const {
    return config_.view_directory + "/" + record.id;
  }

  const ManagerConfig config_;
  const Limits limits_;
  MountOps* const ops_;
  RecordStore store_;
  Registry registry_;
  OwnerLocks locks_;
};

// The subject of a message about a channel: `host channel "/h"`.
std::string NameOf(const Record& record);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_IMPL_H_
