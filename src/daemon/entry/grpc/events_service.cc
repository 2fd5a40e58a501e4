#include "daemon/entry/grpc/events_service.h"

#include <utility>

#include "daemon/entry/grpc/events_reactor.h"

namespace isulad::entry {
namespace {

events::Query FromWire(const isula::events::v1::SubscribeRequest& request) {
  events::Query query;
  if (request.has_since()) {
    query.since = Timestamp{request.since()};
  }
  if (request.has_until()) {
    query.until = Timestamp{request.until()};
  }
  query.containers.assign(request.containers().begin(), request.containers().end());
  return query;
}

}  // namespace

grpc::ServerWriteReactor<isula::events::v1::SubscribeResponse>* EventsServiceImpl::Subscribe(
    grpc::CallbackServerContext* context, const isula::events::v1::SubscribeRequest* request) {
  return new EventsReactor(source_, FromWire(*request), environment_, context);
}

}  // namespace isulad::entry
