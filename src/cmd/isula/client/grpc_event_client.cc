#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <chrono>
#include <memory>

#include "cmd/isula/client/grpc_clients.h"
#include "services/events/v1/events.grpc.pb.h"

namespace isulad::client {
namespace {

namespace v1 = ::isula::events::v1;

v1::SubscribeRequest ToProto(const EventQuery& query) {
  v1::SubscribeRequest request;
  if (query.since) {
    request.set_since(*query.since);
  }
  if (query.until) {
    request.set_until(*query.until);
  }
  request.mutable_containers()->Assign(query.containers.begin(), query.containers.end());
  return request;
}

EventBatch BatchFromProto(const v1::SubscribeResponse& response) {
  EventBatch batch;
  batch.missed = response.missed();
  for (const v1::Event& event : response.events()) {
    ContainerEvent& added = batch.events.emplace_back();
    added.time = event.time();
    added.type = event.type();
    added.id = event.container_id();
    added.name = event.container_name();
    for (const v1::Attribute& attribute : event.attributes()) {
      added.attributes.emplace_back(attribute.key(), attribute.value());
    }
  }
  return batch;
}

class GrpcEventClient final : public EventClient {
 public:
  explicit GrpcEventClient(Connection& connection)
      : connection_(connection), stub_(v1::EventsService::NewStub(connection.channel())) {}

  Status Subscribe(const EventQuery& query, const EventSink& sink) override {
    const Connection::Time begin = std::chrono::steady_clock::now();
    grpc::ClientContext context;
    const auto reader = stub_->Subscribe(&context, ToProto(query));
    v1::SubscribeResponse response;
    while (reader->Read(&response)) {
      if (Status taken = sink(BatchFromProto(response)); !taken) {
        context.TryCancel();
        // Cancelled here: the sink's error is the one to report.
        static_cast<void>(reader->Finish());
        return taken;
      }
    }
    return connection_.Finish("Subscribe", begin, reader->Finish(), context);
  }

 private:
  Connection& connection_;
  std::unique_ptr<v1::EventsService::Stub> stub_;
};

}  // namespace

std::unique_ptr<EventClient> NewEventClient(Connection& connection) {
  return std::make_unique<GrpcEventClient>(connection);
}

}  // namespace isulad::client
