#include "utils/archive/pack.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "utils/archive/extents.h"
#include "utils/archive/tree.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/retry.h"

namespace isulad::archive {
namespace {

// Hard links beyond these limits are copied as separate files.
constexpr size_t kMaxHardLinks = 1u << 18;
constexpr size_t kMaxHardLinkBytes = 64u << 20;
constexpr size_t kMaxXattrValue = 64u << 10;
constexpr size_t kMaxXattrBytes = 1u << 20;  // per entry
constexpr size_t kShownBytes = 255;

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

// A directory that is being read.
struct Level {
  Directory entries;
  std::string path;
};

Error Failed(int error, const char* what, const std::string& path) {
  return SystemError(error, std::string(what) + " " + Quote(path.empty() ? "." : path));
}

Entry Describe(const struct stat& status, const std::string& path, Type type) {
  Entry entry;
  entry.path = path;
  entry.type = type;
  entry.mode = status.st_mode & 07777;
  entry.uid = status.st_uid;
  entry.gid = status.st_gid;
  entry.mtime_seconds = status.st_mtim.tv_sec;
  entry.mtime_nanoseconds = static_cast<uint32_t>(status.st_mtim.tv_nsec);
  return entry;
}

// Extended attributes are optional: a file system that has none, or refuses to show them, is no
// reason to refuse a copy. Returns false if there are more than an entry can have.
bool AddXattrs(int fd, Entry& entry) {
  if (::flistxattr(fd, nullptr, 0) <= 0) {
    return true;  // most files have none
  }
  std::string names(kMaxXattrValue, '\0');
  const ssize_t size = ::flistxattr(fd, names.data(), names.size());
  if (size < 0) {
    return false;
  }
  names.resize(static_cast<size_t>(size));
  std::string value;
  size_t bytes = 0;
  for (const std::string_view name : Split(names, '\0')) {
    if (!IsCopiedXattr(name, true)) {
      continue;
    }
    const std::string text(name);
    value.resize(kMaxXattrValue);
    const ssize_t length = ::fgetxattr(fd, text.c_str(), value.data(), value.size());
    if (length < 0) {
      continue;
    }
    bytes += text.size() + static_cast<size_t>(length);
    if (bytes > kMaxXattrBytes) {
      return false;
    }
    entry.xattrs.emplace_back(text, value.substr(0, static_cast<size_t>(length)));
  }
  return true;
}

// The file may not be read by this process, or somebody has exclusive access to it (a lease).
bool IsLocked(int error) { return error == EACCES || error == EPERM || error == EAGAIN; }

class Packer {
 public:
  Packer(const PackOptions& options, Sink& sink)
      : options_(options), sink_(sink), buffer_(kMaxPiece, '\0') {}

  Status Run(int fd) {
    if (options_.one_mount) {
      ASSIGN_OR_RETURN(mount_, MountOf(fd));
    }
    RETURN_IF_ERROR(Visit(fd, ""));
    while (!levels_.empty()) {
      RETURN_IF_ERROR(Step());
    }
    return OkStatus();
  }

 private:
  static Result<uint64_t> MountOf(int fd) {
    struct statx status = {};
    if (::statx(fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &status) != 0) {
      return SystemError(errno, "look at a mount");
    }
    return status.stx_mnt_id;
  }

  // The next entry of the innermost directory.
  Status Step() {
    Level& level = levels_.back();
    errno = 0;
    const dirent* next = ::readdir(level.entries.get());
    if (next == nullptr) {
      const int error = errno;
      const std::string path = std::move(level.path);
      levels_.pop_back();
      return error == 0 ? OkStatus() : Status(Failed(error, "read the directory", path));
    }
    const std::string name = next->d_name;
    if (name == "." || name == "..") {
      return OkStatus();
    }
    const std::string path = level.path.empty() ? name : level.path + "/" + name;
    if (path.size() > kMaxEntryPath) {
      return sink_.OnNotice("left out " + Quote(path.substr(0, kShownBytes)) +
                            "..., whose path is too long");
    }
    const Result<os::UniqueFd> fd =
        os::OpenAt(::dirfd(level.entries.get()), name, O_PATH | O_NOFOLLOW);
    if (!fd) {
      const int error = fd.error().system_errno();
      return error == ENOENT ? OkStatus() : LeaveOut(error, "open", path);
    }
    return Visit(fd->get(), path);
  }

  // Reports the failure: by a notice if the file can be left out, else by an error.
  Status LeaveOut(int error, const char* what, const std::string& path) {
    if (path.empty() || !IsLocked(error)) {
      return Failed(error, what, path);
    }
    return sink_.OnNotice("left out " + Quote(path) + ": " +
                          std::generic_category().message(error));
  }

  // Sends the entry of a file or a directory, with its extended attributes.
  Status SendEntry(int fd, Entry entry) {
    if (!AddXattrs(fd, entry)) {
      RETURN_IF_ERROR(sink_.OnNotice(Quote(entry.path.empty() ? "." : entry.path) +
                                     " has more attributes than are copied"));
    }
    return sink_.OnEntry(entry);
  }

  Status Visit(int fd, const std::string& path) {
    struct stat status = {};
    if (::fstat(fd, &status) != 0) {
      return LeaveOut(errno, "look at", path);
    }
    switch (status.st_mode & S_IFMT) {
      case S_IFDIR:
        return VisitDirectory(fd, status, path);
      case S_IFREG:
        return VisitFile(fd, status, path);
      case S_IFLNK:
        return VisitLink(fd, status, path);
      case S_IFIFO:
        return sink_.OnEntry(Describe(status, path, Type::kFifo));
      case S_IFCHR:
      case S_IFBLK:
        return VisitDevice(status, path);
      default:
        return sink_.OnNotice("left out " + Quote(path) + ", a socket");
    }
  }

