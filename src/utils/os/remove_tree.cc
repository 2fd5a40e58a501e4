#include <linux/openat2.h>
#include <unistd.h>

#include <cerrno>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"

namespace isulad::os {
namespace {

Error MountInTheWay(const std::string& name) {
  return {Code::kFailedPrecondition, EXDEV,
          "remove " + Quote(name) + ": something is mounted on it"};
}

// Removes `name` if it is not a directory; links are not followed. Returns false if it is a
// directory.
Result<bool> RemoveNonDirectory(int parent, const std::string& name) {
  if (::unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT) {
    return true;
  }
  switch (errno) {
    case EISDIR:
      return false;
    case EBUSY:
      return MountInTheWay(name);
    default:
      return SystemError(errno, "remove " + Quote(name));
  }
}

// RESOLVE_NO_XDEV keeps the walk on this mount: comparing device numbers would miss bind mounts,
// and would leave a gap between the comparison and the open.
Result<UniqueFd> OpenOnSameMount(int parent, const std::string& name) {
  Result<UniqueFd> directory = OpenAt2(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0,
                                       RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS);
  if (!directory && directory.error().system_errno() == EXDEV) {
    return MountInTheWay(name);
  }
  return directory;
}

Status RemoveChildren(int directory) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, ListDirectoryAt(directory, "."));
  for (const std::string& name : names) {
    RETURN_IF_ERROR(RemoveTreeAt(directory, name));
  }
  return OkStatus();
}

}  // namespace

Status RemoveTreeAt(int directory, const std::string& name) {
  ASSIGN_OR_RETURN(const bool removed, RemoveNonDirectory(directory, name));
  if (removed) {
    return OkStatus();
  }
  {
    ASSIGN_OR_RETURN(const UniqueFd opened, OpenOnSameMount(directory, name));
    Status emptied = RemoveChildren(opened.get());
    if (!emptied) {
      return std::move(emptied).error().AddContext("in " + Quote(name));
    }
  }
  if (::unlinkat(directory, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove directory " + Quote(name));
  }
  return OkStatus();
}

Status RemoveTree(const std::string& path) {
  const bool has_slash = path.find('/') != std::string::npos;
  const std::string parent = has_slash ? std::string(ParentPath(path)) : ".";
  const Result<UniqueFd> directory = Open(parent, O_PATH | O_DIRECTORY);
  if (!directory) {
    return directory.error().code() == Code::kNotFound ? OkStatus() : Status(directory.error());
  }
  Status status = RemoveTreeAt(directory->get(), std::string(BaseName(path)));
  if (!status) {
    return std::move(status).error().AddContext("in " + Quote(parent));
  }
  return status;
}

}  // namespace isulad::os
