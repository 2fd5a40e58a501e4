#include "daemon/entry/grpc/container_service.h"

#include <utility>

#include "daemon/entry/grpc/convert_container.h"
#include "daemon/entry/grpc/download_reactor.h"
#include "daemon/entry/grpc/logs_reactor.h"
#include "daemon/entry/grpc/session_reactor.h"
#include "daemon/entry/grpc/upload_reactor.h"
#include "daemon/entry/grpc/wait_reactor.h"

namespace isulad::entry {

grpc::ServerUnaryReactor* ContainerServiceImpl::Create(Context* context,
                                                       const v1::CreateRequest* request,
                                                       v1::CreateResponse* response) {
  return RunCall(environment_, context, [this, context, request, response]() -> Status {
    Result<container::CreateReply> reply = service_->Create(request->name(), request->spec());
    LogChange(environment_, context->peer(), "create", reply ? reply->id : request->name(),
              reply ? OkStatus() : Status(reply.error()));
    RETURN_IF_ERROR(reply);
    response->set_id(reply->id);
    response->mutable_warnings()->Assign(reply->warnings.begin(), reply->warnings.end());
    return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Start(Context* context,
                                                      const v1::StartRequest* request,
                                                      v1::StartResponse* response) {
  return RunTask(environment_, context, [this, context, request, response]() -> Task<Status> {
    const Result<std::vector<std::string>> warnings =
        co_await service_->Start(request->container());
    LogChange(environment_, context->peer(), "start", request->container(),
              warnings ? OkStatus() : Status(warnings.error()));
    CO_RETURN_IF_ERROR(warnings);
    response->mutable_warnings()->Assign(warnings->begin(), warnings->end());
    co_return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Stop(Context* context,
                                                     const v1::StopRequest* request,
                                                     v1::StopResponse*) {
  return RunTask(environment_, context, [this, context, request]() -> Task<Status> {
    Status status =
        co_await service_->Stop(request->container(), request->timeout_seconds(), request->force());
    LogChange(environment_, context->peer(), "stop", request->container(), status);
    co_return status;
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Kill(Context* context,
                                                     const v1::KillRequest* request,
                                                     v1::KillResponse*) {
  return RunTask(environment_, context, [this, context, request]() -> Task<Status> {
    Status status = co_await service_->Kill(request->container(), request->signal());
    LogChange(environment_, context->peer(), "kill", request->container(), status);
    co_return status;
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Restart(Context* context,
                                                        const v1::RestartRequest* request,
                                                        v1::RestartResponse* response) {
  return RunTask(environment_, context, [this, context, request, response]() -> Task<Status> {
    const Result<std::vector<std::string>> warnings =
        co_await service_->Restart(request->container(), request->timeout_seconds());
    LogChange(environment_, context->peer(), "restart", request->container(),
              warnings ? OkStatus() : Status(warnings.error()));
    CO_RETURN_IF_ERROR(warnings);
    response->mutable_warnings()->Assign(warnings->begin(), warnings->end());
    co_return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Update(Context* context,
                                                       const v1::UpdateRequest* request,
                                                       v1::UpdateResponse* response) {
  return RunTask(environment_, context, [this, context, request, response]() -> Task<Status> {
    const Result<std::vector<std::string>> warnings =
        co_await service_->Update(request->container(), FromWire(*request));
    LogChange(environment_, context->peer(), "update", request->container(),
              warnings ? OkStatus() : Status(warnings.error()));
    CO_RETURN_IF_ERROR(warnings);
    response->mutable_warnings()->Assign(warnings->begin(), warnings->end());
    co_return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Pause(Context* context,
                                                      const v1::PauseRequest* request,
                                                      v1::PauseResponse*) {
  return RunTask(environment_, context, [this, context, request]() -> Task<Status> {
    Status status = co_await service_->Pause(request->container());
    LogChange(environment_, context->peer(), "pause", request->container(), status);
    co_return status;
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Unpause(Context* context,
                                                        const v1::UnpauseRequest* request,
                                                        v1::UnpauseResponse*) {
  return RunTask(environment_, context, [this, context, request]() -> Task<Status> {
    Status status = co_await service_->Unpause(request->container());
    LogChange(environment_, context->peer(), "unpause", request->container(), status);
    co_return status;
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Rename(Context* context,
                                                       const v1::RenameRequest* request,
                                                       v1::RenameResponse*) {
  return RunTask(environment_, context, [this, context, request]() -> Task<Status> {
    Status status = co_await service_->Rename(request->container(), request->name());
    LogChange(environment_, context->peer(), "rename", request->container(), status);
    co_return status;
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Remove(Context* context,
                                                       const v1::RemoveRequest* request,
                                                       v1::RemoveResponse* response) {
  return RunTask(environment_, context, [this, context, request, response]() -> Task<Status> {
    const Result<container::RemoveReply> reply =
        co_await service_->Remove(request->container(), request->force());
    LogChange(environment_, context->peer(), "remove", request->container(),
              reply ? OkStatus() : Status(reply.error()));
    CO_RETURN_IF_ERROR(reply);
    response->set_id(reply->id);
    response->mutable_notices()->Assign(reply->notices.begin(), reply->notices.end());
    co_return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::List(Context* context,
                                                     const v1::ListRequest* request,
                                                     v1::ListResponse* response) {
  return RunCall(environment_, context, [this, request, response]() -> Status {
    const std::vector<std::string> filters(request->filters().begin(), request->filters().end());
    ASSIGN_OR_RETURN(const std::vector<container::Summary> summaries,
                     service_->List(request->all(), filters));
    for (const container::Summary& summary : summaries) {
      ToWire(summary, response->add_containers());
    }
    return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Stats(Context* context,
                                                      const v1::StatsRequest* request,
                                                      v1::StatsResponse* response) {
  return RunCall(environment_, context, [this, request, response]() -> Status {
    const std::vector<std::string> references(request->containers().begin(),
                                              request->containers().end());
    ASSIGN_OR_RETURN(const std::vector<container::ContainerStats> stats,
                     service_->Stats(references, request->all()));
    for (const container::ContainerStats& one : stats) {
      ToWire(one, response->add_stats());
    }
    return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Top(Context* context, const v1::TopRequest* request,
                                                    v1::TopResponse* response) {
  return RunCall(environment_, context, [this, request, response]() -> Status {
    ASSIGN_OR_RETURN(const std::vector<std::string> lines,
                     service_->Top(request->container(), {request->ps_arguments().begin(),
                                                          request->ps_arguments().end()}));
    response->mutable_lines()->Assign(lines.begin(), lines.end());
    return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Inspect(Context* context,
                                                        const v1::InspectRequest* request,
                                                        v1::InspectResponse* response) {
  return RunCall(environment_, context, [this, request, response]() -> Status {
    ASSIGN_OR_RETURN(*response->mutable_json(), service_->Inspect(request->container()));
    return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Wait(Context* context,
                                                     const v1::WaitRequest* request,
                                                     v1::WaitResponse* response) {
  return new WaitReactor(service_, environment_, context, *request, response);
}

grpc::ServerWriteReactor<v1::LogsResponse>* ContainerServiceImpl::Logs(
    Context* context, const v1::LogsRequest* request) {
  return LogsReactor::Create(service_, environment_, context, *request);
}

grpc::ServerWriteReactor<v1::CopyData>* ContainerServiceImpl::CopyFrom(
    Context* context, const v1::CopyFromRequest* request) {
  return DownloadReactor::Create(service_, environment_, context,
                                 {shim::CopyVerb::kFrom, request->container(), request->path(),
                                  request->follow_link(), false});
}

grpc::ServerReadReactor<v1::CopyToRequest>* ContainerServiceImpl::CopyTo(
    Context* context, v1::CopyToResponse* response) {
  return UploadReactor::Create(service_, environment_, context, response);
}

grpc::ServerWriteReactor<v1::CopyData>* ContainerServiceImpl::Export(
    Context* context, const v1::ExportRequest* request) {
  return DownloadReactor::Create(
      service_, environment_, context,
      {shim::CopyVerb::kExport, request->container(), std::string(), false, false});
}

grpc::ServerBidiReactor<v1::AttachRequest, v1::AttachResponse>* ContainerServiceImpl::Attach(
    Context* context) {
  return SessionReactor<AttachCall>::Create(service_, environment_, context);
}

grpc::ServerBidiReactor<v1::ExecRequest, v1::ExecResponse>* ContainerServiceImpl::Exec(
    Context* context) {
  return SessionReactor<ExecCall>::Create(service_, environment_, context);
}

}  // namespace isulad::entry
