// Tells a directory from another one with the same name and inode number.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_DIRECTORY_IDENTITY_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_DIRECTORY_IDENTITY_H_

#include <string>

#include "utils/base/result.h"

namespace isulad::host_channel {

// The file handle and the birth time of the directory `fd` (may be O_PATH) as one word.
// kUnimplemented if its file system has no handles. Source: name_to_handle_at(2), statx(2).
Result<std::string> IdentityOf(int fd);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_DIRECTORY_IDENTITY_H_
