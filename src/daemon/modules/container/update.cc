#include "daemon/modules/container/update.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/channel_attach.h"
#include "daemon/modules/container/channel_memory.h"
#include "daemon/modules/container/validate_resources.h"
#include "daemon/modules/spec/resource_options.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

constexpr uint64_t kNone = std::numeric_limits<uint64_t>::max();

// --cpus is another way to set quota and period: the last setting wins.
void TakeCpuTime(const spec::ResourceLimits& changes, spec::ResourceLimits& limits) {
  if (changes.has_nano_cpus()) {
    limits.clear_cpu_quota();
    limits.clear_cpu_period();
  } else if (changes.has_cpu_quota() || changes.has_cpu_period()) {
    const spec::CpuTime time = spec::CpuTimeOf(limits);
    limits.set_cpu_quota(time.quota);
    limits.set_cpu_period(time.period);
    limits.clear_nano_cpus();
  }
}

uint64_t LimitOf(int64_t bytes) { return bytes > 0 ? static_cast<uint64_t>(bytes) : kNone; }

Status SetMemory(const Context& context, const std::string& cgroup, const ContainerConfig& config) {
  const spec::ResourceLimits limits = EffectiveLimits(config);
  const cgroup::Hierarchy& cgroups = *context.modules.cgroups;
  if (limits.memory() != 0 || limits.memory_swap() != 0) {
    std::optional<uint64_t> memory_and_swap;
    if (limits.memory_swap() != 0) {
      memory_and_swap = LimitOf(limits.memory_swap());
    }
    RETURN_IF_ERROR(cgroups.SetMemoryLimit(cgroup, LimitOf(limits.memory()), memory_and_swap));
  }
  if (limits.memory_reservation() == 0) {
    return OkStatus();
  }
  return cgroups.SetMemoryReservation(cgroup, static_cast<uint64_t>(limits.memory_reservation()));
}

Status SetCpu(const Context& context, const std::string& cgroup,
              const spec::ResourceLimits& limits) {
  const spec::CpuTime time = spec::CpuTimeOf(limits);
  return context.modules.cgroups->SetCpuLimits(
      cgroup,
      {limits.cpu_shares(), time.quota, time.period, limits.cpuset_cpus(), limits.cpuset_mems()});
}

Status SetAll(const Context& context, const Container& container, const ContainerConfig& config) {
  if (!IsUp(container.state().phase)) {
    return OkStatus();
  }
  const std::string cgroup = context.CgroupPath(container.config());
  // Memory comes first: of the two, only the memory limit can be refused for what the container
  // does.
  Status set = SetMemory(context, cgroup, config);
  if (set) {
    set = SetCpu(context, cgroup, config.limits());
  }
  if (set || set.error().code() == Code::kNotFound) {
    return OkStatus();  // if it has ended, that is recorded once this operation is over
  }
  return std::move(set).error().AddContext("limits of container " + Quote(container.name()));
}

void TakeBack(Context& context, const Container& container, const ContainerConfig& before) {
  for (const Status& back : {SetAll(context, container, before), SaveConfig(context, before)}) {
    if (!back) {
      log::Error("an update was not taken back",
                 {{"id", container.id()}, {"reason", back.error().message()}});
    }
  }
}

// From now on the host's next boot goes by what a user has started or stopped, so the state must be
// durable.
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
  if (request.limits.ByteSizeLong() == 0 && !request.restart_policy) {
    return InvalidArgument("nothing to change was named");
  }
  RETURN_IF_ERROR(spec::ValidateChanges(request.limits));
  spec::ResourceLimits& limits = *config.spec.mutable_host()->mutable_limits();
  TakeCpuTime(request.limits, limits);
  limits.MergeFrom(request.limits);
  if (request.restart_policy) {
    ASSIGN_OR_RETURN(config.restart, ParseRestartPolicy(*request.restart_policy));
    config.spec.mutable_host()->set_restart_policy(*request.restart_policy);
  }
  if (config.host().auto_remove() && config.restart.rule != RestartRule::kNo) {
    return InvalidArgument("it was created with --rm: it is removed at its end, not started again");
  }
  return CheckMemory(config);
}

Result<std::vector<std::string>> Update(Context& context,
                                        const std::shared_ptr<Container>& container,
                                        const UpdateRequest& request) {
  RETURN_IF_ERROR(CheckCanChange(*container));
  const ContainerConfig before = container->CurrentConfig();
  ContainerConfig after = before;
  RETURN_IF_ERROR(ApplyRequest(request, after));
  RETURN_IF_ERROR(CheckLimits(context, after.limits()));
  RETURN_IF_ERROR(SaveConfig(context, after));
  if (Status set = SetAll(context, *container, after); !set) {
    TakeBack(context, *container, before);
    return std::move(set).error();
  }
  container->SetLimits(after.limits(), after.restart);
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
