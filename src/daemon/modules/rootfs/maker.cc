#include "daemon/modules/rootfs/maker.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "utils/base/clean_path.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"

namespace isulad::rootfs {
namespace {

constexpr mode_t kDirectoryMode = 0755;
constexpr mode_t kFileMode = 0644;

}  // namespace

Maker::~Maker() {
  // Newest first, so that directories are empty again when their turn comes. What cannot be removed
  // (somebody put something in) stays, marked.
  for (auto made = made_.rbegin(); made != made_.rend(); ++made) {
    ::unlinkat(made->parent.get(), made->name.c_str(), made->is_file ? 0 : AT_REMOVEDIR);
  }
}

Status Maker::Make(const std::string& path, bool is_file) {
  const std::vector<std::string_view> components = PathComponents(path);
  if (components.empty()) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(os::UniqueFd directory, os::Duplicate(rootfs_));
  for (size_t i = 0; i + 1 < components.size(); ++i) {
    ASSIGN_OR_RETURN(directory, EnterDirectory(directory, std::string(components[i])));
  }
  const std::string name(components.back());
  if (is_file) {
    return MakeFile(directory, name);
  }
  ASSIGN_OR_RETURN(directory, EnterDirectory(directory, name));
  return OkStatus();
}

Result<os::UniqueFd> Maker::EnterDirectory(const os::UniqueFd& parent, const std::string& name) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
  Result<os::UniqueFd> existing = os::OpenNoSymlinks(parent.get(), name, kFlags);
  if (existing || existing.error().system_errno() != ENOENT) {
    return existing;
  }
  if (::mkdirat(parent.get(), name.c_str(), kDirectoryMode) != 0) {
    return SystemError(errno, "mkdir");
  }
  RETURN_IF_ERROR(Remember(parent, name, false));
  ASSIGN_OR_RETURN(os::UniqueFd fd, os::OpenNoSymlinks(parent.get(), name, kFlags));
  if (::fchmod(fd.get(), kDirectoryMode) != 0) {  // The umask is the daemon's own business.
    return SystemError(errno, "chmod");
  }
  RETURN_IF_ERROR(Mark(fd.get()));
  return fd;
}

Status Maker::MakeFile(const os::UniqueFd& parent, const std::string& name) {
  const Result<os::UniqueFd> fd =
      os::OpenAt(parent.get(), name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, kFileMode);
  if (!fd) {
    // Somebody else made it: then it is there.
    return fd.error().code() == Code::kAlreadyExists ? OkStatus() : Status(fd.error());
  }
  RETURN_IF_ERROR(Remember(parent, name, true));
  if (::fchmod(fd->get(), kFileMode) != 0) {
    return SystemError(errno, "chmod");
  }
  return Mark(fd->get());
}

Status Maker::Remember(const os::UniqueFd& parent, const std::string& name, bool is_file) {
  Result<os::UniqueFd> copy = os::Duplicate(parent.get());
  if (!copy) {
    ::unlinkat(parent.get(), name.c_str(), is_file ? 0 : AT_REMOVEDIR);
    return std::move(copy).error();
  }
  made_.push_back({*std::move(copy), name, is_file});
  return OkStatus();
}

Status Maker::Mark(int fd) {
  Status status = os::SetXattr(fd, kMarkName, owner_);
  // A file system without trusted attributes (NFS, 9p): what is made there cannot be told from the
  // user's own later, and so it stays.
  if (!status && status.error().system_errno() == EOPNOTSUPP) {
    return OkStatus();
  }
  return status;
}

}  // namespace isulad::rootfs
