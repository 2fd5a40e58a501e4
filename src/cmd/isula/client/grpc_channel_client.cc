#include <grpcpp/channel.h>

#include <memory>
#include <utility>

#include "cmd/isula/client/convert.h"
#include "cmd/isula/client/grpc_clients.h"
#include "cmd/isula/client/unary_call.h"
#include "services/channels/v1/channels.grpc.pb.h"

namespace isulad::client {
namespace {

namespace channels_v1 = ::isula::channels::v1;
using channels_v1::ChannelService;

Channel ChannelFromProto(const channels_v1::Channel& message) {
  Channel channel;
  channel.id = message.id();
  channel.path_on_host = message.path_on_host();
  channel.size = message.size();
  channel.options = ToStrings(message.options());
  channel.mounted = message.mounted();
  channel.used = message.used();
  channel.free = message.free();
  channel.inodes = message.inodes();
  channel.inodes_used = message.inodes_used();
  for (const channels_v1::User& user : message.users()) {
    channel.users.push_back(
        {user.container_id(), user.container_name(), user.path_in_container(), user.permissions()});
  }
  return channel;
}

class GrpcChannelClient final : public ChannelClient {
 public:
  explicit GrpcChannelClient(Connection& connection)
      : connection_(connection), stub_(ChannelService::NewStub(connection.channel())) {}

  Result<std::vector<Channel>> List(const std::string& container) override {
    channels_v1::ListRequest request;
    request.set_container(container);
    ASSIGN_OR_RETURN(
        const channels_v1::ListResponse response,
        UnaryCall(connection_, *stub_, "channels.List", &ChannelService::Stub::List, request));
    std::vector<Channel> channels;
    for (const channels_v1::Channel& channel : response.channels()) {
      channels.push_back(ChannelFromProto(channel));
    }
    return channels;
  }

  Result<ChannelChange> Add(const std::string& container, const std::string& spec) override {
    channels_v1::AddRequest request;
    request.set_container(container);
    request.set_host_channel(spec);
    ASSIGN_OR_RETURN(
        const channels_v1::AddResponse response,
        UnaryCall(connection_, *stub_, "channels.Add", &ChannelService::Stub::Add, request));
    return ChannelChange{response.id(), ToStrings(response.warnings())};
  }

  Result<ChannelChange> Remove(const std::string& container,
                               const std::string& host_path) override {
    channels_v1::RemoveRequest request;
    request.set_container(container);
    request.set_path_on_host(host_path);
    ASSIGN_OR_RETURN(
        const channels_v1::RemoveResponse response,
        UnaryCall(connection_, *stub_, "channels.Remove", &ChannelService::Stub::Remove, request));
    return ChannelChange{response.id(), ToStrings(response.notices())};
  }

  Result<ChannelChange> Resize(const std::string& container, const std::string& host_path,
                               const std::string& size) override {
    channels_v1::ResizeRequest request;
    request.set_container(container);
    request.set_path_on_host(host_path);
    request.set_size(size);
    ASSIGN_OR_RETURN(
        const channels_v1::ResizeResponse response,
        UnaryCall(connection_, *stub_, "channels.Resize", &ChannelService::Stub::Resize, request));
    return ChannelChange{response.id(), ToStrings(response.warnings())};
  }

 private:
  Connection& connection_;
  std::unique_ptr<ChannelService::Stub> stub_;
};

}  // namespace

std::unique_ptr<ChannelClient> NewChannelClient(Connection& connection) {
  return std::make_unique<GrpcChannelClient>(connection);
}

}  // namespace isulad::client
