// The rest of Unpacker: completes and installs a single entry.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "utils/archive/unpack.h"
#include "utils/base/strings.h"

namespace isulad::archive {
namespace {

constexpr uint32_t kPlainBits = 01777;  // without set-user-id and set-group-id

mode_t FormatOf(Type type) {
  if (type == Type::kFifo) {
    return S_IFIFO;
  }
  return type == Type::kCharacterDevice ? S_IFCHR : S_IFBLK;
}

}  // namespace

uint32_t Unpacker::ModeOf(const Entry& entry) const {
  return options_.archive ? entry.mode : entry.mode & kPlainBits;
}

Status Unpacker::MakeNode(const Entry& entry, const std::string& path, const std::string& name) {
  const bool device = entry.type != Type::kFifo;
  if (device && !options_.archive) {
    return notice_("left out " + Shown(path) + ", a device");
  }
  RETURN_IF_ERROR(IsMounted(path, name));
  const std::string temporary = TemporaryName();
  // With all bits at once, since there is no chmod that does not follow links. Callers have no
  // umask.
  const mode_t mode = FormatOf(entry.type) | ModeOf(entry);
  if (::mknodat(directory(), temporary.c_str(), mode,
                device ? ::makedev(entry.major, entry.minor) : 0) != 0) {
    if (device && errno == EPERM) {
      return notice_("left out " + Shown(path) + ", a device, which cannot be made there");
    }
    return Failed(errno, "make", path);
  }
  return Settle(SetNamedAttributes(entry, path, temporary), temporary, path, name);
}

// Whether something is mounted on `name`, which then cannot be replaced. An error for a directory,
// which is never replaced.
Result<bool> Unpacker::IsMounted(const std::string& path, const std::string& name) const {
  struct statx status = {};
  if (::statx(directory(), name.c_str(), AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_TYPE,
              &status) != 0) {
    return errno == ENOENT ? Result<bool>(false) : Failed(errno, "look at", path);
  }
  if (S_ISDIR(status.stx_mode)) {
    return FailedPrecondition(Shown(path) +
                              " is a directory, and is not replaced by something else");
  }
  return (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

// Renames `temporary` to `name`, or removes it if `made` is an error.
Status Unpacker::Settle(Status made, const std::string& temporary, const std::string& path,
                        const std::string& name) const {
  if (made && ::renameat(directory(), temporary.c_str(), directory(), name.c_str()) != 0) {
    made = Failed(errno, "replace", path);
  }
  if (!made) {
    ::unlinkat(directory(), temporary.c_str(), 0);  // best effort
  }
  return made;
}

Status Unpacker::FinishFile() {
  if (!file_.fd) {
    return OkStatus();
  }
  const File file = std::exchange(file_, {});
  const std::string path = FullPath(file.entry.path);
  // Data that did not arrive becomes a hole, also at the end.
  Status finished = ::ftruncate(file.fd.get(), static_cast<off_t>(file.entry.size)) == 0
                        ? OkStatus()
                        : Status(Failed(errno, "write", path));
  if (file.temporary.empty()) {
    return finished;
  }
  if (finished) {
    finished = SetAttributes(file.fd.get(), file.entry, path);
  }
  return Settle(std::move(finished), file.temporary, path, file.name);
}

void Unpacker::DropFile() {
  if (file_.fd && !file_.temporary.empty()) {
    ::unlinkat(directory(), file_.temporary.c_str(), 0);  // best effort
  }
  file_ = File();
}

Status Unpacker::SetAttributes(int fd, const Entry& entry, const std::string& path) {
  if (options_.archive && ::fchown(fd, entry.uid, entry.gid) != 0) {
    return Failed(errno, "set the owner of", path);
  }
  if (::fchmod(fd, ModeOf(entry)) != 0) {  // after chown, which clears set-id bits
    return Failed(errno, "set the mode of", path);
  }
  RETURN_IF_ERROR(SetXattrs(fd, entry, path));
  const timespec times[2] = {{0, UTIME_OMIT},
                             {static_cast<time_t>(entry.mtime_seconds), entry.mtime_nanoseconds}};
  if (::futimens(fd, times) != 0) {
    return Failed(errno, "set the time of", path);
  }
  return OkStatus();
}

// For entries that cannot be opened.
Status Unpacker::SetNamedAttributes(const Entry& entry, const std::string& path,
                                    const std::string& name) const {
  if (options_.archive &&
      ::fchownat(directory(), name.c_str(), entry.uid, entry.gid, AT_SYMLINK_NOFOLLOW) != 0) {
    return Failed(errno, "set the owner of", path);
  }
  const timespec times[2] = {{0, UTIME_OMIT},
                             {static_cast<time_t>(entry.mtime_seconds), entry.mtime_nanoseconds}};
  if (::utimensat(directory(), name.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0) {
    return Failed(errno, "set the time of", path);
  }
  return OkStatus();
}

Status Unpacker::SetXattrs(int fd, const Entry& entry, const std::string& path) {
  for (const auto& [name, value] : entry.xattrs) {
    if (!IsCopiedXattr(name, options_.archive) ||
        ::fsetxattr(fd, name.c_str(), value.data(), value.size(), 0) == 0) {
      continue;
    }
    if (errno == ENOSPC || errno == EDQUOT) {
      return Failed(errno, "set an attribute of", path);
    }
    if (!IsCopiedXattr(name, false)) {
      RETURN_IF_ERROR(notice_(Shown(path) + " is without its attribute " + Quote(name)));
    }
  }
  return OkStatus();
}

}  // namespace isulad::archive
