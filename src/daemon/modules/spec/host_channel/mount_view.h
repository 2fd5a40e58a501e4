// The view of a channel: a second mount, for a runtime to bind from.
//
// A runtime that is given the host path would follow it by name, and anyone who may rename a
// directory on the way could lead it elsewhere. The view is attached where only the engine can
// write, and is made from a descriptor that has been verified.
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

// A detached copy of the channel's mount that follows links, and is read-only if asked for. If
// `user_namespace` is a descriptor (otherwise -1), the copy maps ids as that namespace does, if the
// kernel can. To be called in a mount namespace where the channel is mounted; the copy can be
// attached in any mount namespace.
Result<Clone> CloneChannel(const HostDirectory& directory, bool read_only, int user_namespace);

// Makes the directory `view` and attaches `mount` to it. Nothing is left on error.
Status AttachAt(const std::string& view, const os::UniqueFd& mount);
// Implements MountOps::DetachView.
Status DetachFrom(const std::string& view);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_VIEW_H_
