#include "daemon/entry/grpc/status_map.h"

#include <string>

namespace isulad::entry {
namespace {

constexpr char kExitStatusKey[] = "isula-exit-status";

}  // namespace

grpc::Status ToGrpc(const Error& error, grpc::CallbackServerContext* context) {
  if (error.exit_code() != 0) {
    context->AddTrailingMetadata(kExitStatusKey, std::to_string(error.exit_code()));
  }
  return {static_cast<grpc::StatusCode>(error.code()), error.message()};
}

}  // namespace isulad::entry
