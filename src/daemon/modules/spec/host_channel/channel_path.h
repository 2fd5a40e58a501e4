// The rules that hold for every path of a channel, on either side. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_PATH_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_PATH_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad::host_channel {

inline constexpr std::string_view kHostPathField = "host path";
inline constexpr std::string_view kContainerPathField = "container path";

// `path` cleaned lexically. kInvalidArgument, naming `field` and quoting `path`, where it is not a
// clean-able absolute path, is "/", or holds the colon that separates fields: a value that Format
// could not write is not a value.
Result<std::string> CleanChannelPath(std::string_view field, std::string_view path);

// The message `host channel <field> "<text>" <reason>` as a kInvalidArgument.
Error FieldError(std::string_view field, std::string_view text, std::string_view reason);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_PATH_H_
