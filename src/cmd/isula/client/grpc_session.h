// StreamSession over a bidirectional gRPC stream; Attach and Exec differ only in their messages.
#ifndef ISULAD_CMD_ISULA_CLIENT_GRPC_SESSION_H_
#define ISULAD_CMD_ISULA_CLIENT_GRPC_SESSION_H_

#include <memory>

#include "cmd/isula/client/connection.h"
#include "cmd/isula/client/container_types.h"
#include "cmd/isula/client/stream_session.h"
#include "services/containers/v1/containers.grpc.pb.h"

namespace isulad::client {

// Begins the call and sends `open`. The stub and the connection are borrowed and must outlive the
// session.
std::unique_ptr<StreamSession> NewAttachSession(
    ::isula::containers::v1::ContainerService::StubInterface& stub, const Connection& connection,
    const AttachOptions& options);
std::unique_ptr<StreamSession> NewExecSession(
    ::isula::containers::v1::ContainerService::StubInterface& stub, const Connection& connection,
    const ExecOptions& options);

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_GRPC_SESSION_H_
