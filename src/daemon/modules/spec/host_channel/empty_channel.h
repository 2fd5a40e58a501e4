// Emptying the file system of a channel that is mounted.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_EMPTY_CHANNEL_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_EMPTY_CHANNEL_H_

#include "utils/base/result.h"

namespace isulad::host_channel {

// Removes everything in the directory `root`, the root of a channel's file system. Follows no link
// and enters no other mount: what is mounted on is in the way (EBUSY). Trees of any depth take two
// descriptors and no stack. What others make meanwhile may stay; kAborted where they fill
// directories as fast as those are emptied.
Status EmptyChannel(int root);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_EMPTY_CHANNEL_H_