  Status VisitDirectory(int fd, const struct stat& status, const std::string& path) {
    ASSIGN_OR_RETURN(const bool left_out, IsLeftOut(fd));
    const Result<os::UniqueFd> readable = ReopenToRead(options_.descriptors, fd);
    if (!readable) {
      return LeaveOut(readable.error().system_errno(), "open the directory", path);
    }
    RETURN_IF_ERROR(SendEntry(readable->get(), Describe(status, path, Type::kDirectory)));
    return left_out ? OkStatus() : Enter(readable->get(), path);
  }

  Status Enter(int fd, const std::string& path) {
    constexpr size_t kDeepest = kMaxDepth - 1;  // at the destination one level is its name
    if (levels_.size() >= kDeepest) {
      return sink_.OnNotice("left out what is in " + Quote(path.substr(0, kShownBytes)) +
                            ", which lies " + std::to_string(kDeepest) + " directories deep");
    }
    ASSIGN_OR_RETURN(os::UniqueFd own, os::Duplicate(fd));
    Directory directory(::fdopendir(own.get()));
    if (!directory) {
      return Failed(errno, "open the directory", path);
    }
    static_cast<void>(own.release());
    levels_.push_back({std::move(directory), path});
    return OkStatus();
  }

  // Whether the contents of `fd` are left out.
  Result<bool> IsLeftOut(int fd) const {
    if (options_.one_mount) {
      ASSIGN_OR_RETURN(const uint64_t mount, MountOf(fd));
      if (mount != mount_) {
        return true;
      }
    }
    return IsKernelFileSystem(fd);
  }

  Status VisitFile(int fd, const struct stat& status, const std::string& path) {
    ASSIGN_OR_RETURN(const bool left_out, IsLeftOut(fd));
    if (left_out) {
      return OkStatus();  // a mount on a file
    }
    if (const std::string* const first = SeenAs(status)) {
      Entry entry = Describe(status, path, Type::kHardLink);
      entry.target = *first;
      return sink_.OnEntry(entry);
    }
    const Result<os::UniqueFd> readable = ReopenToRead(options_.descriptors, fd);
    if (!readable) {
      return LeaveOut(readable.error().system_errno(), "open", path);
    }
    Remember(status, path);
    return CopyFile(readable->get(), status, path);
  }

  Status CopyFile(int fd, const struct stat& status, const std::string& path) {
    constexpr uint64_t kBlock = 512;
    Entry entry = Describe(status, path, Type::kFile);
    entry.size = static_cast<uint64_t>(status.st_size);
    if (static_cast<uint64_t>(status.st_blocks) * kBlock < entry.size) {
      entry.extents = FindExtents(fd, entry.size);
    }
    RETURN_IF_ERROR(SendEntry(fd, entry));
    if (entry.extents.empty()) {
      return CopyData(fd, {0, entry.size}, path);
    }
    for (const Extent& extent : entry.extents) {
      RETURN_IF_ERROR(CopyData(fd, extent, path));
    }
    return OkStatus();
  }

  // The path under which the same file has been sent.
  const std::string* SeenAs(const struct stat& status) const {
    const auto found = hard_links_.find({status.st_dev, status.st_ino});
    return status.st_nlink > 1 && found != hard_links_.end() ? &found->second : nullptr;
  }

  void Remember(const struct stat& status, const std::string& path) {
    if (status.st_nlink < 2 || hard_links_.size() == kMaxHardLinks ||
        path.size() > kMaxHardLinkBytes - hard_link_bytes_) {
      return;
    }
    hard_link_bytes_ += path.size();
    hard_links_.emplace(std::pair(status.st_dev, status.st_ino), path);
  }

  Status CopyData(int fd, Extent extent, const std::string& path) {
    while (extent.length > 0) {
      const size_t wanted = std::min<uint64_t>(extent.length, buffer_.size());
      const ssize_t count = os::RetryOnEintr(
          [&] { return ::pread(fd, buffer_.data(), wanted, static_cast<off_t>(extent.offset)); });
      if (count < 0) {
        return Failed(errno, "read", path);
      }
      if (count == 0) {
        return OkStatus();  // the file has shrunk
      }
      const auto length = static_cast<size_t>(count);
      RETURN_IF_ERROR(sink_.OnData(extent.offset, std::string_view(buffer_).substr(0, length)));
      extent.offset += length;
      extent.length -= length;
    }
    return OkStatus();
  }

  Status VisitLink(int fd, const struct stat& status, const std::string& path) {
    Entry entry = Describe(status, path, Type::kSymbolicLink);
    entry.target.resize(PATH_MAX);
    const ssize_t size = ::readlinkat(fd, "", entry.target.data(), entry.target.size());
    if (size < 0) {
      return Failed(errno, "read the link", path);
    }
    entry.target.resize(static_cast<size_t>(size));
    return sink_.OnEntry(entry);
  }

  Status VisitDevice(const struct stat& status, const std::string& path) {
    Entry entry = Describe(status, path,
                           S_ISCHR(status.st_mode) ? Type::kCharacterDevice : Type::kBlockDevice);
    entry.major = major(status.st_rdev);
    entry.minor = minor(status.st_rdev);
    return sink_.OnEntry(entry);
  }

  const PackOptions& options_;
  Sink& sink_;
  std::string buffer_;
  std::vector<Level> levels_;
  std::map<std::pair<dev_t, ino_t>, std::string> hard_links_;
  size_t hard_link_bytes_ = 0;  // of their paths
  uint64_t mount_ = 0;
};

}  // namespace

Status Pack(int fd, const PackOptions& options, Sink& sink) {
  return Packer(options, sink).Run(fd);
}

}  // namespace isulad::archive
