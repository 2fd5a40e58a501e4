#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "daemon/modules/spec/passes.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

const char* Access(bool writable) { return writable ? "rw" : "ro"; }

Mount CgroupMount(bool writable) {
  return {"/sys/fs/cgroup",
          "cgroup",
          "cgroup",
          {"nosuid", "noexec", "nodev", "relatime", Access(writable)}};
}

constexpr uint32_t kTerminalGroup = 5;  // "tty" on every distribution

Mount TerminalMount(const std::optional<UserRemap>& remap) {
  Mount mount = {
      "/dev/pts", "devpts", "devpts", {"nosuid", "noexec", "newinstance", "ptmxmode=0666"}};
  mount.options.emplace_back("mode=0620");
  // The kernel refuses a group that the container does not have.
  if (!remap || remap->Contains(kTerminalGroup)) {
    mount.options.push_back("gid=" + std::to_string(kTerminalGroup));
  }
  return mount;
}

constexpr char kSharedMemorySource[] = "shm";
constexpr uint64_t kMiB = 1u << 20;

// The maximum size of each tmpfs of a container, in bytes. In a system container the sizes are
// fractions of the memory that it can have, together less than the whole: a full tmpfs means
// ENOSPC, and does not end the container for lack of memory.
struct TmpfsSizes {
  uint64_t dev = 64 * kMiB;
  uint64_t shm = 64 * kMiB;
  uint64_t run = 0;  // 0: half of the host's memory, the kernel's default
  uint64_t lock = 5 * kMiB;
  uint64_t tmp = 0;
};

TmpfsSizes SizesIn(uint64_t memory) {
  TmpfsSizes sizes;
  if (memory != 0) {
    sizes.dev = std::min(sizes.dev, memory / 16);
    sizes.shm = memory / 4;
    sizes.run = memory / 5;
    sizes.lock = std::min(sizes.lock, memory / 16);
    sizes.tmp = memory / 4;
  }
  return sizes;
}

Mount TmpfsMount(const char* target, std::vector<std::string> options, uint64_t size,
                 const char* source = "tmpfs") {
  if (size != 0) {
    options.push_back("size=" + std::to_string(size / 1024) + "k");
  }
  return {target, "tmpfs", source, std::move(options)};
}

// The shared memory that belongs to the IPC namespace. That of another container is mounted by a
// hook; see ShareMemory.
Mount SharedMemoryMount(const NamespaceChoice& ipc, uint64_t size) {
  if (ipc.mode == NamespaceMode::kHost) {
    return {kSharedMemoryPath,
            "bind",
            kSharedMemoryPath,
            {"rbind", "rprivate", "nosuid", "noexec", "nodev"}};
  }
  return TmpfsMount(kSharedMemoryPath, {"nosuid", "noexec", "nodev", "mode=1777"}, size,
                    kSharedMemorySource);
}

std::vector<Mount> DefaultMounts(const Input& input) {
  const bool system_container = input.system_container;
  const std::optional<UserRemap>& remap = input.user_remap;
  const TmpfsSizes sizes = SizesIn(system_container ? input.memory : 0);
  std::vector<Mount> mounts = {
      {"/proc", "proc", "proc", {"nosuid", "noexec", "nodev"}},
      TmpfsMount("/dev", {"nosuid", "strictatime", "mode=755"}, sizes.dev),
      TerminalMount(remap),
      SharedMemoryMount(input.namespaces.ipc, sizes.shm),
      {"/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}},
      {"/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", Access(input.security.privileged)}},
      // Writable for an init system, which makes its own cgroups; its namespace confines it to
      // those beneath the container's.
      CgroupMount(system_container || input.security.privileged),
  };
  if (system_container) {
    // systemd mounts these itself if they are not mounted already, and would then cover anything
    // bound beneath them; for /run/lock it also lacks the right to mount.
    mounts.push_back(TmpfsMount("/run", {"nosuid", "nodev", "mode=755"}, sizes.run));
    mounts.push_back(
        TmpfsMount("/run/lock", {"nosuid", "nodev", "noexec", "mode=1777"}, sizes.lock));
    mounts.push_back(TmpfsMount("/tmp", {"nosuid", "nodev", "mode=1777"}, sizes.tmp));
  }
  return mounts;
}

Mount VolumeMount(const BindMount& bind) {
  return {bind.target,
          "bind",
          bind.source,
          {"rbind", bind.propagation.empty() ? "rprivate" : bind.propagation,
           bind.read_only ? "ro" : "rw"}};
}

Mount GeneratedMount(const GeneratedFile& file, bool read_only) {
  return {file.target, "bind", file.source, {"rbind", "rprivate", read_only ? "ro" : "rw"}};
}

Mount DeviceMount(const DeviceMapping& device) {
  return {device.path_in_container, "bind", device.path_on_host, {"bind", "rprivate", "noexec"}};
}

Mount MountOf(const Tmpfs& tmpfs) { return {tmpfs.target, "tmpfs", "tmpfs", TmpfsOptions(tmpfs)}; }

// Changes only the tmpfs that is mounted there by default, no other mount.
void ResizeShm(uint64_t size, std::vector<Mount>* mounts) {
  for (Mount& mount : *mounts) {
    if (size != 0 && mount.destination == "/dev/shm" && mount.type == "tmpfs") {
      mount.options.back() = "size=" + std::to_string(size / 1024) + "k";
    }
  }
}

