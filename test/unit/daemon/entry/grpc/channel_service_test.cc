#include "daemon/entry/grpc/channel_service.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fake_service.h"

namespace isulad::entry {
namespace {

namespace channels_v1 = isula::channels::v1;

// Each call answers with the function of its name.
class FakeChannels final : public container::ChannelService {
 public:
  std::function<Result<std::vector<container::ChannelSummary>>(const std::string&)> list;

  std::function<Result<container::ChannelChange>(const std::string&,
                                                 const container::ResizeRequest&)>
      resize;

  using Change =
      std::function<Result<container::ChannelChange>(const std::string&, const std::string&)>;
  Change add;
  Change remove;

  Result<std::vector<container::ChannelSummary>> List(const std::string& reference) override {
    return list(reference);
  }
  Task<Result<container::ChannelChange>> Add(std::string reference, std::string spec) override {
    co_return add(reference, spec);
  }
  Task<Result<container::ChannelChange>> Remove(std::string reference,
                                                std::string host_path) override {
    co_return remove(reference, host_path);
  }
  Task<Result<container::ChannelChange>> Resize(std::string reference,
                                                container::ResizeRequest request) override {
    co_return resize(reference, request);
  }
};

class ChannelServiceTest : public ServiceTest {
 protected:
  ChannelServiceTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&impl_);
    channel_server_ = builder.BuildAndStart();
    channel_stub_ = channels_v1::ChannelService::NewStub(channel_server_->InProcessChannel({}));
  }
  ~ChannelServiceTest() override {
    channel_server_->Shutdown(std::chrono::system_clock::now());
    channel_server_->Wait();
  }

  FakeChannels channels_;
  ChannelServiceImpl impl_{&channels_, {workers_.get(), &peers_}};
  std::unique_ptr<grpc::Server> channel_server_;
  std::unique_ptr<channels_v1::ChannelService::Stub> channel_stub_;
};

TEST_F(ChannelServiceTest, ListsWhatTheServiceTells) {
  channels_.list =
      [](const std::string& reference) -> Result<std::vector<container::ChannelSummary>> {
    EXPECT_EQ(reference, "web");
    container::ChannelSummary summary;
    summary.state.id = "abc";
    summary.state.channel = {"/srv/c", "/c", host_channel::Access::kReadOnly, 8192, {}};
    summary.state.channel.options.symlinks = true;
    summary.state.mounted = true;
    summary.state.used = 4096;
    summary.state.free = 4095;
    summary.state.inodes = 256;
    summary.state.inodes_used = 3;
    summary.users = {{"def", "web", "/c", host_channel::Access::kReadOnly}};
    return std::vector<container::ChannelSummary>{summary};
  };
  grpc::ClientContext context;
  Bound(context);
  channels_v1::ListRequest request;
  request.set_container("web");
  channels_v1::ListResponse response;
  ASSERT_TRUE(channel_stub_->List(&context, request, &response).ok());
  ASSERT_EQ(response.channels_size(), 1);
  const channels_v1::Channel& channel = response.channels(0);
  EXPECT_EQ(channel.id(), "abc");
  EXPECT_EQ(channel.path_on_host(), "/srv/c");
  EXPECT_EQ(channel.size(), 8192u);
  EXPECT_THAT(channel.options(), testing::ElementsAre("symlinks"));
  EXPECT_TRUE(channel.mounted());
  EXPECT_EQ(channel.used(), 4096u);
  EXPECT_EQ(channel.free(), 4095u);
  EXPECT_EQ(channel.inodes(), 256u);
  EXPECT_EQ(channel.inodes_used(), 3u);
  ASSERT_EQ(channel.users_size(), 1);
  EXPECT_EQ(channel.users(0).container_id(), "def");
  EXPECT_EQ(channel.users(0).container_name(), "web");
  EXPECT_EQ(channel.users(0).path_in_container(), "/c");
  EXPECT_EQ(channel.users(0).permissions(), "ro");
}

TEST_F(ChannelServiceTest, Resizes) {
  channels_.resize =
      [](const std::string& reference,
         const container::ResizeRequest& request) -> Result<container::ChannelChange> {
    EXPECT_EQ(reference + request.host_path + request.size, "web/srv/c2M");
    return container::ChannelChange{"abc", {"careful"}};
  };
  grpc::ClientContext context;
  Bound(context);
  channels_v1::ResizeRequest request;
  request.set_container("web");
  request.set_path_on_host("/srv/c");
  request.set_size("2M");
  channels_v1::ResizeResponse response;
  ASSERT_TRUE(channel_stub_->Resize(&context, request, &response).ok());
  EXPECT_EQ(response.id(), "abc");
  EXPECT_THAT(response.warnings(), testing::ElementsAre("careful"));
}

TEST_F(ChannelServiceTest, AddsAndRemoves) {
  channels_.add = [](const std::string& reference, const std::string& spec) {
    EXPECT_EQ(reference + spec, "web/srv/c:/c");
    return Result<container::ChannelChange>(container::ChannelChange{"abc", {"careful"}});
  };
  channels_.remove = [](const std::string& reference, const std::string& host_path) {
    EXPECT_EQ(reference + host_path, "web/srv/c");
    return Result<container::ChannelChange>(container::ChannelChange{"abc", {"busy"}});
  };
  grpc::ClientContext adding;
  Bound(adding);
  channels_v1::AddRequest add;
  add.set_container("web");
  add.set_host_channel("/srv/c:/c");
  channels_v1::AddResponse added;
  ASSERT_TRUE(channel_stub_->Add(&adding, add, &added).ok());
  EXPECT_EQ(added.id() + added.warnings(0), "abccareful");
  grpc::ClientContext removing;
  Bound(removing);
  channels_v1::RemoveRequest remove;
  remove.set_container("web");
  remove.set_path_on_host("/srv/c");
  channels_v1::RemoveResponse removed;
  ASSERT_TRUE(channel_stub_->Remove(&removing, remove, &removed).ok());
  EXPECT_EQ(removed.id() + removed.notices(0), "abcbusy");
}

TEST_F(ChannelServiceTest, PassesARefusalOn) {
  channels_.list = [](const std::string&) -> Result<std::vector<container::ChannelSummary>> {
    return NotFound("No such container: web");
  };
  grpc::ClientContext context;
  Bound(context);
  channels_v1::ListResponse response;
  const grpc::Status status = channel_stub_->List(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "No such container: web");
}

}  // namespace
}  // namespace isulad::entry
