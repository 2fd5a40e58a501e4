// A second mount of a channel, for a runtime to bind from.
//
// A runtime given the host path would follow it by name, and whoever may rename a directory on the
// way could lead it elsewhere. The view stands where only the engine can write; it is made from a
// descriptor that has been verified.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_VIEW_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_VIEW_H_

#include <string>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::host_channel {

struct Clone {
  os::UniqueFd mount;
  View view;
};

// A detached copy of the channel's mount that follows links, read-only where asked; where
// `user_namespace` is a descriptor (else -1), with ids as it maps them, if the kernel can. To be
// called where the channel is mounted; the copy can be attached in any mount namespace.
Result<Clone> CloneChannel(const HostDirectory& directory, bool read_only, int user_namespace);

// Attaches `mount` at `view`, which is made. Nothing is left on error.
Status AttachAt(const std::string& view, const os::UniqueFd& mount);
// MountOps::DetachView.
Status DetachFrom(const std::string& view);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_VIEW_H_
