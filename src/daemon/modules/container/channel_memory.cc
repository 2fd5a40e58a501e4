#include "daemon/modules/container/channel_memory.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {

spec::ResourceLimits EffectiveLimits(const ContainerConfig& config) {
  spec::ResourceLimits limits = config.limits();
  const auto added = static_cast<int64_t>(AddedMemory(config));
  if (limits.memory() > 0) {
    limits.set_memory(limits.memory() + added);
  }
  if (limits.memory_swap() > 0) {
    limits.set_memory_swap(limits.memory_swap() + added);
  }
  return limits;
}

Status CheckMemory(const ContainerConfig& config) {
  const auto largest =
      static_cast<uint64_t>(std::max(config.limits().memory(), config.limits().memory_swap()));
  const auto limit = static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  if (limit - largest < AddedMemory(config)) {
    return InvalidArgument("memory limit with the channels' sizes added is too large");
  }
  return OkStatus();
}

Status ApplyMemoryLimit(Context& context, const Container& container,
                        const ContainerConfig& config) {
  if (!config.host().host_channel_add_memory() || !IsUp(container.state().phase)) {
    return OkStatus();
  }
  const spec::ResourceLimits limits = EffectiveLimits(config);
  std::optional<uint64_t> memory_and_swap;
  if (limits.memory_swap() > 0) {
    memory_and_swap = static_cast<uint64_t>(limits.memory_swap());
  }
  Status set = context.modules.cgroups->SetMemoryLimit(context.CgroupPath(container.config()),
                                                       static_cast<uint64_t>(limits.memory()),
                                                       memory_and_swap);
  if (!set && set.error().code() == Code::kNotFound) {
    return OkStatus();  // it has ended, which is recorded once this operation is over
  }
  if (!set) {
    return std::move(set).error().AddContext("memory limit of container " +
                                             Quote(container.name()));
  }
  return set;
}

std::vector<std::string> SmallMemoryWarnings(const ContainerConfig& config) {
  std::vector<std::string> warnings;
  const auto memory = static_cast<uint64_t>(config.limits().memory());
  if (memory == 0 || config.host().host_channel_add_memory()) {
    return warnings;
  }
  for (const host_channel::HostChannel& channel : config.channels) {
    if (channel.access == host_channel::Access::kReadWrite && channel.size >= memory) {
      warnings.push_back(
          "host channel " + Quote(channel.host_path) +
          " is not smaller than the memory limit: a container that fills it is killed for "
          "lack of memory; --host-channel-add-memory adds its size to the limit");
    }
  }
  return warnings;
}

ScopedMemoryLimits::~ScopedMemoryLimits() {
  for (const auto& [container, before] : changed_) {
    if (const Status back = ApplyMemoryLimit(context_, *container, before); !back) {
      log::Error("memory limit not set back",
                 {{"id", container->id()}, {"reason", back.error().message()}});
    }
  }
}

Status ScopedMemoryLimits::Set(const std::shared_ptr<Container>& container,
                               const ContainerConfig& config) {
  ContainerConfig before = container->CurrentConfig();
  RETURN_IF_ERROR(ApplyMemoryLimit(context_, *container, config));
  changed_.emplace_back(container, std::move(before));
  return OkStatus();
}

}  // namespace isulad::container
