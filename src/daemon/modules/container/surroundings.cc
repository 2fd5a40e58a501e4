#include "daemon/modules/container/surroundings.h"

#include "daemon/modules/container/generated_files.h"

namespace isulad::container {

host_channel::Surroundings SurroundingsOf(const Context& context, const ContainerConfig& config) {
  host_channel::Surroundings surroundings;
  surroundings.system_container = config.host().system_container();
  surroundings.rootfs_paths.push_back(config.rootfs());
  for (const auto& other : context.registry.All()) {
    surroundings.rootfs_paths.push_back(other->config().rootfs());
  }
  for (const spec::BindMount& bind : BindsOf(config)) {
    surroundings.mount_targets.push_back(bind.target);
  }
  for (const spec::Tmpfs& tmpfs : spec::TmpfsOf(config.files)) {
    surroundings.mount_targets.push_back(tmpfs.target);
  }
  for (const DeviceMapping& device : config.security.devices) {
    surroundings.mount_targets.push_back(device.path_in_container);
  }
  for (const auto& [name, target] : GeneratedNames(config)) {
    surroundings.mount_targets.push_back(target);
  }
  return surroundings;
}

}  // namespace isulad::container
