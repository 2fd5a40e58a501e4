#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "daemon/modules/spec/passes.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

Mount CgroupMount(bool system_container) {
  // Read-write only for an init system, which makes cgroups of its own; its namespace keeps it
  // beneath the container's.
  return {"/sys/fs/cgroup",
          "cgroup",
          "cgroup",
          {"nosuid", "noexec", "nodev", "relatime", system_container ? "rw" : "ro"}};
}

std::vector<Mount> DefaultMounts(bool system_container) {
  std::vector<Mount> mounts = {
      {"/proc", "proc", "proc", {"nosuid", "noexec", "nodev"}},
      {"/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}},
      {"/dev/pts",
       "devpts",
       "devpts",
       {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}},
      {"/dev/shm", "tmpfs", "shm", {"nosuid", "noexec", "nodev", "mode=1777", "size=65536k"}},
      {"/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}},
      {"/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", "ro"}},
      CgroupMount(system_container),
  };
  if (system_container) {
    // systemd mounts these itself where they are not mounted already, and would then cover what was
    // bound beneath them; for /run/lock it also lacks the right to mount.
    mounts.push_back({"/run", "tmpfs", "tmpfs", {"nosuid", "nodev", "mode=755"}});
    mounts.push_back(
        {"/run/lock", "tmpfs", "tmpfs", {"nosuid", "nodev", "noexec", "mode=1777", "size=5m"}});
    mounts.push_back({"/tmp", "tmpfs", "tmpfs", {"nosuid", "nodev", "mode=1777"}});
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

// `mount` takes the place of the one with the same destination: a user's wish wins over what we
// would have put there.
void Replace(Mount mount, std::vector<Mount>* mounts) {
  mounts->erase(
      std::remove_if(mounts->begin(), mounts->end(),
                     [&](const Mount& other) { return other.destination == mount.destination; }),
      mounts->end());
  mounts->push_back(std::move(mount));
}

// Volumes and channels: what the user asked for, which therefore must not collide.
Result<std::vector<Mount>> WantedMounts(const Input& input) {
  std::vector<Mount> wanted;
  for (const BindMount& bind : input.binds) {
    wanted.push_back(VolumeMount(bind));
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

// A volume that is to pass mounts on needs a rootfs that does; "" leaves the runtime's default,
// private.
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

Result<std::vector<Mount>> SortedMounts(const Input& input) {
  std::vector<Mount> mounts = DefaultMounts(input.system_container);
  for (const GeneratedFile& file : input.generated_files) {
    Replace(GeneratedMount(file, input.rootfs_read_only), &mounts);
  }
  ASSIGN_OR_RETURN(std::vector<Mount> wanted, WantedMounts(input));
  for (Mount& mount : wanted) {
    Replace(std::move(mount), &mounts);
  }
  // A parent has fewer components than what lies in it. Stable, so that the document is the same
  // every time.
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

Result<std::vector<MountPoint>> MountPointsOf(const Input& input) {
  ASSIGN_OR_RETURN(const std::vector<Mount> mounts, SortedMounts(input));
  std::vector<MountPoint> points;
  for (const Mount& mount : mounts) {
    if (!IsCovered(mount.destination, mounts)) {
      points.push_back({mount.destination, BindsFile(mount)});
    }
  }
  // Both runtimes make a missing working directory as well.
  const std::string& workdir = input.process.workdir;
  const bool mounted = std::any_of(mounts.begin(), mounts.end(), [&](const Mount& mount) {
    return mount.destination == workdir;
  });
  if (!workdir.empty() && workdir != "/" && !mounted && !IsCovered(workdir, mounts)) {
    points.push_back({workdir, false});
  }
  return points;
}

}  // namespace isulad::spec
