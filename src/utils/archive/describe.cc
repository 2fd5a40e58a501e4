#include <string>

#include "utils/archive/entry.h"
#include "utils/base/strings.h"

namespace isulad::archive {
namespace {

constexpr std::string_view kUserPrefix = "user.";
// Access lists name ids, and a capability is a set-user-id bit by another name.
constexpr std::string_view kPrivileged[] = {
    "security.capability",
    "system.posix_acl_access",
    "system.posix_acl_default",
};

}  // namespace

Result<std::string> CleanEntryPath(std::string_view path) {
  if (path.starts_with('/')) {
    return InvalidArgument("entry " + Quote(path) + " is absolute");
  }
  if (path.find('\0') != std::string_view::npos || path.size() > kMaxEntryPath) {
    return InvalidArgument("entry " + Quote(path.substr(0, 255)) + " is no path");
  }
  std::string clean;
  size_t depth = 0;
  for (const std::string_view component : Split(path, '/')) {
    if (component.empty() || component == ".") {
      continue;
    }
    if (component == "..") {
      return InvalidArgument("entry " + Quote(path) + " leads out of the archive by \"..\"");
    }
    if (++depth > kMaxDepth) {
      return InvalidArgument("entry " + Quote(path.substr(0, 255)) + " lies deeper than " +
                             std::to_string(kMaxDepth) + " directories");
    }
    clean.append(clean.empty() ? "" : "/").append(component);
  }
  return clean;
}

bool IsCopiedXattr(std::string_view name, bool privileged) {
  if (name.starts_with(kUserPrefix)) {
    return true;
  }
  for (const std::string_view known : kPrivileged) {
    if (name == known) {
      return privileged;
    }
  }
  return false;
}

}  // namespace isulad::archive
