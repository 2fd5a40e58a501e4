#include "daemon/modules/container/mount_collisions.h"

#include <fcntl.h>

#include <algorithm>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"

namespace isulad::container {
namespace {

// The path that `path` leads to when links are followed as in the container. A path that does not
// exist lies in something that is mounted first, and stays as it is. `rootfs_path`: the path of
// `rootfs` itself.
std::string Resolve(int rootfs, const std::string& rootfs_path, const std::string& path) {
  const Result<os::UniqueFd> target = os::OpenInRoot(rootfs, path, O_PATH);
  if (!target) {
    return path;
  }
  const Result<std::string> host_path = os::DescriptorPath(target->get());
  if (!host_path || !IsSameOrBeneath(*host_path, rootfs_path)) {
    return path;
  }
  const std::string inside = host_path->substr(rootfs_path.size());
  return inside.empty() ? "/" : inside;
}

}  // namespace

Status CheckMountCollisions(int rootfs, const std::vector<std::string>& channels,
                            const std::vector<std::string>& targets) {
  ASSIGN_OR_RETURN(const std::string rootfs_path, os::DescriptorPath(rootfs));
  for (const std::string& channel : channels) {
    const std::string place = Resolve(rootfs, rootfs_path, channel);
    for (const std::string& target : targets) {
      if (IsSameOrBeneath(Resolve(rootfs, rootfs_path, target), place)) {
        return FailedPrecondition("mount target " + Quote(target) + " leads into host channel " +
                                  Quote(channel) + " by the links of the rootfs");
      }
    }
  }
  return OkStatus();
}

Status CheckHiddenMounts(int rootfs, const std::vector<std::string>& in_order,
                         const std::vector<std::string>& tmpfs) {
  ASSIGN_OR_RETURN(const std::string rootfs_path, os::DescriptorPath(rootfs));
  for (const std::string& one : tmpfs) {
    const auto own = std::find(in_order.begin(), in_order.end(), one);
    if (own == in_order.end()) {
      continue;  // inside something that is itself mounted
    }
    const std::string place = Resolve(rootfs, rootfs_path, one);
    for (auto earlier = in_order.begin(); earlier != own; ++earlier) {
      if (IsSameOrBeneath(Resolve(rootfs, rootfs_path, *earlier), place)) {
        return FailedPrecondition("tmpfs target " + Quote(one) + " hides the mount at " +
                                  Quote(*earlier) + " by the links of the rootfs");
      }
    }
  }
  return OkStatus();
}

}  // namespace isulad::container
