// Copies over the API.
#ifndef ISULAD_CMD_ISULA_CLIENT_GRPC_COPY_H_
#define ISULAD_CMD_ISULA_CLIENT_GRPC_COPY_H_

#include <string>

#include "cmd/isula/client/connection.h"
#include "cmd/isula/client/container_client.h"
#include "services/containers/v1/containers.grpc.pb.h"
#include "utils/base/result.h"

namespace isulad::client {

// ContainerClient::CopyFrom(), CopyTo() and Export().
Status CopyFrom(isula::containers::v1::ContainerService::Stub& stub, const Connection& connection,
                const CopyFromOptions& options, const ByteSink& sink);
Result<std::string> CopyTo(isula::containers::v1::ContainerService::Stub& stub,
                           const Connection& connection, const CopyToOptions& options,
                           const ByteSource& source);
Status Export(isula::containers::v1::ContainerService::Stub& stub, const Connection& connection,
              const std::string& container, const ByteSink& sink);

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_GRPC_COPY_H_
