#include "daemon/modules/container/copy.h"

#include <fcntl.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/channel_attach.h"
#include "daemon/modules/container/mount_points.h"
#include "daemon/modules/rootfs/resolve.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"
#include "utils/os/process.h"
#include "utils/os/user_namespace.h"

namespace isulad::container {
namespace {

using shim::CopyPlace;
using shim::CopyVerb;

// What a worker is given. The descriptors are owned here until the worker has them.
struct Entrance {
  CopyPlace place = CopyPlace::kDirectory;
  os::UniqueFd root;
  os::UniqueFd namespaces;
};

class WorkerStream final : public CopyStream {
 public:
  explicit WorkerStream(std::shared_ptr<shim::CopyWorker> worker) : worker_(std::move(worker)) {}
  ~WorkerStream() override { worker_->Abandon(); }

  void Read(Chunk done) override { worker_->Read(std::move(done)); }
  void Write(std::string bytes, std::function<void()> taken) override {
    worker_->Write(std::move(bytes), std::move(taken));
  }
  void CloseInput() override { worker_->CloseInput(); }

 private:
  const std::shared_ptr<shim::CopyWorker> worker_;
};

Result<Entrance> EntranceToRunning(const Container& container) {
  const State state = container.state();
  Entrance entrance;
  entrance.place =
      container.config().user_remap ? CopyPlace::kRemappedProcess : CopyPlace::kProcess;
  const Result<os::UniqueFd> process = os::OpenPidfdVerified(state.pid, state.start_time);
  Result<os::UniqueFd> root =
      os::Open("/proc/" + std::to_string(state.pid) + "/root", O_PATH | O_DIRECTORY);
  // If the process still exists, the root was its own.
  if (!process || !root || !os::SendSignal(*process, 0)) {
    return FailedPrecondition(Named(container) + " has just ended");
  }
  ASSIGN_OR_RETURN(entrance.namespaces, os::Duplicate(process->get()));
  entrance.root = *std::move(root);
  return entrance;
}

// A detached copy of the mount that the container would have as its root.
Result<os::UniqueFd> RootOfStopped(const Context& context, const Container& container) {
  const ContainerConfig& config = container.config();
  ASSIGN_OR_RETURN(const auto view, MountRootfsView(context, container));
  if (!view) {
    ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(config));
    return os::CloneMount(rootfs.get(), os::Extent::kTree);
  }
  ASSIGN_OR_RETURN(const os::UniqueFd root,
                   os::Open(view->path(), O_PATH | O_DIRECTORY | O_NOFOLLOW));
  return os::CloneMount(root.get(), os::Extent::kTree);
}

Result<Entrance> EntranceToStopped(const Context& context, const Container& container) {
  Entrance entrance;
  ASSIGN_OR_RETURN(entrance.root, RootOfStopped(context, container));
  if (const auto& remap = container.config().user_remap) {
    entrance.place = CopyPlace::kUserNamespace;
    ASSIGN_OR_RETURN(entrance.namespaces, os::CreateUserNamespace(*remap));
  }
  return entrance;
}

// What is mounted while the container runs is not mounted now: a write below the mount point would
// go to files that nobody sees.
Status CheckBeneathMounts(const Container& container, int root, const std::string& path) {
  const std::string absolute = path.starts_with('/') ? path : "/" + path;
  const Result<std::string> resolved = rootfs::ResolveInRoot(root, absolute);
  if (!resolved) {
    return OkStatus();  // the worker reports what is wrong
  }
  for (const std::string& point : container.mount_points()) {
    const std::string target = rootfs::ResolveInRoot(root, point).value_or(point);
    if (IsSameOrBeneath(*resolved, target)) {
      return FailedPrecondition(Quote(path) + " lies in what is mounted at " + Quote(point) +
                                " while " + Named(container) + " runs, and it does not run");
    }
  }
  return OkStatus();
}

Status CheckStopped(const Container& container, const CopyRequest& request, int root) {
  if (request.verb == CopyVerb::kExport) {
    return OkStatus();
  }
  if (request.verb == CopyVerb::kTo && container.config().host().read_only_rootfs()) {
    return FailedPrecondition("the root file system of " + Named(container) + " is read-only");
  }
  return CheckBeneathMounts(container, root, request.path);
}

Result<Entrance> FindEntrance(const Context& context, const Container& container,
                              const CopyRequest& request) {
  if (IsUp(container.state().phase)) {
    return EntranceToRunning(container);
  }
  ASSIGN_OR_RETURN(Entrance entrance, EntranceToStopped(context, container));
  RETURN_IF_ERROR(CheckStopped(container, request, entrance.root.get()));
  return entrance;
}

Status CheckRequest(const CopyRequest& request) {
  if (request.verb == CopyVerb::kExport) {
    return OkStatus();
  }
  if (request.path.empty() || request.path.size() > kMaxPathBytes ||
      request.path.find('\0') != std::string::npos) {
    return InvalidArgument("path " + Quote(request.path.substr(0, kMaxComponentBytes)) +
                           " of the container must have 1 to " + std::to_string(kMaxPathBytes) +
                           " bytes");
  }
  return OkStatus();
}

}  // namespace

Result<std::unique_ptr<CopyStream>> Copy(Context& context,
                                         const std::shared_ptr<Container>& container,
                                         const CopyRequest& request) {
  RETURN_IF_ERROR(CheckRequest(request));
  RETURN_IF_ERROR(CheckCanChange(*container));
  const bool layers = container->config().host().rootfs_overlay();
  // Mounting one layer twice would corrupt it.
  RETURN_IF_ERROR(
      context.copies.CheckRoom(container->id(), layers && !IsUp(container->state().phase)));
  ASSIGN_OR_RETURN(const Entrance entrance, FindEntrance(context, *container, request));
  const shim::CopyJob job{request.verb, entrance.place, request.follow_link, request.archive,
                          request.path};
  ASSIGN_OR_RETURN(std::shared_ptr<shim::CopyWorker> worker,
                   shim::StartCopyWorker(context.settings.shim, context.modules.loop, job,
                                         {entrance.root.get(), entrance.namespaces.get()}));
  context.copies.Add({container->id(), layers, worker});
  return std::unique_ptr<CopyStream>(std::make_unique<WorkerStream>(std::move(worker)));
}

}  // namespace isulad::container
