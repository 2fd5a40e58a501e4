// Empties the file system of a mounted channel.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_EMPTY_CHANNEL_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_EMPTY_CHANNEL_H_

#include "utils/base/result.h"

namespace isulad::host_channel {

// Removes everything in the directory `root`, the root of a channel's file system. Follows no links
// and enters no other mounts: a mount point in the channel fails with EBUSY. A tree of any depth
// takes two descriptors and no recursion. Files that others create during the call may stay;
// kAborted if others fill directories as fast as they are emptied.
Status EmptyChannel(int root);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_EMPTY_CHANNEL_H_
