#include "daemon/modules/spec/host_channel/oci_mount.h"

namespace isulad::host_channel {

MountEntry MakeMountEntry(const HostChannel& channel, const std::string& source) {
  MountEntry entry;
  entry.source = source;
  entry.destination = channel.container_path;
  entry.options = {"bind", "rprivate", "nosuid", "nodev"};
  entry.options.emplace_back(channel.options.exec ? "exec" : "noexec");
  entry.options.emplace_back(AccessName(channel.access));
  return entry;
}

}  // namespace isulad::host_channel
