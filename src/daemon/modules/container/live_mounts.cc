#include "daemon/modules/container/live_mounts.h"

#include "daemon/modules/rootfs/maker.h"
#include "daemon/modules/rootfs/mount_points.h"
#include "utils/base/strings.h"
#include "utils/os/file_owner.h"

namespace isulad::container {
namespace {

using host_channel::MountEntry;
using host_channel::NamespaceMounts;
using host_channel::ProcessId;

class LinuxLiveMounts final : public LiveMounts {
 public:
  Status Attach(const ProcessId& process, const MountEntry& entry,
                const MountPointPlace& place) override {
    ASSIGN_OR_RETURN(const NamespaceMounts mounts, NamespaceMounts::Open(process));
    const bool in_rootfs = place.rootfs >= 0;
    rootfs::Maker maker(in_rootfs ? place.rootfs : mounts.root(), place.mark);
    RETURN_IF_ERROR(mounts.Attach(entry, [&]() -> Status {
      const os::ScopedFileOwner owner(in_rootfs ? std::nullopt : place.remap);
      Status made = maker.Make(entry.destination, false);
      if (!made) {
        return std::move(made).error().AddContext("make the mount point " +
                                                  Quote(entry.destination) + " in the container");
      }
      return made;
    }));
    maker.Commit();
    return OkStatus();
  }

  Result<Detached> Detach(const ProcessId& process, const std::string& channel_id) override {
    ASSIGN_OR_RETURN(const NamespaceMounts mounts, NamespaceMounts::Open(process));
    return mounts.Detach(channel_id);
  }

  Status RemoveMountPoint(const ProcessId& process, const std::string& path,
                          const std::string& mark) override {
    ASSIGN_OR_RETURN(const NamespaceMounts mounts, NamespaceMounts::Open(process));
    return rootfs::RemovePlainMountPoint(mounts.root(), path, mark);
  }

  Result<bool> Has(const ProcessId& process, const std::string& channel_id) override {
    ASSIGN_OR_RETURN(const NamespaceMounts mounts, NamespaceMounts::Open(process));
    return mounts.Has(channel_id);
  }

  Result<os::UniqueFd> Clone(const ProcessId& process, const std::string& directory) override {
    ASSIGN_OR_RETURN(const NamespaceMounts mounts, NamespaceMounts::Open(process));
    return mounts.Clone(directory);
  }
};

}  // namespace

std::unique_ptr<LiveMounts> CreateLiveMounts() { return std::make_unique<LinuxLiveMounts>(); }

}  // namespace isulad::container
