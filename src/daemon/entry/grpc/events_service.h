// events/v1: the events of containers.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_EVENTS_SERVICE_H_
#define ISULAD_DAEMON_ENTRY_GRPC_EVENTS_SERVICE_H_

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/events/source.h"
#include "services/events/v1/events.grpc.pb.h"

namespace isulad::entry {

class EventsServiceImpl final : public isula::events::v1::EventsService::CallbackService {
 public:
  // `source` must outlive this object.
  EventsServiceImpl(events::Source* source, CallEnvironment environment)
      : source_(source), environment_(environment) {}

 private:
  grpc::ServerWriteReactor<isula::events::v1::SubscribeResponse>* Subscribe(
      grpc::CallbackServerContext* context,
      const isula::events::v1::SubscribeRequest* request) override;

  events::Source* const source_;
  const CallEnvironment environment_;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_EVENTS_SERVICE_H_
