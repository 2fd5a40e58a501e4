// The errors of failed calls as the commands see them. The message of an Error of the client
// library is the whole line for the user.
//
// kUnavailable is reserved for the connection: the daemon could not be reached, or the connection
// was lost. If the daemon refused the call, the code is the daemon's (its own kUnavailable becomes
// kFailedPrecondition) and the message begins with "Error response from daemon: ". If the
// container's command could not be run, exit_code() is 126 or 127.
#ifndef ISULAD_CMD_ISULA_CLIENT_ERRORS_H_
#define ISULAD_CMD_ISULA_CLIENT_ERRORS_H_

#include <string_view>

#include "utils/base/result.h"

namespace grpc {
class ChannelInterface;
class ClientContext;
class Status;
}  // namespace grpc

namespace isulad::client {

inline constexpr std::string_view kCannotConnect =
    "Can not connect with server. Is the iSulad daemon running on the host?";
inline constexpr std::string_view kConnectionLost = "Error: connection to the daemon was lost";

// OK if `status` is. `context` is that of the call, which must have ended.
Status ToStatus(const grpc::Status& status, const grpc::ClientContext& context,
                grpc::ChannelInterface& channel);

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_ERRORS_H_
