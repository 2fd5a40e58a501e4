// The rules for every path of a channel, on the host and in the container. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_PATH_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_PATH_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad::host_channel {

inline constexpr std::string_view kHostPathField = "host path";
inline constexpr std::string_view kContainerPathField = "container path";

// Cleans `path` lexically. kInvalidArgument, naming `field` and quoting `path`, if it is not an
// absolute path that can be cleaned, is "/", or contains the colon that separates fields: a value
// that Format could not write is not valid.
Result<std::string> CleanChannelPath(std::string_view field, std::string_view path);

// A kInvalidArgument with the message `host channel <field> "<text>" <reason>`.
Error FieldError(std::string_view field, std::string_view text, std::string_view reason);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_PATH_H_
