// Finds the processes that keep a file system busy.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_HOLDERS_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_HOLDERS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace isulad::host_channel {

// The processes that have an open file, a mapping, their working directory or their root on
// `device`, each as `dd (pid 12)`; only the first few. Walks through all of /proc, so it is meant
// for an unmount that has failed. Processes that start or exit during the walk are missed. Source:
// proc(5).
std::vector<std::string> FindHolders(dev_t device);
// Like FindHolders above, but only for processes in the mount namespace with the inode number
// `mount_namespace`.
std::vector<std::string> FindHolders(dev_t device, ino_t mount_namespace);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MOUNT_HOLDERS_H_
