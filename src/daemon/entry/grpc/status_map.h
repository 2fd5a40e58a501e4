// Errors of the project as gRPC statuses: the codes have the same numbers.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_STATUS_MAP_H_
#define ISULAD_DAEMON_ENTRY_GRPC_STATUS_MAP_H_

#include <grpcpp/grpcpp.h>

#include "utils/base/result.h"

namespace isulad::entry {

// If the error is that of a container's command, its exit status is added as trailing metadata of
// `context`.
grpc::Status ToGrpc(const Error& error, grpc::CallbackServerContext* context);

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_STATUS_MAP_H_
