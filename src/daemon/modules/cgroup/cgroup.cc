#include "daemon/modules/cgroup/cgroup.h"

#include <unistd.h>

#include "daemon/modules/cgroup/cgroup_path.h"
#include "daemon/modules/cgroup/kernel_files.h"
#include "daemon/modules/cgroup/v1.h"
#include "daemon/modules/cgroup/v2.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::cgroup {

Status CheckCgroupPath(const std::string& path) {
  const Result<std::string> clean = CleanAbsolutePath(path);
  if (!clean || *clean != path || path == "/") {
    return InvalidArgument("cgroup path " + Quote(path) + " must be absolute, clean and not \"/\"");
  }
  return OkStatus();
}

void RemoveDirectoryIfEmpty(const std::string& root, const std::string& path) {
  if (CheckCgroupPath(path)) {
    ::rmdir((root + path).c_str());
  }
}

Result<std::unique_ptr<Hierarchy>> OpenHierarchy(const std::string& root) {
  if (os::PathExists(root + "/" + kControllers)) {
    return MakeHierarchyV2(root);
  }
  MountsV1 mounts = FindMountsV1(root);
  if (mounts.directories.empty()) {
    return FailedPrecondition("no cgroup hierarchy is mounted at " + Quote(root));
  }
  return MakeHierarchyV1(std::move(mounts));
}

}  // namespace isulad::cgroup
