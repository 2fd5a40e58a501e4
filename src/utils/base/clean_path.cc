#include "utils/base/clean_path.h"

#include "utils/base/strings.h"

namespace isulad {

Result<std::string> CleanAbsolutePath(std::string_view path) {
  if (path.empty()) {
    return InvalidArgument("must not be empty");
  }
  if (path[0] != '/') {
    return InvalidArgument("must be absolute");
  }
  if (!IsValidUtf8(path)) {
    return InvalidArgument("must be UTF-8");
  }
  if (HasControlCharacter(path)) {
    return InvalidArgument("must not contain control characters");
  }
  std::string clean;
  for (const std::string_view component : Split(path, '/')) {
    if (component.empty() || component == ".") {
      continue;
    }
    if (component == "..") {
      return InvalidArgument("must not contain \"..\"");
    }
    if (component.size() > kMaxComponentBytes) {
      return InvalidArgument("has a component of more than " + std::to_string(kMaxComponentBytes) +
                             " bytes");
    }
    clean.append("/").append(component);
  }
  if (clean.size() > kMaxPathBytes) {
    return InvalidArgument("must not exceed " + std::to_string(kMaxPathBytes) + " bytes");
  }
  return clean.empty() ? "/" : clean;
}

bool IsSameOrBeneath(std::string_view path, std::string_view directory) {
  if (directory == "/") {
    return true;
  }
  return path.substr(0, directory.size()) == directory &&
         (path.size() == directory.size() || path[directory.size()] == '/');
}

bool PathsOverlap(std::string_view a, std::string_view b) {
  return IsSameOrBeneath(a, b) || IsSameOrBeneath(b, a);
}

std::vector<std::string_view> PathComponents(std::string_view path) {
  if (path.size() <= 1) {
    return {};
  }
  return Split(path.substr(1), '/');
}

std::string_view ParentPath(std::string_view path) {
  const size_t slash = path.rfind('/');
  return path.substr(0, slash == 0 || slash == std::string_view::npos ? 1 : slash);
}

std::string_view BaseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace isulad
