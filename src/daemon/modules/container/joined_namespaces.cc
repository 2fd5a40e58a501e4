#include "daemon/modules/container/joined_namespaces.h"

#include <fcntl.h>
#include <unistd.h>

#include <memory>
#include <utility>

#include "daemon/modules/container/shared_memory.h"
#include "utils/base/ids.h"
#include "utils/base/namespace_mode.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::container {
namespace {

constexpr char kSharedMemory[] = "dev/shm";

Error CannotShare(const NamespaceKind& kind, const std::string& container,
                  const std::string& reason) {
  return FailedPrecondition("the " + std::string(kind.oci_type) + " namespace of container " +
                            Quote(container) + " cannot be shared: " + reason);
}

// The path by which another process can open `fd`.
std::string PathOf(const os::UniqueFd& fd) {
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(fd.get());
}

Result<std::shared_ptr<Container>> FindRunning(const Context& context, const NamespaceKind& kind,
                                               const std::string& id) {
  auto container = context.registry.Find(id);
  if (!container) {
    return CannotShare(kind, ShortId(id), "it has been removed");
  }
  if (!IsUp((*container)->state().phase)) {
    return CannotShare(kind, (*container)->name(), "it is not running");
  }
  return container;
}

Result<os::UniqueFd> OpenNamespace(const NamespaceKind& kind, const Container& container) {
  const State state = container.state();
  const Result<os::UniqueFd> pidfd = os::OpenPidfdVerified(state.pid, state.start_time);
  Result<os::UniqueFd> opened =
      os::Open("/proc/" + std::to_string(state.pid) + "/ns/" + kind.proc_name, O_RDONLY);
  // If the process has not been reaped by now, the pid was still its own.
  if (!pidfd || !opened || !os::SendSignal(*pidfd, 0)) {
    return CannotShare(kind, container.name(), "it has just ended");
  }
  return opened;
}

Result<os::UniqueFd> CloneSharedMemory(const Context& context, const Container& container) {
  const State state = container.state();
  Result<os::UniqueFd> clone =
      context.modules.live_mounts->Clone({state.pid, state.start_time}, kSharedMemory);
  if (!clone) {
    return CannotShare(kIpcNamespace, container.name(), "/dev/shm: " + clone.error().message());
  }
  return clone;
}

}  // namespace

Result<JoinedNamespaces> OpenJoinedNamespaces(const Context& context,
                                              const ContainerConfig& config) {
  JoinedNamespaces joined;
  for (const NamespaceKind* kind : kNamespaceKinds) {
    const NamespaceChoice& choice = config.namespaces.*kind->choice;
    if (!choice.joins()) {
      continue;
    }
    ASSIGN_OR_RETURN(const auto container, FindRunning(context, *kind, choice.container));
    ASSIGN_OR_RETURN(os::UniqueFd fd, OpenNamespace(*kind, *container));
    joined.paths[kind->oci_type] = PathOf(fd);
    joined.held.push_back(std::move(fd));
    if (kind == &kIpcNamespace && !BringsSharedMemory(config)) {
      ASSIGN_OR_RETURN(os::UniqueFd clone, CloneSharedMemory(context, *container));
      joined.shared_memory = PathOf(clone);
      joined.held.push_back(std::move(clone));
    }
  }
  return joined;
}

}  // namespace isulad::container
