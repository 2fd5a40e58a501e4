#include "daemon/modules/spec/host_channel/policy.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "daemon/modules/spec/host_channel/channel_path.h"
#include "utils/base/byte_size.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

constexpr uint64_t kBytesPerInode = 16384;
constexpr uint64_t kFewestDefaultInodes = 256;
constexpr uint64_t kMostDefaultInodes = 65536;

// File systems that the kernel generates: nothing can be created there.
constexpr std::array<std::string_view, 2> kKernelDirectories = {"/proc", "/sys"};
// Directories in which systemd mounts after the engine has. It leaves existing mounts alone, so the
// places that the engine itself mounts in a system container (/run, /run/lock, /tmp, /dev/shm) hide
// nothing.
constexpr std::array<std::string_view, 4> kInitMountPoints = {"/run/user", "/run/credentials",
                                                              "/dev/hugepages", "/dev/mqueue"};

Status CheckHostPath(const std::string& path, const Limits& limits,
                     const Surroundings& surroundings) {
  for (const std::string_view directory : kKernelDirectories) {
    if (IsSameOrBeneath(path, directory)) {
      return FieldError(kHostPathField, path, "must not lie in " + Quote(directory));
    }
  }
  for (const std::string& directory : limits.forbidden_directories) {
    if (IsSameOrBeneath(path, directory)) {
      return FieldError(kHostPathField, path,
                        "must not lie in the engine's own directory " + Quote(directory));
    }
  }
  for (const std::string& rootfs : surroundings.rootfs_paths) {
    if (IsSameOrBeneath(path, rootfs)) {
      return FieldError(kHostPathField, path,
                        "must not lie in the rootfs of a container, " + Quote(rootfs));
    }
  }
  return OkStatus();
}

Status CheckContainerPath(const std::string& path, const Surroundings& surroundings) {
  for (const std::string_view directory : kKernelDirectories) {
    if (IsSameOrBeneath(path, directory)) {
      return FieldError(kContainerPathField, path, "must not lie in " + Quote(directory));
    }
  }
  if (path == "/dev") {
    return FieldError(kContainerPathField, path, "must not be \"/dev\"");
  }
  for (const std::string& target : surroundings.mount_targets) {
    if (path == target) {
      return FieldError(kContainerPathField, path,
                        "is the target of another mount of the container");
    }
    // A process that shares the channel could swap the mount point for a link while the runtime
    // mounts (CVE-2021-30465).
    if (IsSameOrBeneath(target, path)) {
      return FieldError(kContainerPathField, path,
                        "must not contain the target of another mount, " + Quote(target));
    }
  }
  return OkStatus();
}

Status CheckPair(std::string_view field, const std::string& path, const std::string& other) {
  if (path == other) {
    return FieldError(field, path, "is used by two channels of the container");
  }
  if (PathsOverlap(path, other)) {
    return FieldError(
        field, path,
        "must not overlap with that of another channel of the container, " + Quote(other));
  }
  return OkStatus();
}

Status CheckBeside(const HostChannel& channel, const std::vector<HostChannel>& others) {
  for (const HostChannel& other : others) {
    RETURN_IF_ERROR(CheckPair(kHostPathField, channel.host_path, other.host_path));
    RETURN_IF_ERROR(CheckPair(kContainerPathField, channel.container_path, other.container_path));
  }
  return OkStatus();
}

Result<HostChannel> CheckChannel(HostChannel channel, const Limits& limits,
                                 const Surroundings& surroundings) {
  ASSIGN_OR_RETURN(channel.host_path, CleanChannelPath(kHostPathField, channel.host_path));
  ASSIGN_OR_RETURN(channel.container_path,
                   CleanChannelPath(kContainerPathField, channel.container_path));
  RETURN_IF_ERROR(CheckHostPath(channel.host_path, limits, surroundings));
  RETURN_IF_ERROR(CheckContainerPath(channel.container_path, surroundings));
  ASSIGN_OR_RETURN(channel.size, CheckSize(channel.size, limits));
  ASSIGN_OR_RETURN(channel.options, ParseOptions(Join(FormatOptions(channel.options), ",")));
  return channel;
}

void AddInitWarnings(const HostChannel& channel, std::vector<std::string>& warnings) {
  for (const std::string_view directory : kInitMountPoints) {
    if (IsSameOrBeneath(channel.container_path, directory)) {
      warnings.push_back("host channel container path " + Quote(channel.container_path) +
                         " can be hidden by what the container's init mounts in " +
                         Quote(directory));
    }
  }
}

}  // namespace

Result<Verdict> Validate(const std::vector<HostChannel>& channels, const Limits& limits,
                         const Surroundings& surroundings) {
  Verdict verdict;
  for (const HostChannel& asked : channels) {
    ASSIGN_OR_RETURN(HostChannel channel, CheckChannel(asked, limits, surroundings));
    RETURN_IF_ERROR(CheckBeside(channel, verdict.channels));
    RETURN_IF_ERROR(CheckBeside(channel, surroundings.channels));
    if (surroundings.system_container) {
      AddInitWarnings(channel, verdict.warnings);
    }
    verdict.channels.push_back(std::move(channel));
  }
  return verdict;
}

Result<uint64_t> CheckSize(uint64_t size, const Limits& limits) {
  const uint64_t most = limits.physical_memory / 2;
  const std::string range = ": at least 4096 bytes (one page), at most " + std::to_string(most) +
                            " bytes (half of physical memory)";
  if (size < kMinimumSize) {
    return FieldError("size", FormatByteSize(size), "is too small" + range);
  }
  if (size > most) {
    return FieldError("size", FormatByteSize(size), "is too large" + range);
  }
  return RoundUpToPage(size, limits.page_size);
}

uint64_t DefaultInodes(uint64_t size) {
  return std::clamp(size / kBytesPerInode, kFewestDefaultInodes, kMostDefaultInodes);
}

}  // namespace isulad::host_channel
