// A manager over a host in memory; its records lie in a temporary directory.
#ifndef ISULAD_TEST_UNIT_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_FIXTURE_H_
#define ISULAD_TEST_UNIT_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/manager.h"
#include "support/host_channel/failing_mount_ops.h"
#include "support/host_channel/fake_mount_ops.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::host_channel::test {

inline constexpr uint64_t kMiB = 1u << 20;

// With the option that lets others have it, too.
inline HostChannel Shared(const std::string& host_path, const std::string& container_path = "/c",
                          Access access = Access::kReadWrite, uint64_t size = kMiB) {
  HostChannel channel{host_path, container_path, access, size, {}};
  channel.options.share = true;
  return channel;
}

inline HostChannel Channel(const std::string& host_path, const std::string& container_path = "/c",
                           Access access = Access::kReadWrite, uint64_t size = kMiB) {
  return {host_path, container_path, access, size, {}};
}

class ManagerFixture : public testing::Test {
 protected:
  ManagerFixture() {
    host_.AddDirectory("/srv");
    Start();
  }

  // A new instance on the records of the one before, as after a restart of the engine. Does not
  // recover.
  void Start() {
    manager_.reset();
    ManagerConfig config;
    config.record_directory = records_;
    config.view_directory = views_;
    config.physical_memory = 64 * kMiB;
    config.memory_max = memory_max_;
    manager_ = *CreateManager(config, &ops_);
  }
  std::vector<std::string> Restart(const std::vector<Owner>& owners) {
    Start();
    return manager_->Recover(owners);
  }

  Status Create(const Owner& owner, const std::vector<HostChannel>& channels) {
    ASSIGN_OR_RETURN(const std::unique_ptr<Manager::Preparation> preparation,
                     manager_->Prepare(owner, channels, {}));
    preparation->Commit();
    return OkStatus();
  }
  Status MountAndCommit(const Owner& owner) {
    ASSIGN_OR_RETURN(const std::unique_ptr<Manager::Mounts> mounts, manager_->Mount(owner.id));
    mounts->Commit();
    return OkStatus();
  }
  // A started container's channels.
  void CreateMounted(const Owner& owner, const std::vector<HostChannel>& channels) {
    ASSERT_OK(Create(owner, channels));
    ASSERT_OK(MountAndCommit(owner));
  }
  Result<std::vector<std::string>> Remove(const Owner& owner, bool force = false) {
    ASSIGN_OR_RETURN(const Manager::Removal removal, manager_->Remove(owner.id, force));
    return removal.notices;
  }
  std::string IdOf(const Owner& owner, size_t index = 0) {
    return manager_->Describe(owner.id)->at(index).id;
  }
  std::vector<std::string> RecordNames() const { return *os::ListDirectory(records_); }
  std::vector<std::string> ViewNames() const { return *os::ListDirectory(views_); }

  isulad::test::TempDir temp_;
  const std::string records_ = temp_.Sub("channels");
  const std::string views_ = temp_.Sub("views");
  uint64_t memory_max_ = 0;
  FakeMountOps host_;
  FailingMountOps ops_{&host_};
  std::unique_ptr<Manager> manager_;
  const Owner web_{"web-id", "web"};
  const Owner db_{"db-id", "db"};
};

}  // namespace isulad::host_channel::test

#endif  // ISULAD_TEST_UNIT_DAEMON_MODULES_SPEC_HOST_CHANNEL_MANAGER_FIXTURE_H_
