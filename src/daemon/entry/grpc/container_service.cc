#include "daemon/entry/grpc/container_service.h"

#include <utility>

#include "daemon/entry/grpc/convert_container.h"
#include "daemon/entry/grpc/logs_reactor.h"
#include "daemon/entry/grpc/session_reactor.h"
#include "daemon/entry/grpc/wait_reactor.h"

namespace isulad::entry {

grpc::ServerUnaryReactor* ContainerServiceImpl::Create(Context* context,
                                                       const v1::CreateRequest* request,
                                                       v1::CreateResponse* response) {
  return RunCall(environment_, context, [this, context, request, response]() -> Status {
    Result<container::CreateReply> reply = service_->Create(FromWire(*request));
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
  return RunCall(environment_, context, [this, context, request, response]() -> Status {
    const Result<std::vector<std::string>> warnings = service_->Start(request->container());
    LogChange(environment_, context->peer(), "start", request->container(),
              warnings ? OkStatus() : Status(warnings.error()));
    RETURN_IF_ERROR(warnings);
    response->mutable_warnings()->Assign(warnings->begin(), warnings->end());
    return OkStatus();
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Stop(Context* context,
                                                     const v1::StopRequest* request,
                                                     v1::StopResponse*) {
  return RunCall(environment_, context, [this, context, request] {
    Status status =
        service_->Stop(request->container(), request->timeout_seconds(), request->force());
    LogChange(environment_, context->peer(), "stop", request->container(), status);
    return status;
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Kill(Context* context,
                                                     const v1::KillRequest* request,
                                                     v1::KillResponse*) {
  return RunCall(environment_, context, [this, context, request] {
    Status status = service_->Kill(request->container(), request->signal());
    LogChange(environment_, context->peer(), "kill", request->container(), status);
    return status;
  });
}

grpc::ServerUnaryReactor* ContainerServiceImpl::Remove(Context* context,
                                                       const v1::RemoveRequest* request,
                                                       v1::RemoveResponse* response) {
  return RunCall(environment_, context, [this, context, request, response]() -> Status {
    const Result<container::RemoveReply> reply =
        service_->Remove(request->container(), request->force());
    LogChange(environment_, context->peer(), "remove", request->container(),
              reply ? OkStatus() : Status(reply.error()));
    RETURN_IF_ERROR(reply);
    response->set_id(reply->id);
    response->mutable_notices()->Assign(reply->notices.begin(), reply->notices.end());
    return OkStatus();
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
  return new LogsReactor(service_, environment_, context, *request);
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
