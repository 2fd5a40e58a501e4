#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>

#include "cmd/isula/client/convert.h"
#include "cmd/isula/client/grpc_clients.h"
#include "services/system/v1/system.grpc.pb.h"

namespace isulad::client {
namespace {

using system_v1::SystemService;

class GrpcSystemClient final : public SystemClient {
 public:
  explicit GrpcSystemClient(Connection& connection)
      : connection_(connection), stub_(SystemService::NewStub(connection.channel())) {}

  Result<ServerVersion> Version() override {
    const Connection::Time begin = std::chrono::steady_clock::now();
    grpc::ClientContext context;
    system_v1::VersionResponse response;
    const grpc::Status status = stub_->Version(&context, {}, &response);
    RETURN_IF_ERROR(connection_.Finish("Version", begin, status, context));
    return ServerVersion{response.version(), response.git_commit(), response.api_version()};
  }

  Result<SystemInfo> Info() override {
    const Connection::Time begin = std::chrono::steady_clock::now();
    grpc::ClientContext context;
    system_v1::InfoResponse response;
    const grpc::Status status = stub_->Info(&context, {}, &response);
    RETURN_IF_ERROR(connection_.Finish("Info", begin, status, context));
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
