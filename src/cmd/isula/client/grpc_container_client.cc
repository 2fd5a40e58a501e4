#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <string>
#include <utility>

#include "cmd/isula/client/convert.h"
#include "cmd/isula/client/grpc_clients.h"
#include "cmd/isula/client/grpc_session.h"
#include "services/containers/v1/containers.grpc.pb.h"

namespace isulad::client {
namespace {

using containers_v1::ContainerService;

class GrpcContainerClient final : public ContainerClient {
 public:
  explicit GrpcContainerClient(Connection& connection)
      : connection_(connection), stub_(ContainerService::NewStub(connection.channel())) {}

  Result<Created> Create(const ContainerOptions& options) override {
    containers_v1::CreateRequest request;
    ToProto(options, &request);
    ASSIGN_OR_RETURN(containers_v1::CreateResponse response,
                     Call("Create", &ContainerService::Stub::Create, request));
    return Created{response.id(), ToStrings(response.warnings())};
  }

  Result<std::vector<std::string>> Start(const std::string& container) override {
    containers_v1::StartRequest request;
    request.set_container(container);
    ASSIGN_OR_RETURN(containers_v1::StartResponse response,
                     Call("Start", &ContainerService::Stub::Start, request));
    return ToStrings(response.warnings());
  }

  Status Stop(const std::string& container, int timeout_seconds, bool force) override {
    containers_v1::StopRequest request;
    request.set_container(container);
    request.set_timeout_seconds(timeout_seconds);
    request.set_force(force);
    RETURN_IF_ERROR(Call("Stop", &ContainerService::Stub::Stop, request));
    return OkStatus();
  }

  Status Kill(const std::string& container, const std::string& signal) override {
    containers_v1::KillRequest request;
    request.set_container(container);
    request.set_signal(signal);
    RETURN_IF_ERROR(Call("Kill", &ContainerService::Stub::Kill, request));
    return OkStatus();
  }

  Result<Removed> Remove(const std::string& container, bool force) override {
    containers_v1::RemoveRequest request;
    request.set_container(container);
    request.set_force(force);
    ASSIGN_OR_RETURN(containers_v1::RemoveResponse response,
                     Call("Remove", &ContainerService::Stub::Remove, request));
    return Removed{response.id(), ToStrings(response.notices())};
  }

  Result<std::vector<ContainerSummary>> List(bool all,
                                             const std::vector<std::string>& filters) override {
    containers_v1::ListRequest request;
    request.set_all(all);
    request.mutable_filters()->Assign(filters.begin(), filters.end());
    ASSIGN_OR_RETURN(containers_v1::ListResponse response,
                     Call("List", &ContainerService::Stub::List, request));
    std::vector<ContainerSummary> containers;
    for (const containers_v1::ContainerSummary& summary : response.containers()) {
      containers.push_back(FromProto(summary));
    }
    return containers;
  }

  Result<std::string> Inspect(const std::string& container) override {
    containers_v1::InspectRequest request;
    request.set_container(container);
    ASSIGN_OR_RETURN(containers_v1::InspectResponse response,
                     Call("Inspect", &ContainerService::Stub::Inspect, request));
    return std::move(*response.mutable_json());
  }

  Result<int> Wait(const std::string& container) override {
    containers_v1::WaitRequest request;
    request.set_container(container);
    ASSIGN_OR_RETURN(containers_v1::WaitResponse response,
                     Call("Wait", &ContainerService::Stub::Wait, request));
    return static_cast<int>(response.exit_code());
  }

  Status Logs(const std::string& container, int64_t tail, const LogSink& sink) override {
    const Connection::Time begin = std::chrono::steady_clock::now();
    containers_v1::LogsRequest request;
    request.set_container(container);
    request.set_tail(tail);
    grpc::ClientContext context;
    const auto reader = stub_->Logs(&context, request);
    containers_v1::LogsResponse response;
    while (reader->Read(&response)) {
      if (Status taken = sink({response.stdout(), response.stderr()}); !taken) {
        context.TryCancel();
        // Ended by us: the sink's error is the one to report.
        static_cast<void>(reader->Finish());
        return taken;
      }
    }
    return connection_.Finish("Logs", begin, reader->Finish(), context);
  }

  std::unique_ptr<StreamSession> Attach(const AttachOptions& options) override {
    return NewAttachSession(*stub_, connection_, options);
  }

  std::unique_ptr<StreamSession> Exec(const ExecOptions& options) override {
    return NewExecSession(*stub_, connection_, options);
  }

 private:
  template <typename Request, typename Response>
  using Method = grpc::Status (ContainerService::Stub::*)(grpc::ClientContext*, const Request&,
                                                          Response*);

  template <typename Request, typename Response>
  Result<Response> Call(std::string_view name, Method<Request, Response> method,
                        const Request& request) {
    const Connection::Time begin = std::chrono::steady_clock::now();
    grpc::ClientContext context;
    Response response;
    const grpc::Status status = (stub_.get()->*method)(&context, request, &response);
    RETURN_IF_ERROR(connection_.Finish(name, begin, status, context));
    return response;
  }

  Connection& connection_;
  std::unique_ptr<ContainerService::Stub> stub_;
};

}  // namespace

std::unique_ptr<ContainerClient> NewContainerClient(Connection& connection) {
  return std::make_unique<GrpcContainerClient>(connection);
}

}  // namespace isulad::client
