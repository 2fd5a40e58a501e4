// A manager on a real host, with one owner.
#ifndef ISULAD_TEST_INTEGRATION_HOST_CHANNEL_MACHINE_H_
#define ISULAD_TEST_INTEGRATION_HOST_CHANNEL_MACHINE_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/manager.h"
#include "linux_host.h"

namespace isulad::host_channel::test {

// To be made in a mount namespace of the test's own.
class Machine {
 public:
  static constexpr uint64_t kSize = 1u << 20;

  Machine() { Start(); }

  std::string Path(const std::string& name) const { return host.root() + "/" + name; }
  std::string Records() const { return host.views() + "-records"; }
  HostChannel Channel(const std::string& name, Access access = Access::kReadWrite) const {
    return {Path(name), "/" + name, access, kSize, {}};
  }

  HostChannel Shared(const std::string& name) const {
    HostChannel channel = Channel(name);
    channel.options.share = true;
    return channel;
  }

  // A new instance on the records of the one before, as after a restart of the engine. Does not
  // recover.
  void Start() {
    manager.reset();
    ManagerConfig config;
    config.record_directory = Records();
    config.view_directory = host.views();
    config.physical_memory = 1024 * kSize;
    manager = *CreateManager(config, &host.ops());
  }
  std::vector<std::string> Restart(const std::vector<Owner>& owners) {
    Start();
    return manager->Recover(owners);
  }

  Status Create(const std::vector<HostChannel>& channels) { return Create(owner, channels); }
  Status Create(const Owner& who, const std::vector<HostChannel>& channels) {
    ASSIGN_OR_RETURN(const std::unique_ptr<Manager::Preparation> preparation,
                     manager->Prepare(who, channels, {}));
    preparation->Commit();
    return OkStatus();
  }
  Status Mount() { return Mount(owner); }
  Status Mount(const Owner& who) {
    ASSIGN_OR_RETURN(const std::unique_ptr<Manager::Mounts> mounts, manager->Mount(who.id));
    mounts->Commit();
    return OkStatus();
  }
  // The notices.
  Result<std::vector<std::string>> Remove(bool force = false) { return Remove(owner, force); }
  Result<std::vector<std::string>> Remove(const Owner& who, bool force = false) {
    ASSIGN_OR_RETURN(const Manager::Removal removal, manager->Remove(who.id, force));
    return removal.notices;
  }

  LinuxHost host;
  std::unique_ptr<Manager> manager;
  const Owner owner{"web-id", "web"};
  const Owner other{"db-id", "db"};
};

}  // namespace isulad::host_channel::test

#endif  // ISULAD_TEST_INTEGRATION_HOST_CHANNEL_MACHINE_H_
