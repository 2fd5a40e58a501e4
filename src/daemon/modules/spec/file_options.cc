#include "daemon/modules/spec/file_options.h"

#include <algorithm>
#include <iterator>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

constexpr std::string_view kPropagations[] = {kDefaultPropagation, "private", "rslave", "slave",
                                              "rshared",           "shared"};

}  // namespace

std::vector<BindMount> BindsOf(const FileOptions& options) {
  std::vector<BindMount> binds;
  for (const MountOption& mount : options.mounts) {
    if (const auto* bind = std::get_if<BindMount>(&mount)) {
      binds.push_back(*bind);
    }
  }
  return binds;
}

std::vector<Tmpfs> TmpfsOf(const FileOptions& options) {
  std::vector<Tmpfs> all = options.tmpfs;
  for (const MountOption& mount : options.mounts) {
    if (const auto* tmpfs = std::get_if<Tmpfs>(&mount)) {
      all.push_back(*tmpfs);
    }
  }
  return all;
}

bool IsPropagation(std::string_view word) {
  return std::find(std::begin(kPropagations), std::end(kPropagations), word) !=
         std::end(kPropagations);
}

Result<std::string> CleanTarget(std::string_view text) {
  Result<std::string> path = CleanAbsolutePath(text);
  if (!path) {
    return InvalidArgument("target " + Quote(text) + " " + path.error().message());
  }
  if (*path == "/") {
    return InvalidArgument("target \"/\" is the rootfs itself");
  }
  return path;
}

Result<std::string> CleanTmpfsTarget(std::string_view text) {
  ASSIGN_OR_RETURN(std::string path, CleanTarget(text));
  for (const char* directory : {"/proc", "/sys"}) {
    if (IsSameOrBeneath(path, directory)) {
      return InvalidArgument("target " + Quote(path) + " must not lie in " + Quote(directory));
    }
  }
  if (path == "/dev") {
    return InvalidArgument("target \"/dev\" must keep its devices");
  }
  return path;
}

}  // namespace isulad::spec
