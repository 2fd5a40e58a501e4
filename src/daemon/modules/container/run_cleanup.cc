#include "daemon/modules/container/run_cleanup.h"

#include <chrono>
#include <string>

#include "daemon/modules/container/bundle.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

// How long a cgroup may take to empty after its processes have been killed.
constexpr std::chrono::seconds kCgroupTimeout(5);

Status DeleteFromRuntime(const Context& context, const Container& container) {
  const runtime::OciRuntime* runtime = context.FindRuntime(container.config().host().runtime());
  return runtime != nullptr ? runtime->Delete(container.id()) : OkStatus();
}

void LogFailure(const Container& container, const Status& status) {
  if (!status) {
    log::Warn("cleaning up after a failed start",
              {{"id", container.id()}, {"reason", status.error().message()}});
  }
}

}  // namespace

Status KillRemaining(const Context& context, const Container& container) {
  const ContainerConfig& config = container.config();
  return config.namespaces.pid.own() ? OkStatus()
                                     : context.modules.cgroups->Kill(context.CgroupPath(config));
}

Status CleanUpRun(const Context& context, const Container& container) {
  RETURN_IF_ERROR(KillRemaining(context, container));
  RETURN_IF_ERROR(DeleteFromRuntime(context, container));
  RETURN_IF_ERROR(
      context.modules.cgroups->Remove(context.CgroupPath(container.config()), kCgroupTimeout));
  return RemoveBundle(context, container);
}

void DiscardRun(Context& context, Container& container) {
  const ScopedBundle bundle(&context, &container);
  const ScopedProcesses processes(&context, &container);
}

ScopedProcesses::~ScopedProcesses() {
  if (container_ == nullptr) {
    return;
  }
  container_->SetMonitor(nullptr);
  const cgroup::Hierarchy& cgroups = *context_->modules.cgroups;
  const std::string cgroup = context_->CgroupPath(container_->config());
  LogFailure(*container_, cgroups.Kill(cgroup));
  LogFailure(*container_, DeleteFromRuntime(*context_, *container_));
  LogFailure(*container_, cgroups.Remove(cgroup, kCgroupTimeout));
}

}  // namespace isulad::container
