#include "daemon/modules/container/update.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "daemon/modules/container/channel_attach.h"
#include "daemon/modules/container/channel_memory.h"
#include "daemon/modules/container/validate_resources.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

constexpr uint64_t kNone = std::numeric_limits<uint64_t>::max();

// 0 stands for "no limit" at create. A limit that holds is changed, not taken away.
Status Take(const char* flag, const std::optional<int64_t>& wish, int64_t& value) {
  if (wish && *wish == 0) {
    return InvalidArgument("--" + std::string(flag) +
                           " \"0\" must not be 0: update changes a limit, and takes none away");
  }
  value = wish.value_or(value);
  return OkStatus();
}

Status TakeList(const char* flag, const std::optional<std::string>& wish, std::string& value) {
  if (wish && wish->empty()) {
    return InvalidArgument("--" + std::string(flag) + " \"\" must not be empty");
  }
  value = wish.value_or(value);
  return OkStatus();
}

Status TakeMemory(const UpdateRequest& request, spec::ResourceOptions& resources) {
  RETURN_IF_ERROR(Take("memory", request.memory, resources.memory));
  RETURN_IF_ERROR(Take("memory-swap", request.memory_swap, resources.memory_swap));
  return Take("memory-reservation", request.memory_reservation, resources.memory_reservation);
}

// --cpus is another way to say quota and period: the last word holds.
Status TakeCpu(const UpdateRequest& request, spec::ResourceOptions& resources) {
  if (request.nano_cpus) {
    resources.cpu_quota = 0;
    resources.cpu_period = 0;
  } else if (request.cpu_quota || request.cpu_period) {
    const spec::CpuTime time = spec::CpuTimeOf(resources);
    resources.cpu_quota = time.quota;
    resources.cpu_period = time.period;
    resources.nano_cpus = 0;
  }
  RETURN_IF_ERROR(Take("cpus", request.nano_cpus, resources.nano_cpus));
  RETURN_IF_ERROR(Take("cpu-shares", request.cpu_shares, resources.cpu_shares));
  RETURN_IF_ERROR(Take("cpu-period", request.cpu_period, resources.cpu_period));
  RETURN_IF_ERROR(Take("cpu-quota", request.cpu_quota, resources.cpu_quota));
  RETURN_IF_ERROR(TakeList("cpuset-cpus", request.cpuset_cpus, resources.cpuset_cpus));
  return TakeList("cpuset-mems", request.cpuset_mems, resources.cpuset_mems);
}

bool IsEmpty(const UpdateRequest& request) {
  return !request.memory && !request.memory_swap && !request.memory_reservation &&
         !request.nano_cpus && !request.cpu_shares && !request.cpu_period && !request.cpu_quota &&
         !request.cpuset_cpus && !request.cpuset_mems && !request.restart_policy;
}

uint64_t LimitOf(int64_t bytes) { return bytes > 0 ? static_cast<uint64_t>(bytes) : kNone; }

Status SetMemory(const Context& context, const std::string& cgroup, const ContainerConfig& config) {
  const spec::ResourceOptions resources = EffectiveResources(config);
  const cgroup::Hierarchy& cgroups = *context.modules.cgroups;
  if (resources.memory != 0 || resources.memory_swap != 0) {
    std::optional<uint64_t> memory_and_swap;
    if (resources.memory_swap != 0) {
      memory_and_swap = LimitOf(resources.memory_swap);
    }
    RETURN_IF_ERROR(cgroups.SetMemoryLimit(cgroup, LimitOf(resources.memory), memory_and_swap));
  }
  if (resources.memory_reservation == 0) {
    return OkStatus();
  }
  return cgroups.SetMemoryReservation(cgroup, static_cast<uint64_t>(resources.memory_reservation));
}

Status SetCpu(const Context& context, const std::string& cgroup,
              const spec::ResourceOptions& resources) {
  const spec::CpuTime time = spec::CpuTimeOf(resources);
  return context.modules.cgroups->SetCpuLimits(
      cgroup, {resources.cpu_shares, time.quota, time.period, resources.cpuset_cpus,
               resources.cpuset_mems});
}

Status SetAll(const Context& context, const Container& container, const ContainerConfig& config) {
  if (!IsUp(container.state().phase)) {
    return OkStatus();
  }
  const std::string cgroup = context.CgroupPath(container.config());
  // Memory goes first: of the two only that is refused for what the container does.
  Status set = SetMemory(context, cgroup, config);
  if (set) {
    set = SetCpu(context, cgroup, config.resources);
  }
  if (set || set.error().code() == Code::kNotFound) {
    return OkStatus();  // where it has ended the record of that waits for us
  }
  return std::move(set).error().AddContext("limits of container " + Quote(container.name()));
}

Status Save(Context& context, const ContainerConfig& config) {
  const os::Sync sync = config.auto_remove ? os::Sync::kNone : os::Sync::kDurable;
  Status saved = context.modules.store->ReplaceConfig(config.id, ToJson(config), sync);
  if (!saved) {
    return std::move(saved).error().AddContext("configuration of container " + Quote(config.name));
  }
  return saved;
}

void TakeBack(Context& context, const Container& container, const ContainerConfig& before) {
  for (const Status& back : {SetAll(context, container, before), Save(context, before)}) {
    if (!back) {
      log::Error("an update was not taken back",
                 {{"id", container.id()}, {"reason", back.error().message()}});
    }
  }
}

// From now on the host's start goes by what a user has started or stopped.
void KeepState(Context& context, const Container& container) {
  if (SyncOf(container) != os::Sync::kDurable) {
    return;
  }
  if (const Status saved = Persist(context, container, container.state(), os::Sync::kDurable);
      !saved) {
    log::Error("state not saved", {{"id", container.id()}, {"reason", saved.error().message()}});
  }
}

}  // namespace

Status ApplyRequest(const UpdateRequest& request, ContainerConfig& config) {
  if (IsEmpty(request)) {
    return InvalidArgument("nothing to change was named");
  }
  RETURN_IF_ERROR(TakeMemory(request, config.resources));
  RETURN_IF_ERROR(TakeCpu(request, config.resources));
  if (request.restart_policy) {
    ASSIGN_OR_RETURN(config.restart, ParseRestartPolicy(*request.restart_policy));
  }
  if (config.auto_remove && config.restart.rule != RestartRule::kNo) {
    return InvalidArgument("it was created with --rm: it is removed at its end, not started again");
  }
  return CheckMemory(config);
}

Result<std::vector<std::string>> Update(Context& context,
                                        const std::shared_ptr<Container>& container,
                                        const UpdateRequest& request) {
  ASSIGN_OR_RETURN(const ScopedOperation operation, ScopedOperation::Acquire(container));
  RETURN_IF_ERROR(CheckCanChange(*container));
  const ContainerConfig before = container->CurrentConfig();
  ContainerConfig after = before;
  RETURN_IF_ERROR(ApplyRequest(request, after));
  RETURN_IF_ERROR(CheckLimits(context, after.resources));
  RETURN_IF_ERROR(Save(context, after));
  if (Status set = SetAll(context, *container, after); !set) {
    TakeBack(context, *container, before);
    return std::move(set).error();
  }
  container->SetLimits(after.resources, after.restart);
  KeepState(context, *container);
  context.announcer.Publish(*container, events::EventType::kUpdate);
  return SmallMemoryWarnings(after);
}

void RecoverLimits(const Context& context, const Container& container) {
  if (const Status set = SetAll(context, container, container.CurrentConfig()); !set) {
    log::Error("limits not set", {{"id", container.id()}, {"reason", set.error().message()}});
  }
}

}  // namespace isulad::container
