// containers/v1: decodes, calls the container service, encodes. No policy here.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_CONTAINER_SERVICE_H_
#define ISULAD_DAEMON_ENTRY_GRPC_CONTAINER_SERVICE_H_

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/container/service.h"
#include "services/containers/v1/containers.grpc.pb.h"

namespace isulad::entry {

class ContainerServiceImpl final : public isula::containers::v1::ContainerService::CallbackService {
 public:
  // `service` must outlive this object.
  ContainerServiceImpl(container::Service* service, CallEnvironment environment)
      : service_(service), environment_(environment) {}

 private:
  using Context = grpc::CallbackServerContext;

  grpc::ServerUnaryReactor* Create(Context* context,
                                   const isula::containers::v1::CreateRequest* request,
                                   isula::containers::v1::CreateResponse* response) override;
  grpc::ServerUnaryReactor* Start(Context* context,
                                  const isula::containers::v1::StartRequest* request,
                                  isula::containers::v1::StartResponse* response) override;
  grpc::ServerUnaryReactor* Stop(Context* context,
                                 const isula::containers::v1::StopRequest* request,
                                 isula::containers::v1::StopResponse* response) override;
  grpc::ServerUnaryReactor* Kill(Context* context,
                                 const isula::containers::v1::KillRequest* request,
                                 isula::containers::v1::KillResponse* response) override;
  grpc::ServerUnaryReactor* Restart(Context* context,
                                    const isula::containers::v1::RestartRequest* request,
                                    isula::containers::v1::RestartResponse* response) override;
  grpc::ServerUnaryReactor* Update(Context* context,
                                   const isula::containers::v1::UpdateRequest* request,
                                   isula::containers::v1::UpdateResponse* response) override;
  grpc::ServerUnaryReactor* Pause(Context* context,
                                  const isula::containers::v1::PauseRequest* request,
                                  isula::containers::v1::PauseResponse* response) override;
  grpc::ServerUnaryReactor* Unpause(Context* context,
                                    const isula::containers::v1::UnpauseRequest* request,
                                    isula::containers::v1::UnpauseResponse* response) override;
  grpc::ServerUnaryReactor* Rename(Context* context,
                                   const isula::containers::v1::RenameRequest* request,
                                   isula::containers::v1::RenameResponse* response) override;
  grpc::ServerUnaryReactor* Remove(Context* context,
                                   const isula::containers::v1::RemoveRequest* request,
                                   isula::containers::v1::RemoveResponse* response) override;
  grpc::ServerUnaryReactor* List(Context* context,
                                 const isula::containers::v1::ListRequest* request,
                                 isula::containers::v1::ListResponse* response) override;
  grpc::ServerUnaryReactor* Stats(Context* context,
                                  const isula::containers::v1::StatsRequest* request,
                                  isula::containers::v1::StatsResponse* response) override;
  grpc::ServerUnaryReactor* Top(Context* context, const isula::containers::v1::TopRequest* request,
                                isula::containers::v1::TopResponse* response) override;
  grpc::ServerUnaryReactor* Inspect(Context* context,
                                    const isula::containers::v1::InspectRequest* request,
                                    isula::containers::v1::InspectResponse* response) override;
  grpc::ServerUnaryReactor* Wait(Context* context,
                                 const isula::containers::v1::WaitRequest* request,
                                 isula::containers::v1::WaitResponse* response) override;
  grpc::ServerWriteReactor<isula::containers::v1::LogsResponse>* Logs(
      Context* context, const isula::containers::v1::LogsRequest* request) override;
  grpc::ServerWriteReactor<isula::containers::v1::CopyData>* CopyFrom(
      Context* context, const isula::containers::v1::CopyFromRequest* request) override;
  grpc::ServerReadReactor<isula::containers::v1::CopyToRequest>* CopyTo(
      Context* context, isula::containers::v1::CopyToResponse* response) override;
  grpc::ServerWriteReactor<isula::containers::v1::CopyData>* Export(
      Context* context, const isula::containers::v1::ExportRequest* request) override;
  grpc::ServerBidiReactor<isula::containers::v1::AttachRequest,
                          isula::containers::v1::AttachResponse>*
  Attach(Context* context) override;
  grpc::ServerBidiReactor<isula::containers::v1::ExecRequest, isula::containers::v1::ExecResponse>*
  Exec(Context* context) override;

  container::Service* const service_;
  const CallEnvironment environment_;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_CONTAINER_SERVICE_H_
