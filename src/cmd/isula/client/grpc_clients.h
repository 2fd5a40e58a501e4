// The clients over gRPC.
#ifndef ISULAD_CMD_ISULA_CLIENT_GRPC_CLIENTS_H_
#define ISULAD_CMD_ISULA_CLIENT_GRPC_CLIENTS_H_

#include <memory>

#include "cmd/isula/client/channel_client.h"
#include "cmd/isula/client/connection.h"
#include "cmd/isula/client/container_client.h"
#include "cmd/isula/client/event_client.h"
#include "cmd/isula/client/system_client.h"

namespace isulad::client {

// The connection is borrowed and must outlive the client and its sessions.
std::unique_ptr<ContainerClient> NewContainerClient(Connection& connection);
std::unique_ptr<ChannelClient> NewChannelClient(Connection& connection);
std::unique_ptr<EventClient> NewEventClient(Connection& connection);
std::unique_ptr<SystemClient> NewSystemClient(Connection& connection);

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_GRPC_CLIENTS_H_
