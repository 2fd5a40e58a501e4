#include "utils/base/device_mapping.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "utils/base/clean_path.h"
#include "utils/base/device_permissions.h"
#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr std::string_view kDirectory = "/dev/";

// Names in /dev that the runtimes and the engine create in every container themselves.
constexpr std::string_view kTaken[] = {"null", "zero",    "full", "random", "urandom", "tty",
                                       "ptmx", "console", "fd",   "stdin",  "stdout",  "stderr",
                                       "core", "pts",     "shm",  "mqueue"};

Result<std::string> ParsePath(std::string_view field, std::string_view text) {
  Result<std::string> path = CleanAbsolutePath(text);
  if (!path) {
    return InvalidArgument(std::string(field) + " " + Quote(text) + " " + path.error().message());
  }
  return path;
}

}  // namespace

Result<std::string> ParseDevicePathInContainer(std::string_view text) {
  ASSIGN_OR_RETURN(std::string path, ParsePath("container path", text));
  if (!path.starts_with(kDirectory)) {
    // Outside /dev the runtime would leave a node in the user's rootfs.
    return InvalidArgument("container path " + Quote(path) + " must lie beneath /dev");
  }
  const std::string_view inside = std::string_view(path).substr(kDirectory.size());
  const std::string_view first = inside.substr(0, inside.find('/'));
  if (std::find(std::begin(kTaken), std::end(kTaken), first) != std::end(kTaken)) {
    return InvalidArgument("container path " + Quote(path) +
                           " is one that every container has already");
  }
  return path;
}

Result<DeviceMapping> ParseDeviceMapping(std::string_view text) {
  const std::vector<std::string_view> fields = Split(text, ':');
  if (fields.size() > 3) {
    return InvalidArgument("must be HOST[:CONTAINER[:PERMISSIONS]]");
  }
  DeviceMapping mapping;
  ASSIGN_OR_RETURN(mapping.path_on_host, ParsePath("host path", fields[0]));
  const std::string_view inside = fields.size() > 1 ? fields[1] : fields[0];
  ASSIGN_OR_RETURN(mapping.path_in_container, ParseDevicePathInContainer(inside));
  ASSIGN_OR_RETURN(mapping.permissions,
                   ParseDevicePermissions(fields.size() > 2 ? fields[2] : kAllDevicePermissions));
  return mapping;
}

std::string FormatDeviceMapping(const DeviceMapping& mapping) {
  return mapping.path_on_host + ":" + mapping.path_in_container + ":" + mapping.permissions;
}

}  // namespace isulad
