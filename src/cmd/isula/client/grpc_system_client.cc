#include <grpcpp/channel.h>

#include <memory>

#include "cmd/isula/client/convert.h"
#include "cmd/isula/client/grpc_clients.h"
#include "cmd/isula/client/unary_call.h"
#include "services/system/v1/system.grpc.pb.h"

namespace isulad::client {
namespace {

using system_v1::SystemService;

class GrpcSystemClient final : public SystemClient {
 public:
  explicit GrpcSystemClient(Connection& connection)
      : connection_(connection), stub_(SystemService::NewStub(connection.channel())) {}

  Result<ServerVersion> Version() override {
    ASSIGN_OR_RETURN(const system_v1::VersionResponse response,
                     UnaryCall(connection_, *stub_, "Version", &SystemService::Stub::Version,
                               system_v1::VersionRequest()));
    return ServerVersion{response.version(), response.git_commit(), response.api_version()};
  }

  Result<SystemInfo> Info() override {
    ASSIGN_OR_RETURN(const system_v1::InfoResponse response,
                     UnaryCall(connection_, *stub_, "Info", &SystemService::Stub::Info,
                               system_v1::InfoRequest()));
    return FromProto(response);
  }

 private:
  Connection& connection_;
  std::unique_ptr<SystemService::Stub> stub_;
};

}  // namespace

std::unique_ptr<SystemClient> NewSystemClient(Connection& connection) {
  return std::make_unique<GrpcSystemClient>(connection);
}

}  // namespace isulad::client
