#include "utils/archive/unpack.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "utils/archive/tree.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/random.h"
#include "utils/os/retry.h"

namespace isulad::archive {
namespace {

constexpr mode_t kMissingDirectoryMode = 0755;

std::string ParentOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string NameOf(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool LiesIn(const std::string& path, const std::string& directory) {
  return directory.empty() || path == directory || path.starts_with(directory + "/");
}

}  // namespace

Unpacker::Unpacker(Destination destination, UnpackOptions options, NoticeSink notice)
    : options_(options),
      notice_(std::move(notice)),
      name_(std::move(destination.name)),
      shown_(std::move(destination.shown)) {
  Level base;
  base.fd = std::move(destination.directory);
  levels_.push_back(std::move(base));
}

Unpacker::~Unpacker() { DropFile(); }

// Not derived from the name, which may already have the maximum length.
std::string Unpacker::TemporaryName() {
  constexpr size_t kRandomDigits = 16;
  return ".isula-cp-" + os::RandomId().substr(0, kRandomDigits);
}

std::string Unpacker::FullPath(const std::string& path) const {
  if (name_.empty() || path.empty()) {
    return name_ + path;
  }
  return name_ + "/" + path;
}

std::string Unpacker::Shown(const std::string& path) const {
  return Quote(shown_.empty() || shown_.ends_with('/') ? shown_ + path : shown_ + "/" + path);
}

Error Unpacker::Failed(int error, const char* what, const std::string& path) const {
  return SystemError(error, std::string(what) + " " + Shown(path));
}

Status Unpacker::OnSource(const Source&) {
  return Error(Code::kDataLoss, "the copy came damaged: a second source");
}

Status Unpacker::OnEntry(const Entry& entry) {
  RETURN_IF_ERROR(FinishFile());
  const std::string path = FullPath(entry.path);
  if (path.empty()) {
    return MakeRoot(entry);
  }
  const std::string parent = ParentOf(path);
  RETURN_IF_ERROR(LeaveTo(parent));
  RETURN_IF_ERROR(WalkTo(parent));
  return Make(entry, path);
}

Status Unpacker::Make(const Entry& entry, const std::string& path) {
  const std::string name = NameOf(path);
  switch (entry.type) {
    case Type::kDirectory:
      return MakeDirectory(entry, path, name);
    case Type::kFile:
      return MakeFile(entry, path, name);
    case Type::kSymbolicLink:
      return MakeLink(entry, path, name);
    case Type::kHardLink:
      return MakeHardLink(entry, path, name);
    default:
      return MakeNode(entry, path, name);
  }
}

Status Unpacker::OnData(uint64_t offset, std::string_view bytes) {
  if (!file_.fd) {
    return Error(Code::kDataLoss, "the copy came damaged: data without a file");
  }
  if (offset > file_.entry.size || bytes.size() > file_.entry.size - offset) {
    return Error(Code::kDataLoss, "the copy came damaged: " + Shown(FullPath(file_.entry.path)) +
                                      " is longer than it was said to be");
  }
  while (!bytes.empty()) {
    const ssize_t count = os::RetryOnEintr([&] {
      return ::pwrite(file_.fd.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    });
    if (count < 0) {
      Error error = Failed(errno, "write", FullPath(file_.entry.path));
      DropFile();
      return error;
    }
    offset += static_cast<uint64_t>(count);
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return OkStatus();
}

Status Unpacker::OnEnd() {
  RETURN_IF_ERROR(FinishFile());
  while (!levels_.empty()) {
    RETURN_IF_ERROR(LeaveLevel());
  }
  return OkStatus();
}

// Closes the directories that `path` does not lie in, innermost first.
Status Unpacker::LeaveTo(const std::string& path) {
  while (!LiesIn(path, levels_.back().path)) {
    RETURN_IF_ERROR(LeaveLevel());
  }
  return OkStatus();
}

Status Unpacker::LeaveLevel() {
  const Level level = std::move(levels_.back());
  levels_.pop_back();
  return level.changes_attributes ? SetAttributes(level.fd.get(), level.entry, level.path)
                                  : OkStatus();
}

// Opens the directories from the innermost open one down to `parent`; creates missing ones.
Status Unpacker::WalkTo(const std::string& parent) {
  while (levels_.back().path != parent) {
    const std::string& above = levels_.back().path;
    const size_t begin = above.empty() ? 0 : above.size() + 1;
    const std::string path = parent.substr(0, parent.find('/', begin));
    const std::string name = path.substr(begin);
    if (::mkdirat(directory(), name.c_str(), kMissingDirectoryMode) != 0 && errno != EEXIST) {
      return Failed(errno, "make the directory", path);
    }
    Level level;
    level.path = path;
    ASSIGN_OR_RETURN(level.fd, OpenDirectory(directory(), name, path, O_PATH));
    levels_.push_back(std::move(level));
  }
  return OkStatus();
}

Result<os::UniqueFd> Unpacker::OpenDirectory(int parent, const std::string& name,
                                             const std::string& path, int flags) const {
  Result<os::UniqueFd> fd = os::OpenAt(parent, name, flags | O_DIRECTORY | O_NOFOLLOW);
  if (!fd) {
    struct stat status = {};
    if (::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISLNK(status.st_mode)) {
      return FailedPrecondition(Shown(path) + " is a symbolic link, which is not followed here");
    }
    return Failed(fd.error().system_errno(), "open the directory", path);
  }
  ASSIGN_OR_RETURN(const bool made_up, IsKernelFileSystem(fd->get()));
  if (made_up) {
    return FailedPrecondition(Shown(path) + " is the kernel's, and no place for files");
  }
  return fd;
}

// The source of the copy maps to the destination itself: its contents are copied into the
// destination, whose own attributes stay unchanged.
Status Unpacker::MakeRoot(const Entry& entry) {
  if (entry.type != Type::kDirectory) {
    return Error(Code::kDataLoss, "the copy came damaged: what is copied has no name");
  }
  return OkStatus();
}

Status Unpacker::MakeDirectory(const Entry& entry, const std::string& path,
                               const std::string& name) {
  if (levels_.size() > kMaxDepth) {
    return FailedPrecondition(Shown(path) + " lies deeper than " + std::to_string(kMaxDepth) +
                              " directories");
  }
  const bool made = ::mkdirat(directory(), name.c_str(), S_IRWXU) == 0;
  if (!made && errno != EEXIST) {
    return Failed(errno, "make the directory", path);
  }
  Level level;
  level.path = path;
  level.entry = entry;
  level.changes_attributes = made || options_.archive;
  ASSIGN_OR_RETURN(level.fd, OpenDirectory(directory(), name, path,
                                           level.changes_attributes ? O_RDONLY : O_PATH));
  levels_.push_back(std::move(level));
  return OkStatus();
}

Status Unpacker::MakeFile(const Entry& entry, const std::string& path, const std::string& name) {
  ASSIGN_OR_RETURN(const bool mounted, IsMounted(path, name));
  file_.entry = entry;
  file_.name = name;
  if (mounted) {
    ASSIGN_OR_RETURN(file_.fd, OpenInPlace(path, name));
    return OkStatus();
  }
  std::string temporary = TemporaryName();
  Result<os::UniqueFd> fd =
      os::OpenAt(directory(), temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_NOCTTY,
                 S_IRUSR | S_IWUSR);
  if (!fd) {
    return Failed(fd.error().system_errno(), "make", path);
  }
  file_.fd = *std::move(fd);
  file_.temporary = std::move(temporary);
  return OkStatus();
}

// A file that is a mount point (a container's /etc/hosts) cannot be replaced by another.
Result<os::UniqueFd> Unpacker::OpenInPlace(const std::string& path, const std::string& name) const {
  Result<os::UniqueFd> fd =
      os::OpenAt(directory(), name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  if (!fd) {
    return Failed(fd.error().system_errno(), "open", path);
  }
  struct stat status = {};
  if (::fstat(fd->get(), &status) != 0) {
    return Failed(errno, "look at", path);
  }
  ASSIGN_OR_RETURN(const bool made_up, IsKernelFileSystem(fd->get()));
  if (!S_ISREG(status.st_mode) || made_up) {
    return FailedPrecondition(Shown(path) + " is mounted, and is no file to write to");
  }
  if (::ftruncate(fd->get(), 0) != 0) {
    return Failed(errno, "write", path);
  }
  return fd;
}

Status Unpacker::MakeLink(const Entry& entry, const std::string& path, const std::string& name) {
  RETURN_IF_ERROR(IsMounted(path, name));
  const std::string temporary = TemporaryName();
  if (::symlinkat(entry.target.c_str(), directory(), temporary.c_str()) != 0) {
    return Failed(errno, "make the link", path);
  }
  return Settle(SetNamedAttributes(entry, path, temporary), temporary, path, name);
}

Status Unpacker::MakeHardLink(const Entry& entry, const std::string& path,
                              const std::string& name) {
  const std::string target = FullPath(entry.target);
  if (target == path || entry.target.empty()) {
    return Error(Code::kDataLoss, "the copy came damaged: " + Shown(path) + " links to itself");
  }
  RETURN_IF_ERROR(IsMounted(path, name));
  const std::string temporary = TemporaryName();
  const Status linked = LinkTo(target, temporary, path);
  if (!linked && linked.error().system_errno() == ENOENT) {
    return notice_("left out " + Shown(path) + ": " + Shown(target) +
                   ", which it is a link to, is not there");
  }
  RETURN_IF_ERROR(linked);
  const Status settled = Settle(OkStatus(), temporary, path, name);
  // If both were already the same file, the rename did nothing.
  ::unlinkat(directory(), temporary.c_str(), 0);
  return settled;
}

Status Unpacker::LinkTo(const std::string& target, const std::string& temporary,
                        const std::string& path) const {
  ASSIGN_OR_RETURN(os::UniqueFd parent, os::Duplicate(levels_.front().fd.get()));
  for (size_t at = 0, slash; (slash = target.find('/', at)) != std::string::npos; at = slash + 1) {
    ASSIGN_OR_RETURN(parent, OpenDirectory(parent.get(), target.substr(at, slash - at),
                                           target.substr(0, slash), O_PATH));
  }
  if (::linkat(parent.get(), NameOf(target).c_str(), directory(), temporary.c_str(), 0) != 0) {
    return Failed(errno, "link", path);
  }
  return OkStatus();
}

}  // namespace isulad::archive
