#include "daemon/modules/container/device_nodes.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::container {
namespace {

constexpr mode_t kPermissionBits = 0777;

Result<spec::DeviceNode> LookAt(const DeviceMapping& device) {
  struct stat attributes = {};
  if (::stat(device.path_on_host.c_str(), &attributes) != 0) {
    return InvalidArgument(SystemError(errno, "device " + Quote(device.path_on_host)).message());
  }
  if (!S_ISCHR(attributes.st_mode) && !S_ISBLK(attributes.st_mode)) {
    return InvalidArgument("device " + Quote(device.path_on_host) + " is not a device node");
  }
  spec::DeviceNode node;
  node.mapping = device;
  node.is_block = S_ISBLK(attributes.st_mode);
  node.major = ::gnu_dev_major(attributes.st_rdev);
  node.minor = ::gnu_dev_minor(attributes.st_rdev);
  node.mode = attributes.st_mode & kPermissionBits;
  node.uid = attributes.st_uid;
  node.gid = attributes.st_gid;
  return node;
}

// Adds `entry` of a directory in /dev to one of the lists, if it belongs in either. Links are not
// followed.
void LookAtEntry(const std::filesystem::directory_entry& entry, std::vector<DeviceMapping>& devices,
                 std::vector<std::string>& directories) {
  const std::string path = entry.path();
  std::error_code gone;
  const std::filesystem::file_type type = entry.symlink_status(gone).type();
  if (!ParseDevicePathInContainer(path)) {
    return;
  }
  if (type == std::filesystem::file_type::directory) {
    directories.push_back(path);
  } else if (type == std::filesystem::file_type::character ||
             type == std::filesystem::file_type::block) {
    devices.push_back({path, path, "rwm"});
  }
}

// A directory that is removed meanwhile has no devices, and neither does one that is closed to
// root, on a file system that a user has mounted.
bool IsPassedOver(const std::error_code& error) {
  return error == std::errc::no_such_file_or_directory || error == std::errc::permission_denied;
}

// All device nodes in /dev, sorted, without those that every container has.
Result<std::vector<DeviceMapping>> HostDevices() {
  std::vector<DeviceMapping> devices;
  std::vector<std::string> directories = {"/dev"};
  while (!directories.empty()) {
    const std::string directory = std::move(directories.back());
    directories.pop_back();
    std::error_code error;
    std::filesystem::directory_iterator entry(directory, error);
    for (const std::filesystem::directory_iterator end; !error && entry != end;
         entry.increment(error)) {
      LookAtEntry(*entry, devices, directories);
    }
    if (error && !IsPassedOver(error)) {
      return SystemError(error.value(), "look for devices in " + Quote(directory));
    }
  }
  std::sort(devices.begin(), devices.end(), [](const DeviceMapping& a, const DeviceMapping& b) {
    return a.path_on_host < b.path_on_host;
  });
  return devices;
}

// The paths of whatever was asked for by name.
std::vector<std::string> TakenPaths(const ContainerConfig& config) {
  std::vector<std::string> paths;
  for (const DeviceMapping& device : config.security.devices) {
    paths.push_back(device.path_in_container);
  }
  for (const spec::BindMount& bind : BindsOf(config)) {
    paths.push_back(bind.target);
  }
  for (const spec::Tmpfs& tmpfs : spec::TmpfsOf(config.files)) {
    paths.push_back(tmpfs.target);
  }
  for (const host_channel::HostChannel& channel : config.channels) {
    paths.push_back(channel.container_path);
  }
  if (!config.host().env_target_file().empty()) {
    paths.push_back(config.host().env_target_file());
  }
  return paths;
}

}  // namespace

Result<std::vector<spec::DeviceNode>> DevicesOf(const ContainerConfig& config) {
  ASSIGN_OR_RETURN(std::vector<spec::DeviceNode> nodes, LookAtDevices(config.security.devices));
  if (!config.security.privileged) {
    return nodes;
  }
  const std::vector<std::string> taken = TakenPaths(config);
  ASSIGN_OR_RETURN(const std::vector<DeviceMapping> devices, HostDevices());
  for (const DeviceMapping& device : devices) {
    const bool is_taken =
        std::any_of(taken.begin(), taken.end(), [&device](const std::string& path) {
          return PathsOverlap(path, device.path_in_container);
        });
    if (is_taken) {
      continue;
    }
    // A device that has disappeared meanwhile is not one of the host's any more.
    if (Result<spec::DeviceNode> node = LookAt(device); node) {
      nodes.push_back(*std::move(node));
    }
  }
  return nodes;
}

Result<std::vector<spec::DeviceNode>> LookAtDevices(const std::vector<DeviceMapping>& devices) {
  std::vector<spec::DeviceNode> nodes;
  for (const DeviceMapping& device : devices) {
    ASSIGN_OR_RETURN(spec::DeviceNode node, LookAt(device));
    nodes.push_back(std::move(node));
  }
  return nodes;
}

Result<std::vector<spec::DeviceRateNode>> LookAtRates(const spec::ResourceLimits& limits) {
  ASSIGN_OR_RETURN(const std::vector<DeviceRate> rates, spec::DeviceRatesOf(limits));
  std::vector<spec::DeviceRateNode> nodes;
  for (const DeviceRate& rate : rates) {
    ASSIGN_OR_RETURN(const spec::DeviceNode device, LookAt({rate.path, {}, {}}));
    if (!device.is_block) {
      return InvalidArgument("device " + Quote(rate.path) + " is not a block device");
    }
    const std::string numbers = std::to_string(device.major) + ":" + std::to_string(device.minor);
    if (os::PathExists("/sys/dev/block/" + numbers + "/partition")) {
      return InvalidArgument("device " + Quote(rate.path) +
                             " is a partition: only a whole disk has a rate");
    }
    nodes.push_back({rate.kind, device.major, device.minor, rate.rate});
  }
  return nodes;
}

}  // namespace isulad::container
