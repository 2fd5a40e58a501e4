#include "utils/os/bare_namespace.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"
#include "utils/os/mount_namespace.h"

namespace isulad::os {
namespace {

constexpr char kThreadNamespace[] = "/proc/thread-self/ns/mnt";

struct Branch {
  std::string path;
  UniqueFd mount;  // detached
};

Result<bool> IsMountPoint(const std::string& path) {
  struct statx status;
  if (::statx(AT_FDCWD, path.c_str(), AT_NO_AUTOMOUNT, STATX_BASIC_STATS, &status) != 0) {
    return SystemError(errno, "look at " + Quote(path));
  }
  return (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

// Parents come first.
Result<std::vector<std::string>> AllMountPointsTo(const std::vector<std::string>& paths) {
  std::vector<std::string> all;
  for (const std::string& path : paths) {
    const Result<std::vector<std::string>> points = MountPointsTo(path);
    if (points) {
      all.insert(all.end(), points->begin(), points->end());
    } else if (points.error().code() != Code::kNotFound) {
      return points.error();
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<std::string> Existing(std::vector<std::string> paths) {
  paths.erase(std::remove_if(paths.begin(), paths.end(),
                             [](const std::string& path) { return !PathExists(path); }),
              paths.end());
  return paths;
}

Result<UniqueFd> ClonePath(const std::string& path, Extent extent) {
  ASSIGN_OR_RETURN(const UniqueFd fd, Open(path, O_PATH));
  return CloneMount(fd.get(), extent);
}

Status AppendBranches(const std::vector<std::string>& paths, Extent extent,
                      std::vector<Branch>* branches) {
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(UniqueFd mount, ClonePath(path, extent));
    branches->push_back({path, std::move(mount)});
  }
  return OkStatus();
}

Status Attach(const Branch& branch) {
  ASSIGN_OR_RETURN(const UniqueFd target, Open(branch.path, O_PATH));
  return MoveMount(branch.mount.get(), target.get());
}

// Makes `root` the root mount and detaches everything else.
Status ChangeRoot(const Branch& root) {
  RETURN_IF_ERROR(Attach(root));
  if (::fchdir(root.mount.get()) != 0 || ::syscall(SYS_pivot_root, ".", ".") != 0 ||
      ::umount2(".", MNT_DETACH) != 0 || ::chdir("/") != 0) {
    return SystemError(errno, "change the root of a mount namespace");
  }
  return OkStatus();
}

// Must run on a dedicated thread, whose mount namespace it replaces.
Result<BareNamespace> Build(const BareNamespaceOptions& options) {
  if (::unshare(CLONE_NEWNS) != 0 ||
      ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return SystemError(errno, "make a mount namespace");
  }
  BareNamespace bare;
  ASSIGN_OR_RETURN(bare.fd, Open(kThreadNamespace, O_RDONLY));
  const std::vector<std::string> trees = Existing(options.trees);
  std::vector<std::string> all = options.paths;
  all.insert(all.end(), trees.begin(), trees.end());
  ASSIGN_OR_RETURN(bare.mount_points, AllMountPointsTo(all));
  std::vector<std::string> alone;
  std::copy_if(bare.mount_points.begin(), bare.mount_points.end(), std::back_inserter(alone),
               [&](const std::string& point) {
                 return std::find(trees.begin(), trees.end(), point) == trees.end();
               });
  std::vector<Branch> branches;
  RETURN_IF_ERROR(AppendBranches(alone, Extent::kMount, &branches));
  RETURN_IF_ERROR(AppendBranches(trees, Extent::kTree, &branches));
  ASSIGN_OR_RETURN(UniqueFd root, ClonePath("/", Extent::kMount));
  RETURN_IF_ERROR(ChangeRoot({options.scratch, std::move(root)}));
  for (const Branch& branch : branches) {
    RETURN_IF_ERROR(Attach(branch));
  }
  return bare;
}

}  // namespace

Result<BareNamespace> CreateBareNamespace(const BareNamespaceOptions& options) {
  ASSIGN_OR_RETURN(const UniqueFd own, Open("/proc/self/ns/mnt", O_RDONLY));
  Result<BareNamespace> built = Internal("not built");
  RETURN_IF_ERROR(RunInMountNamespace(own.get(), [&] { built = Build(options); }));
  return built;
}

Result<std::vector<std::string>> MountPointsTo(const std::string& path) {
  ASSIGN_OR_RETURN(const UniqueFd fd, Open(path, O_PATH));
  ASSIGN_OR_RETURN(const std::string real, DescriptorPath(fd.get()));
  std::vector<std::string> points;
  for (size_t slash = 0; slash != std::string::npos;) {
    slash = real.find('/', slash + 1);
    const std::string part = real.substr(0, slash);
    if (part.size() <= 1) {
      continue;
    }
    ASSIGN_OR_RETURN(const bool mounted, IsMountPoint(part));
    if (mounted) {
      points.push_back(part);
    }
  }
  return points;
}

}  // namespace isulad::os
