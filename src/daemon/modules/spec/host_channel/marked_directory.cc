#include "daemon/modules/spec/host_channel/marked_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

#include "daemon/modules/spec/host_channel/directory_identity.h"
#include "daemon/modules/spec/host_channel/host_path.h"
#include "utils/base/clean_path.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mountinfo.h"
#include "utils/os/safe_open.h"

namespace isulad::host_channel {
namespace {

constexpr mode_t kDirectoryMode = 0755;
// No other program makes a directory that has the sticky bit and is closed to all others. A user
// who may rename in the parent could put another directory under the name of a new one, to have it
// marked and opened to all.
constexpr mode_t kUnfinishedMode = S_ISVTX | S_IRWXU;
// Another start can publish the same parents first; then the chain is built again, one directory
// shorter.
constexpr int kMostAttempts = 16;

std::string TemporaryName(const HostDirectory& directory) {
  return ".isulad-" + directory.channel_id;
}

Result<os::UniqueFd> OpenDirectoryAt(int parent, const std::string& name) {
  return os::OpenNoSymlinks(parent, name, O_PATH | O_DIRECTORY);
}

bool LacksAttributes(const Error& error) {
  return error.system_errno() == EOPNOTSUPP || error.system_errno() == ENOSYS;
}

// Marks the directory; if it cannot bear a mark, adds its identity to `identities`.
Status Mark(int fd, const std::string& channel_id, std::vector<std::string>& identities) {
  Status marked = os::SetXattr(fd, kMarkAttribute, channel_id);
  if (marked || !LacksAttributes(marked.error())) {
    return marked;
  }
  ASSIGN_OR_RETURN(std::string identity, IdentityOf(fd));
  identities.push_back(std::move(identity));
  return OkStatus();
}

Result<struct stat> StatOf(int fd) {
  struct stat status;
  if (::fstat(fd, &status) != 0) {
    return SystemError(errno, "look at a directory");
  }
  return status;
}

bool IsUnfinished(const struct stat& status) {
  return status.st_uid == ::geteuid() && (status.st_mode & S_ISVTX) != 0 &&
         (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

// Whether the directory `fd` is one that mkdirat() has just made.
Result<bool> IsNew(int fd) {
  ASSIGN_OR_RETURN(const struct stat status, StatOf(fd));
  // File systems without modes show a mode of their own.
  const bool finished = status.st_uid == ::geteuid() && (status.st_mode & 07777) == kDirectoryMode;
  if (!IsUnfinished(status) && !finished) {
    return false;
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> names, os::ListDirectoryAt(fd, "."));
  return names.empty();
}

Result<os::UniqueFd> MakeOne(int parent, const std::string& name, const std::string& channel_id,
                             std::vector<std::string>& identities) {
  if (::mkdirat(parent, name.c_str(), kUnfinishedMode) != 0) {
    return SystemError(errno, "make directory " + Quote(name));
  }
  ASSIGN_OR_RETURN(os::UniqueFd fd, OpenDirectoryAt(parent, name));
  ASSIGN_OR_RETURN(const bool is_new, IsNew(fd.get()));
  if (!is_new) {
    return FailedPrecondition("directory " + Quote(name) + " was replaced while it was made");
  }
  RETURN_IF_ERROR(Mark(fd.get(), channel_id, identities));
  // Not left to mkdirat, where the umask and a default ACL of the parent have an influence.
  ASSIGN_OR_RETURN(const os::UniqueFd writable, os::Reopen(fd.get(), O_RDONLY | O_DIRECTORY));
  if (::fchmod(writable.get(), kDirectoryMode) != 0) {
    return SystemError(errno, "set the mode of directory " + Quote(name));
  }
  return fd;
}

Status RemoveEmptyAt(int parent, const std::string& name) {
  if (::unlinkat(parent, name.c_str(), AT_REMOVEDIR) != 0) {
    return SystemError(errno, "remove directory " + Quote(name));
  }
  return OkStatus();
}

// Whether a directory under a temporary name, or in one, was made for this channel. If the file
// system keeps no marks, the name and the owner have to suffice.
Result<bool> IsUnpublished(int fd, const HostDirectory& directory) {
  const Result<std::string> mark = os::GetXattr(fd, kMarkAttribute);
  if (mark) {
    return *mark == directory.channel_id;
  }
  ASSIGN_OR_RETURN(const struct stat status, StatOf(fd));
  if (mark.error().code() == Code::kNotFound) {
    return IsUnfinished(status);
  }
  if (!LacksAttributes(mark.error())) {
    return mark.error();
  }
  return status.st_uid == ::geteuid();
}

// Whether the names have changed between two calls; what is there is then not ours.
bool IsReplaced(const Error& error) {
  const int number = error.system_errno();
  return number == ENOENT || number == ENOTDIR || number == ELOOP;
}

// Removes the temporary directory `name` in `parent` and the chain beneath it, whose names are
// `rest`: empty directories that were made for this channel. Anything that others have put under
// such a name is left alone; it does no harm.
Status RemoveChain(int parent, const std::string& name, const std::vector<std::string>& rest,
                   const HostDirectory& directory) {
  const Result<os::UniqueFd> fd = OpenDirectoryAt(parent, name);
  if (!fd) {
    return IsReplaced(fd.error()) ? OkStatus() : Status(fd.error());
  }
  ASSIGN_OR_RETURN(const bool ours, IsUnpublished(fd->get(), directory));
  if (!ours) {
    return OkStatus();
  }
  if (!rest.empty()) {
    const std::vector<std::string> below(rest.begin() + 1, rest.end());
    RETURN_IF_ERROR(RemoveChain(fd->get(), rest.front(), below, directory));
  }
  Status removed = RemoveEmptyAt(parent, name);
  return removed || !IsReplaced(removed.error()) ? std::move(removed) : OkStatus();
}

// Builds the chain of the missing directories under the temporary name.
Status BuildChain(const Ancestor& ancestor, const HostDirectory& directory,
                  std::vector<std::string>& identities) {
  ASSIGN_OR_RETURN(os::UniqueFd parent, MakeOne(ancestor.fd.get(), TemporaryName(directory),
                                                directory.channel_id, identities));
  for (size_t i = 1; i < ancestor.missing.size(); ++i) {
    ASSIGN_OR_RETURN(parent,
                     MakeOne(parent.get(), ancestor.missing[i], directory.channel_id, identities));
  }
  return OkStatus();
}

Status Publish(const Ancestor& ancestor, const HostDirectory& directory) {
  const std::string temporary = TemporaryName(directory);
  if (::renameat2(ancestor.fd.get(), temporary.c_str(), ancestor.fd.get(),
                  ancestor.missing.front().c_str(), RENAME_NOREPLACE) != 0) {
    return SystemError(errno, "rename a new directory to " + Quote(ancestor.missing.front()));
  }
  return OkStatus();
}

// Whether another start or removal that works on the same parents came in between; the way then has
// to be looked up again.
bool LostARace(const Status& status, Code code) { return !status && status.error().code() == code; }

// One attempt; returns whether the directory is in its place. Leaves nothing if it is not.
Result<bool> TryMake(const Ancestor& ancestor, const HostDirectory& directory,
                     const MountOps::Announce& announce) {
  const std::vector<std::string> rest(ancestor.missing.begin() + 1, ancestor.missing.end());
  const auto undo = [&](Result<bool> result) {
    // Anything left is found by its name at the next start or removal.
    IgnoreError(RemoveChain(ancestor.fd.get(), TemporaryName(directory), rest, directory));
    return result;
  };
  RETURN_IF_ERROR(RemoveChain(ancestor.fd.get(), TemporaryName(directory), rest, directory));
  std::vector<std::string> identities;
  if (Status built = BuildChain(ancestor, directory, identities); !built) {
    return undo(LostARace(built, Code::kNotFound) ? Result<bool>(false) : std::move(built).error());
  }
  if (Status announced = announce(identities); !announced) {
    return undo(std::move(announced).error());
  }
  if (Status published = Publish(ancestor, directory); !published) {
    return undo(LostARace(published, Code::kAlreadyExists) ? Result<bool>(false)
                                                           : std::move(published).error());
  }
  return true;
}

// Whether any channel made the directory: this one, or another one whose record is gone and that
// could not remove the directory because this channel was in its way.
Result<bool> MadeByAnyChannel(int fd, const HostDirectory& directory) {
  const Result<std::string> mark = os::GetXattr(fd, kMarkAttribute);
  if (mark) {
    return IsValidId(*mark);
  }
  return IsMarked(fd, directory);
}

// Removes the directory at the canonical `path` if a channel made it and it is empty. False if it
// has to stay: its parents then have to stay as well.
Result<bool> RemoveParent(const std::string& path, const HostDirectory& directory) {
  Result<os::UniqueFd> parent =
      os::OpenNoSymlinks(AT_FDCWD, std::string(ParentPath(path)), O_PATH | O_DIRECTORY);
  if (!parent) {
    return parent.error().code() == Code::kNotFound ? Result<bool>(true) : Result<bool>(false);
  }
  const std::string name(BaseName(path));
  Result<os::UniqueFd> fd = OpenDirectoryAt(parent->get(), name);
  if (!fd) {
    return fd.error().code() == Code::kNotFound;
  }
  ASSIGN_OR_RETURN(const bool ours, MadeByAnyChannel(fd->get(), directory));
  if (!ours) {
    return false;
  }
  const Status removed = RemoveEmptyAt(parent->get(), name);
  if (removed || removed.error().code() == Code::kNotFound) {
    return true;  // by this call, or by a concurrent removal of another channel
  }
  if (removed.error().code() == Code::kFailedPrecondition) {
    return false;
  }
  return removed.error();
}

Status RemoveParents(const HostDirectory& directory) {
  for (std::string_view path = ParentPath(directory.path); path != "/"; path = ParentPath(path)) {
    ASSIGN_OR_RETURN(const bool go_on, RemoveParent(std::string(path), directory));
    if (!go_on) {
      break;
    }
  }
  return OkStatus();
}

// Opens the parent first and does everything else relative to it: a user who swaps a parent for
// another directory would otherwise have us remove the directory of the same name there.
Status RemovePublished(const HostDirectory& directory) {
  const Result<os::UniqueFd> parent = OpenCanonicalParent(directory.path);
  if (!parent) {
    return parent.error().code() == Code::kNotFound ? OkStatus() : Status(parent.error());
  }
  const std::string name(BaseName(directory.path));
  const Result<os::UniqueFd> fd = os::OpenNoSymlinks(parent->get(), name, O_PATH | O_NOFOLLOW);
  if (!fd) {
    return fd.error().code() == Code::kNotFound ? OkStatus() : Status(fd.error());
  }
  ASSIGN_OR_RETURN(const bool mounted_on, os::IsMountRoot(fd->get()));
  if (mounted_on) {
    return FailedPrecondition(Quote(directory.path) + " is mounted on");
  }
  ASSIGN_OR_RETURN(const bool ours, IsMarked(fd->get(), directory));
  if (!ours) {
    return FailedPrecondition(Quote(directory.path) +
                              " is not the directory that was made for the channel");
  }
  Status removed = RemoveEmptyAt(parent->get(), name);
  if (!removed && removed.error().code() == Code::kNotFound) {
    return OkStatus();
  }
  if (!removed && removed.error().system_errno() == ENOTEMPTY) {
    return FailedPrecondition(Quote(directory.path) + " is not empty");
  }
  return removed;
}

// A chain under the temporary name can be in any directory on the way that existed when the chain
// was begun.
Status RemoveUnpublished(const HostDirectory& directory) {
  std::vector<std::string> below;
  for (std::string_view path = directory.path; path != "/"; path = ParentPath(path)) {
    const std::string parent(ParentPath(path));
    const Result<os::UniqueFd> fd = os::OpenNoSymlinks(AT_FDCWD, parent, O_PATH | O_DIRECTORY);
    if (fd) {
      RETURN_IF_ERROR(RemoveChain(fd->get(), TemporaryName(directory), below, directory));
    }
    below.insert(below.begin(), std::string(BaseName(path)));
  }
  return OkStatus();
}

// The journal of one file system keeps the order in which directory and record are removed; the
// journals of two file systems know nothing of one another.
Status SyncRemoval(const HostDirectory& directory) {
  ASSIGN_OR_RETURN(const Ancestor ancestor, OpenDeepestAncestor(directory.path));
  struct stat status;
  if (::fstat(ancestor.fd.get(), &status) != 0) {
    return SystemError(errno, "stat " + Quote(ancestor.path));
  }
  if (status.st_dev == directory.record_device) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const os::UniqueFd fd, os::Reopen(ancestor.fd.get(), O_RDONLY | O_DIRECTORY));
  return os::SyncDirectory(fd.get());
}

}  // namespace

Status MakeMarkedDirectory(const HostDirectory& directory, const MountOps::Announce& announce) {
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    if (OpenCanonical(directory.path)) {
      return AlreadyExists(Quote(directory.path) + " exists already");
    }
    ASSIGN_OR_RETURN(const Ancestor ancestor, OpenDeepestAncestor(directory.path));
    ASSIGN_OR_RETURN(const bool made, TryMake(ancestor, directory, announce));
    if (made) {
      return OkStatus();
    }
  }
  return FailedPrecondition(Quote(directory.path) + " cannot be made: its parents keep changing");
}

Result<bool> IsMarked(int fd, const HostDirectory& directory) {
  const Result<std::string> mark = os::GetXattr(fd, kMarkAttribute);
  if (mark) {
    return *mark == directory.channel_id;
  }
  if (mark.error().code() == Code::kNotFound || directory.identities.empty()) {
    return false;
  }
  if (!LacksAttributes(mark.error())) {
    return mark.error();
  }
  ASSIGN_OR_RETURN(const std::string identity, IdentityOf(fd));
  return std::find(directory.identities.begin(), directory.identities.end(), identity) !=
         directory.identities.end();
}

Status RemoveMarkedDirectory(const HostDirectory& directory, Remains what) {
  RETURN_IF_ERROR(RemoveUnpublished(directory));
  if (what == Remains::kUnpublished) {
    return OkStatus();
  }
  RETURN_IF_ERROR(RemovePublished(directory));
  RETURN_IF_ERROR(RemoveParents(directory));
  // The removal is done: a file system that cannot sync must not make it fail.
  IgnoreError(SyncRemoval(directory));
  return OkStatus();
}

}  // namespace isulad::host_channel
