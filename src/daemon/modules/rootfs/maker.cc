#include "daemon/modules/rootfs/maker.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

#include "utils/base/clean_path.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"

namespace isulad::rootfs {
namespace {

constexpr mode_t kDirectoryMode = 0755;
constexpr mode_t kFileMode = 0644;
constexpr int kOpenDirectory = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
constexpr int kAttempts = 20;

}  // namespace

Maker::~Maker() {
  // Newest first, so that directories are empty again when their turn comes. What cannot be removed
  // (something was put into it) stays, marked.
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
  Result<os::UniqueFd> existing = os::OpenNoSymlinks(parent.get(), name, kOpenDirectory);
  if (existing || existing.error().system_errno() != ENOENT) {
    return existing;
  }
  ASSIGN_OR_RETURN(const bool published, PublishDirectory(parent, name));
  if (published) {
    RETURN_IF_ERROR(Remember(parent, name, false));
  }
  ASSIGN_OR_RETURN(os::UniqueFd fd, os::OpenNoSymlinks(parent.get(), name, kOpenDirectory));
  if (published) {
    // Two concurrent starts can take each other's directory, so the renamed one may lack its mark.
    RETURN_IF_ERROR(Mark(fd.get()));
  }
  return fd;
}

Result<bool> Maker::PublishDirectory(const os::UniqueFd& parent, const std::string& name) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    RETURN_IF_ERROR(MakeUnpublished(parent));
    if (::renameat2(parent.get(), kUnpublishedName, parent.get(), name.c_str(), RENAME_NOREPLACE) ==
        0) {
      return true;
    }
    const int error = errno;
    if (error == ENOENT) {
      continue;  // another start in this rootfs removed it as a leftover of a crash
    }
    ::unlinkat(parent.get(), kUnpublishedName, AT_REMOVEDIR);
    if (error == EEXIST) {
      return false;
    }
    return SystemError(error, "rename a new directory");
  }
  return Error(Code::kAborted, "other starts in this rootfs were in the way");
}

Status Maker::MakeUnpublished(const os::UniqueFd& parent) {
  // A directory of this name is a leftover of a crash, or belongs to another start, which makes it
  // again.
  ::unlinkat(parent.get(), kUnpublishedName, AT_REMOVEDIR);
  if (::mkdirat(parent.get(), kUnpublishedName, kDirectoryMode) != 0 && errno != EEXIST) {
    return SystemError(errno, "mkdir");
  }
  const Result<os::UniqueFd> fd =
      os::OpenNoSymlinks(parent.get(), kUnpublishedName, kOpenDirectory);
  if (!fd) {
    // Removed by another start: the rename will find that out.
    return fd.error().code() == Code::kNotFound ? OkStatus() : Status(fd.error());
  }
  if (::fchmod(fd->get(), kDirectoryMode) != 0) {  // independent of the daemon's umask
    return SystemError(errno, "chmod");
  }
  return Mark(fd->get());
}

// A file is made without a name, marked, and then linked to its name, so a crash leaves nothing
// that could be taken for the user's own.
Status Maker::MakeFile(const os::UniqueFd& parent, const std::string& name) {
  const Result<os::UniqueFd> fd = os::OpenAt(parent.get(), ".", O_WRONLY | O_TMPFILE, kFileMode);
  if (!fd) {
    return fd.error().system_errno() == EOPNOTSUPP ? MakeNamedFile(parent, name)
                                                   : Status(fd.error());
  }
  if (::fchmod(fd->get(), kFileMode) != 0) {
    return SystemError(errno, "chmod");
  }
  RETURN_IF_ERROR(Mark(fd->get()));
  const std::string nameless = "/proc/self/fd/" + std::to_string(fd->get());
  if (::linkat(AT_FDCWD, nameless.c_str(), parent.get(), name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    // Another process made it, so it exists.
    return errno == EEXIST ? OkStatus() : Status(SystemError(errno, "link a new file"));
  }
  return Remember(parent, name, true);
}

// For file systems without O_TMPFILE.
Status Maker::MakeNamedFile(const os::UniqueFd& parent, const std::string& name) {
  const Result<os::UniqueFd> fd =
      os::OpenAt(parent.get(), name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, kFileMode);
  if (!fd) {
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
  // user's own files later, so it stays.
  if (!status && status.error().system_errno() == EOPNOTSUPP) {
    return OkStatus();
  }
  return status;
}

}  // namespace isulad::rootfs
