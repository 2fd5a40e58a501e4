#include "daemon/modules/spec/host_channel/linux_mount_ops.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>

#include "daemon/modules/spec/host_channel/channel_mount.h"
#include "daemon/modules/spec/host_channel/host_namespace.h"
#include "daemon/modules/spec/host_channel/host_path.h"
#include "daemon/modules/spec/host_channel/marked_directory.h"
#include "daemon/modules/spec/host_channel/mount_view.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"
#include "utils/os/user_namespace.h"

namespace isulad::host_channel {
namespace {

class LinuxMountOps final : public MountOps {
 public:
  explicit LinuxMountOps(bool in_host_namespace) : in_host_namespace_(in_host_namespace) {}

  Result<ResolvedPath> Resolve(const std::string& path) override {
    return OnHost([&] { return ResolveHostPath(path); });
  }

  Result<Inspection> Inspect(const HostDirectory& directory, Search search) override {
    return OnHost([&]() -> Result<Inspection> {
      ASSIGN_OR_RETURN(Found found, FindChannel(directory, search));
      return std::move(found.inspection);
    });
  }

  std::vector<Result<Inspection>> InspectAll(
      const std::vector<HostDirectory>& directories) override {
    using Inspections = std::vector<Result<Inspection>>;
    const Result<Inspections> inspections =
        OnHost([&]() -> Result<Inspections> { return InspectChannels(directories); });
    return inspections ? *inspections : Inspections(directories.size(), inspections.error());
  }

  Status MakeDirectory(const HostDirectory& directory, const Announce& announce) override {
    return OnHost([&] { return MakeMarkedDirectory(directory, announce); });
  }

  Status Probe(const std::string& name, const std::string& value) override {
    Status taken = os::ProbeParameter("tmpfs", name, value);
    if (!taken && taken.error().system_errno() == EINVAL) {
      return InvalidArgument(taken.error().message());
    }
    return taken;
  }

  Status Mount(const HostDirectory& directory, const TmpfsOptions& options) override {
    return OnHost([&] { return MountChannel(directory, options); });
  }

  Status Resize(const HostDirectory& directory, const TmpfsOptions& options) override {
    return OnHost([&] { return ResizeChannel(directory, options); });
  }

  Result<Unmounted> Unmount(const HostDirectory& directory) override {
    return OnHost([&] { return UnmountChannel(directory); });
  }

  Status RemoveDirectory(const HostDirectory& directory, Remains what) override {
    return OnHost([&] { return RemoveMarkedDirectory(directory, what); });
  }

  Result<View> AttachView(const HostDirectory& directory, const std::string& view,
                          const ViewWish& wish) override {
    os::UniqueFd user_namespace;
    if (wish.remap) {
      ASSIGN_OR_RETURN(user_namespace, os::CreateUserNamespace(*wish.remap));
    }
    ASSIGN_OR_RETURN(const Clone clone, OnHost([&] {
                       return CloneChannel(directory, wish.read_only, user_namespace.get());
                     }));
    RETURN_IF_ERROR(AttachAt(view, clone.mount));
    return clone.view;
  }

  Status DetachView(const std::string& view) override { return DetachFrom(view); }

 private:
  // Runs `work`, which returns a Result, in the mount namespace that host paths refer to.
  template <typename Work>
  std::invoke_result_t<Work> OnHost(const Work& work) const {
    if (!in_host_namespace_) {
      return work();
    }
    std::invoke_result_t<Work> result = Internal("not run");
    RETURN_IF_ERROR(RunInHostMountNamespace([&] { result = work(); }));
    return result;
  }

  const bool in_host_namespace_;
};

}  // namespace

Result<std::unique_ptr<MountOps>> CreateLinuxMountOps(bool in_host_namespace) {
  if (in_host_namespace) {
    RETURN_IF_ERROR(RunInHostMountNamespace([] {}));
  }
  return std::unique_ptr<MountOps>(std::make_unique<LinuxMountOps>(in_host_namespace));
}

bool SharesHostMountNamespace() {
  struct stat own;
  struct stat host;
  if (::stat("/proc/self/ns/mnt", &own) != 0 || ::stat("/proc/1/ns/mnt", &host) != 0) {
    return true;
  }
  return own.st_ino == host.st_ino && own.st_dev == host.st_dev;
}

}  // namespace isulad::host_channel
