#include "utils/base/device_permissions.h"

#include "utils/base/strings.h"

namespace isulad {

Result<std::string> ParseDevicePermissions(std::string_view text) {
  std::string permissions;
  for (const char letter : kAllDevicePermissions) {
    if (text.find(letter) != std::string_view::npos) {
      permissions.push_back(letter);
    }
  }
  if (text.empty() || permissions.size() != text.size()) {
    return InvalidArgument("permissions " + Quote(text) +
                           " must be some of r (read), w (write) and m (mknod), each once");
  }
  return permissions;
}

}  // namespace isulad
