#include "daemon/modules/container/shared_memory.h"

#include <algorithm>
#include <string>
#include <vector>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/spec/builder.h"
#include "utils/base/clean_path.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"

namespace isulad::container {
namespace {

constexpr char kPlace[] = "/dev/shm";

// The targets of everything that the user asked for.
std::vector<std::string> TargetsOf(const ContainerConfig& config) {
  std::vector<std::string> targets;
  for (const spec::BindMount& bind : BindsOf(config)) {
    targets.push_back(bind.target);
  }
  for (const spec::Tmpfs& tmpfs : spec::TmpfsOf(config.files)) {
    targets.push_back(tmpfs.target);
  }
  for (const host_channel::HostChannel& channel : config.channels) {
    targets.push_back(channel.container_path);
  }
  if (!config.host().env_target_file().empty()) {
    targets.push_back(config.host().env_target_file());
  }
  return targets;
}

bool BringsIt(const std::vector<std::string>& targets) {
  return std::find(targets.begin(), targets.end(), kPlace) != targets.end();
}

}  // namespace

bool BringsSharedMemory(const ContainerConfig& config) { return BringsIt(TargetsOf(config)); }

Status CheckSharedMemory(const ContainerConfig& config) {
  const NamespaceChoice& ipc = config.namespaces.ipc;
  const std::vector<std::string> targets = TargetsOf(config);
  if (ipc.own() || BringsIt(targets)) {
    return OkStatus();
  }
  for (const std::string& target : targets) {
    if (IsSameOrBeneath(target, kPlace)) {
      const std::string whose = ipc.joins() ? "container:" + ShortId(ipc.container) : "host";
      return InvalidArgument("target " + Quote(target) + " and --ipc " + whose +
                             " exclude one another: /dev/shm is that of others");
    }
  }
  return OkStatus();
}

uint64_t SharedMemorySize(const ContainerConfig& config) {
  if (!config.namespaces.ipc.own() || BringsSharedMemory(config)) {
    return 0;
  }
  return config.files.shm_size != 0 ? config.files.shm_size
                                    : spec::DefaultShmSize(config.host().system_container(),
                                                           MeasureOfTmpfs(config).value_or(0));
}

}  // namespace isulad::container
