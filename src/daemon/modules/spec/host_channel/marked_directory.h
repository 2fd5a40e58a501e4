// Directories that can be told apart from all others: they are made under a temporary name, marked,
// renamed into place, and removed again only while they still bear the mark.
//
// The mark is the extended attribute trusted.isulad.channel with the channel's id; only privileged
// processes can set it. An inode number would not do: it is reused at once. If the file system has
// no such attributes, a directory is known by its file handle, which includes a generation, and its
// birth time.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MARKED_DIRECTORY_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MARKED_DIRECTORY_H_

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

inline constexpr const char* kMarkAttribute = "trusted.isulad.channel";

// Implements MountOps::MakeDirectory.
Status MakeMarkedDirectory(const HostDirectory& directory, const MountOps::Announce& announce);

// Whether the directory `fd` (may be O_PATH) was made for this channel.
Result<bool> IsMarked(int fd, const HostDirectory& directory);

// Implements MountOps::RemoveDirectory.
Status RemoveMarkedDirectory(const HostDirectory& directory, Remains what);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MARKED_DIRECTORY_H_
