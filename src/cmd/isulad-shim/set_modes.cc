#include "cmd/isulad-shim/set_modes.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <cerrno>
#include <charconv>

#include "utils/base/strings.h"
#include "utils/os/safe_open.h"

namespace isulad::monitor {
namespace {

Result<mode_t> ParseMode(const std::string& text) {
  mode_t mode = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, mode, 8);
  if (text.empty() || read.ec != std::errc() || read.ptr != end || mode > 07777) {
    return InvalidArgument("mode " + Quote(text) + " is not octal");
  }
  return mode;
}

Status SetMode(int rootfs, mode_t mode, const std::string& target) {
  ASSIGN_OR_RETURN(const os::UniqueFd fd, os::OpenInRoot(rootfs, target, O_RDONLY | O_DIRECTORY));
  struct statfs attributes = {};
  if (::fstatfs(fd.get(), &attributes) != 0) {
    return SystemError(errno, "look at " + Quote(target));
  }
  if (attributes.f_type != TMPFS_MAGIC) {
    return FailedPrecondition(Quote(target) + " is no tmpfs");
  }
  if (::fchmod(fd.get(), mode) != 0) {
    return SystemError(errno, "set the mode of " + Quote(target));
  }
  return OkStatus();
}

}  // namespace

Status SetModes(const std::string& rootfs, const std::vector<std::string>& modes_and_targets) {
  if (modes_and_targets.size() % 2 != 0) {
    return InvalidArgument("a target is missing");
  }
  ASSIGN_OR_RETURN(const os::UniqueFd root,
                   os::OpenAt2(AT_FDCWD, rootfs, O_PATH | O_DIRECTORY, 0, 0));
  for (size_t i = 0; i < modes_and_targets.size(); i += 2) {
    ASSIGN_OR_RETURN(const mode_t mode, ParseMode(modes_and_targets[i]));
    RETURN_IF_ERROR(SetMode(root.get(), mode, modes_and_targets[i + 1]));
  }
  return OkStatus();
}

}  // namespace isulad::monitor
