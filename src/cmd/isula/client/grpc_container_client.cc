#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <utility>

#include "cmd/isula/client/convert.h"
#include "cmd/isula/client/grpc_clients.h"
#include "cmd/isula/client/grpc_copy.h"
#include "cmd/isula/client/grpc_logs.h"
#include "cmd/isula/client/grpc_session.h"
#include "cmd/isula/client/unary_call.h"
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

  Result<std::vector<std::string>> Restart(const std::string& container,
                                           int timeout_seconds) override {
    containers_v1::RestartRequest request;
    request.set_container(container);
    request.set_timeout_seconds(timeout_seconds);
    ASSIGN_OR_RETURN(containers_v1::RestartResponse response,
                     Call("Restart", &ContainerService::Stub::Restart, request));
    return ToStrings(response.warnings());
  }

  Result<std::vector<std::string>> Update(const std::string& container,
                                          const UpdateOptions& options) override {
    containers_v1::UpdateRequest request;
    request.set_container(container);
    ToProto(options, &request);
    ASSIGN_OR_RETURN(containers_v1::UpdateResponse response,
                     Call("Update", &ContainerService::Stub::Update, request));
    return ToStrings(response.warnings());
  }

  Result<std::vector<std::string>> Top(const std::string& container,
                                       const std::vector<std::string>& ps_arguments) override {
    containers_v1::TopRequest request;
    request.set_container(container);
    request.mutable_ps_arguments()->Assign(ps_arguments.begin(), ps_arguments.end());
    ASSIGN_OR_RETURN(containers_v1::TopResponse response,
                     Call("Top", &ContainerService::Stub::Top, request));
    return ToStrings(response.lines());
  }

  Status Pause(const std::string& container) override {
    containers_v1::PauseRequest request;
    request.set_container(container);
    RETURN_IF_ERROR(Call("Pause", &ContainerService::Stub::Pause, request));
    return OkStatus();
  }

  Status Unpause(const std::string& container) override {
    containers_v1::UnpauseRequest request;
    request.set_container(container);
    RETURN_IF_ERROR(Call("Unpause", &ContainerService::Stub::Unpause, request));
    return OkStatus();
  }

  Status Rename(const std::string& container, const std::string& name) override {
    containers_v1::RenameRequest request;
    request.set_container(container);
    request.set_name(name);
    RETURN_IF_ERROR(Call("Rename", &ContainerService::Stub::Rename, request));
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

  Result<std::vector<ContainerStats>> Stats(const std::vector<std::string>& containers,
                                            bool all) override {
    containers_v1::StatsRequest request;
    request.mutable_containers()->Assign(containers.begin(), containers.end());
    request.set_all(all);
    ASSIGN_OR_RETURN(containers_v1::StatsResponse response,
                     Call("Stats", &ContainerService::Stub::Stats, request));
    std::vector<ContainerStats> stats;
    for (const containers_v1::ContainerStats& one : response.stats()) {
      stats.push_back(FromProto(one));
    }
    return stats;
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

  Status Logs(const LogsOptions& options, const LogSink& sink) override {
    return ReadLogs(*stub_, connection_, options, sink, kReconnectTime);
  }

  Status CopyFrom(const CopyFromOptions& options, const ByteSink& sink) override {
    return client::CopyFrom(*stub_, connection_, options, sink);
  }

  Result<std::string> CopyTo(const CopyToOptions& options, const ByteSource& source) override {
    return client::CopyTo(*stub_, connection_, options, source);
  }

  Status Export(const std::string& container, const ByteSink& sink) override {
    return client::Export(*stub_, connection_, container, sink);
  }

  std::unique_ptr<StreamSession> Attach(const AttachOptions& options) override {
    return NewAttachSession(*stub_, connection_, options);
  }

  std::unique_ptr<StreamSession> Exec(const ExecOptions& options) override {
    return NewExecSession(*stub_, connection_, options);
  }

 private:
  template <typename Request, typename Response>
  Result<Response> Call(std::string_view name,
                        UnaryMethod<ContainerService::Stub, Request, Response> method,
                        const Request& request) {
    return UnaryCall(connection_, *stub_, name, method, request);
  }

  Connection& connection_;
  std::unique_ptr<ContainerService::Stub> stub_;
};

}  // namespace

std::unique_ptr<ContainerClient> NewContainerClient(Connection& connection) {
  return std::make_unique<GrpcContainerClient>(connection);
}

}  // namespace isulad::client
