// channels/v1: decodes, calls the channel service, encodes. No policy here.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_CHANNEL_SERVICE_H_
#define ISULAD_DAEMON_ENTRY_GRPC_CHANNEL_SERVICE_H_

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/container/channel_service.h"
#include "services/channels/v1/channels.grpc.pb.h"

namespace isulad::entry {

class ChannelServiceImpl final : public isula::channels::v1::ChannelService::CallbackService {
 public:
  // `service` must outlive this object.
  ChannelServiceImpl(container::ChannelService* service, CallEnvironment environment)
      : service_(service), environment_(environment) {}

 private:
  using Context = grpc::CallbackServerContext;

  grpc::ServerUnaryReactor* List(Context* context, const isula::channels::v1::ListRequest* request,
                                 isula::channels::v1::ListResponse* response) override;
  grpc::ServerUnaryReactor* Add(Context* context, const isula::channels::v1::AddRequest* request,
                                isula::channels::v1::AddResponse* response) override;
  grpc::ServerUnaryReactor* Remove(Context* context,
                                   const isula::channels::v1::RemoveRequest* request,
                                   isula::channels::v1::RemoveResponse* response) override;
  grpc::ServerUnaryReactor* Resize(Context* context,
                                   const isula::channels::v1::ResizeRequest* request,
                                   isula::channels::v1::ResizeResponse* response) override;

  container::ChannelService* const service_;
  const CallEnvironment environment_;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_CHANNEL_SERVICE_H_