// Replaces the mount that has the same destination as `mount`, if any: the user's choice overrides
// the default.
void Replace(Mount mount, std::vector<Mount>* mounts) {
  mounts->erase(
      std::remove_if(mounts->begin(), mounts->end(),
                     [&](const Mount& other) { return other.destination == mount.destination; }),
      mounts->end());
  mounts->push_back(std::move(mount));
}

// Volumes, tmpfs and channels: the mounts that the user asked for, which must therefore not
// collide.
Result<std::vector<Mount>> WantedMounts(const Input& input) {
  std::vector<Mount> wanted;
  for (const BindMount& bind : input.binds) {
    wanted.push_back(VolumeMount(bind));
  }
  for (const Tmpfs& tmpfs : input.tmpfs) {
    wanted.push_back(MountOf(tmpfs));
  }
  for (const host_channel::MountEntry& channel : input.channels) {
    wanted.push_back({channel.destination, "bind", channel.source, channel.options});
  }
  for (auto mount = wanted.begin(); mount != wanted.end(); ++mount) {
    const bool twice = std::any_of(std::next(mount), wanted.end(), [&](const Mount& other) {
      return other.destination == mount->destination;
    });
    if (twice) {
      return InvalidArgument("duplicate mount point " + Quote(mount->destination));
    }
  }
  return wanted;
}

json::Value ToJson(const Mount& mount) {
  json::Object object;
  object.Set("destination", mount.destination);
  object.Set("type", mount.type);
  object.Set("source", mount.source);
  object.Set("options", mount.options);
  return object;
}

// A volume that propagates mounts needs a rootfs that propagates them too; "" leaves the runtime's
// default, private.
std::string RootfsPropagation(const std::vector<BindMount>& binds) {
  std::string result;
  for (const BindMount& bind : binds) {
    if (bind.propagation == "shared" || bind.propagation == "rshared") {
      return "shared";
    }
    if (bind.propagation == "slave" || bind.propagation == "rslave") {
      result = "slave";
    }
  }
  return result;
}

bool IsCovered(const std::string& target, const std::vector<Mount>& mounts) {
  return std::any_of(mounts.begin(), mounts.end(), [&](const Mount& mount) {
    return target != mount.destination && IsSameOrBeneath(target, mount.destination);
  });
}

bool BindsFile(const Mount& mount) {
  std::error_code error;
  return mount.type == "bind" && std::filesystem::exists(mount.source, error) &&
         !std::filesystem::is_directory(mount.source, error);
}

}  // namespace

uint64_t DefaultShmSize(bool system_container, uint64_t memory) {
  return SizesIn(system_container ? memory : 0).shm;
}

Result<std::vector<Mount>> SortedMounts(const Input& input) {
  std::vector<Mount> mounts = DefaultMounts(input);
  ResizeShm(input.shm_size, &mounts);
  for (const GeneratedFile& file : input.generated_files) {
    Replace(GeneratedMount(file, input.rootfs_read_only), &mounts);
  }
  if (input.user_remap) {
    for (const DeviceMapping& device : input.security.devices) {
      Replace(DeviceMount(device), &mounts);
    }
  }
  ASSIGN_OR_RETURN(std::vector<Mount> wanted, WantedMounts(input));
  for (Mount& mount : wanted) {
    Replace(std::move(mount), &mounts);
  }
  // A parent has fewer components than the mounts in it. The sort is stable, so that the document
  // is the same every time.
  std::stable_sort(mounts.begin(), mounts.end(), [](const Mount& a, const Mount& b) {
    return PathComponents(a.destination).size() < PathComponents(b.destination).size();
  });
  return mounts;
}

Status ApplyMounts(const Input& input, json::Object* config) {
  ASSIGN_OR_RETURN(const std::vector<Mount> mounts, SortedMounts(input));
  json::Array array;
  for (const Mount& mount : mounts) {
    array.push_back(ToJson(mount));
  }
  config->Set("mounts", std::move(array));
  if (std::string propagation = RootfsPropagation(input.binds); !propagation.empty()) {
    ObjectMember(config, "linux").Set("rootfsPropagation", std::move(propagation));
  }
  return OkStatus();
}

// A mount of another namespace cannot be a source in the configuration: the kernel binds only
// mounts of the runtime's own namespace. A volume of the user takes precedence.
Status ShareMemory(const Input& input, json::Object* config) {
  if (input.shared_memory.empty()) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const std::vector<Mount> mounts, SortedMounts(input));
  const bool ours = std::any_of(mounts.begin(), mounts.end(), [](const Mount& mount) {
    return mount.destination == kSharedMemoryPath && mount.source == kSharedMemorySource;
  });
  if (ours) {
    AddOwnHook(
        input,
        {"isulad-shim", "--attach-mount", input.shared_memory, input.rootfs, kSharedMemoryPath + 1},
        config);
  }
  return OkStatus();
}

Result<std::vector<MountPoint>> MountPointsOf(const Input& input) {
  ASSIGN_OR_RETURN(const std::vector<Mount> mounts, SortedMounts(input));
  std::vector<MountPoint> points;
  for (const Mount& mount : mounts) {
    if (!IsCovered(mount.destination, mounts)) {
      points.push_back({mount.destination, BindsFile(mount)});
    }
  }
  // Both runtimes also create a missing working directory.
  const std::string& workdir = input.process.workdir();
  const bool mounted = std::any_of(mounts.begin(), mounts.end(), [&](const Mount& mount) {
    return mount.destination == workdir;
  });
  if (!workdir.empty() && workdir != "/" && !mounted && !IsCovered(workdir, mounts)) {
    points.push_back({workdir, false});
  }
  return points;
}

}  // namespace isulad::spec
