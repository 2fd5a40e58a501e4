#include "daemon/entry/grpc/channel_service.h"

#include <string>
#include <utility>
#include <vector>

namespace isulad::entry {
namespace {

namespace channels_v1 = isula::channels::v1;

void ToWire(const container::ChannelSummary& summary, channels_v1::Channel* wire) {
  const host_channel::ChannelState& state = summary.state;
  wire->set_id(state.id);
  wire->set_path_on_host(state.channel.host_path);
  wire->set_size(state.channel.size);
  for (std::string& option : host_channel::FormatOptions(state.channel.options)) {
    wire->add_options(std::move(option));
  }
  wire->set_mounted(state.mounted);
  wire->set_used(state.used);
  wire->set_free(state.free);
  wire->set_inodes(state.inodes);
  wire->set_inodes_used(state.inodes_used);
  for (const container::ChannelUser& user : summary.users) {
    channels_v1::User* to = wire->add_users();
    to->set_container_id(user.id);
    to->set_container_name(user.name);
    to->set_path_in_container(user.container_path);
    to->set_permissions(std::string(host_channel::AccessName(user.access)));
  }
}

// Fills in the result of a change for the client.
Status Answer(const Result<container::ChannelChange>& change, std::string* id,
              google::protobuf::RepeatedPtrField<std::string>* warnings) {
  RETURN_IF_ERROR(change);
  *id = change->id;
  warnings->Assign(change->warnings.begin(), change->warnings.end());
  return OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* ChannelServiceImpl::List(Context* context,
                                                   const channels_v1::ListRequest* request,
                                                   channels_v1::ListResponse* response) {
  return RunCall(environment_, context, [this, request, response]() -> Status {
    ASSIGN_OR_RETURN(const std::vector<container::ChannelSummary> channels,
                     service_->List(request->container()));
    for (const container::ChannelSummary& channel : channels) {
      ToWire(channel, response->add_channels());
    }
    return OkStatus();
  });
}

grpc::ServerUnaryReactor* ChannelServiceImpl::Add(Context* context,
                                                  const channels_v1::AddRequest* request,
                                                  channels_v1::AddResponse* response) {
  return RunTask(environment_, context, [this, context, request, response]() -> Task<Status> {
    const Result<container::ChannelChange> change =
        co_await service_->Add(request->container(), request->host_channel());
    LogChange(environment_, context->peer(), "channel add", request->container(),
              change ? OkStatus() : Status(change.error()));
    co_return Answer(change, response->mutable_id(), response->mutable_warnings());
  });
}

grpc::ServerUnaryReactor* ChannelServiceImpl::Remove(Context* context,
                                                     const channels_v1::RemoveRequest* request,
                                                     channels_v1::RemoveResponse* response) {
  return RunTask(environment_, context, [this, context, request, response]() -> Task<Status> {
    const Result<container::ChannelChange> change =
        co_await service_->Remove(request->container(), request->path_on_host());
    LogChange(environment_, context->peer(), "channel rm", request->container(),
              change ? OkStatus() : Status(change.error()));
    co_return Answer(change, response->mutable_id(), response->mutable_notices());
  });
}

grpc::ServerUnaryReactor* ChannelServiceImpl::Resize(Context* context,
                                                     const channels_v1::ResizeRequest* request,
                                                     channels_v1::ResizeResponse* response) {
  return RunTask(environment_, context, [this, context, request, response]() -> Task<Status> {
    const container::ResizeRequest resize{request->path_on_host(), request->size()};
    const Result<container::ChannelChange> change =
        co_await service_->Resize(request->container(), resize);
    LogChange(environment_, context->peer(), "channel resize", request->container(),
              change ? OkStatus() : Status(change.error()));
    co_return Answer(change, response->mutable_id(), response->mutable_warnings());
  });
}

}  // namespace isulad::entry
