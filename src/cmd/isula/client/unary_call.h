// A call with one response, for the clients of all services.
#ifndef ISULAD_CMD_ISULA_CLIENT_UNARY_CALL_H_
#define ISULAD_CMD_ISULA_CLIENT_UNARY_CALL_H_

#include <grpcpp/client_context.h>

#include <chrono>
#include <string_view>

#include "cmd/isula/client/connection.h"
#include "utils/base/result.h"

namespace isulad::client {

template <typename Stub, typename Request, typename Response>
using UnaryMethod = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

// Calls `method` of `stub`, waits for the response, and traces the call under `name`. Errors are
// described in client/errors.h.
template <typename Stub, typename Request, typename Response>
Result<Response> UnaryCall(const Connection& connection, Stub& stub, std::string_view name,
                           UnaryMethod<Stub, Request, Response> method, const Request& request) {
  const Connection::Time begin = std::chrono::steady_clock::now();
  grpc::ClientContext context;
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  RETURN_IF_ERROR(connection.Finish(name, begin, status, context));
  return response;
}

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_UNARY_CALL_H_
