// Reads a log, even across a restart of the daemon.
#ifndef ISULAD_CMD_ISULA_CLIENT_GRPC_LOGS_H_
#define ISULAD_CMD_ISULA_CLIENT_GRPC_LOGS_H_

#include <chrono>
#include <string_view>

#include "cmd/isula/client/connection.h"
#include "cmd/isula/client/container_client.h"
#include "services/containers/v1/containers.grpc.pb.h"
#include "utils/base/result.h"

namespace isulad::client {

// How long the daemon may be away, from the loss of the connection on.
inline constexpr std::chrono::seconds kReconnectTime(10);
inline constexpr std::string_view kDaemonStayedAway =
    "Error: connection to the daemon was lost, and none has answered since";

// ContainerClient::Logs(), with `patience` in place of kReconnectTime.
Status ReadLogs(isula::containers::v1::ContainerService::Stub& stub, Connection& connection,
                const LogsOptions& options, const LogSink& sink,
                std::chrono::milliseconds patience);

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_GRPC_LOGS_H_
