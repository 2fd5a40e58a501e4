#include "daemon/entry/grpc/system_service.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "fake_service.h"

namespace isulad::entry {
namespace {

SystemInformation Sample() {
  SystemInformation information;
  information.version = "1.2.3";
  information.git_commit = "abc";
  information.default_runtime = "crun";
  information.runtimes = {"crun", "runc"};
  information.cgroup_layout = "hybrid";
  information.swap_accounting = true;
  information.kernel_version = "6.1";
  information.operating_system = "Debian";
  information.architecture = "x86_64";
  information.processors = 2;
  information.memory_total = uint64_t{8} << 30;
  information.host_name = "box";
  information.log_driver = "none";
  information.graph = "/g";
  information.state = "/s";
  information.host_mount_namespace = true;
  information.host_channel_max = 4096;
  information.host_channel_reserved = [] { return uint64_t{1024}; };
  information.host_channels = [] { return size_t{3}; };
  return information;
}

class SystemServiceTest : public ServiceTest {
 protected:
  SystemServiceTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&system_);
    system_server_ = builder.BuildAndStart();
    system_stub_ = isula::system::v1::SystemService::NewStub(system_server_->InProcessChannel({}));
  }
  ~SystemServiceTest() override {
    system_server_->Shutdown(std::chrono::system_clock::now());
    system_server_->Wait();
  }

  SystemServiceImpl system_{&service_, Sample(), {workers_.get(), &peers_}};
  std::unique_ptr<grpc::Server> system_server_;
  std::unique_ptr<isula::system::v1::SystemService::Stub> system_stub_;
};

TEST_F(SystemServiceTest, TellsTheVersion) {
  grpc::ClientContext context;
  Bound(context);
  isula::system::v1::VersionResponse response;
  ASSERT_TRUE(system_stub_->Version(&context, {}, &response).ok());
  EXPECT_EQ(response.version(), "1.2.3");
  EXPECT_EQ(response.git_commit(), "abc");
  EXPECT_EQ(response.api_version(), "v1");
}

TEST_F(SystemServiceTest, TellsWhatIsAndWhatIsNow) {
  service_.counts = {6, 2, 1, 3};
  grpc::ClientContext context;
  Bound(context);
  isula::system::v1::InfoResponse response;
  ASSERT_TRUE(system_stub_->Info(&context, {}, &response).ok());
  EXPECT_EQ(response.containers(), 6u);
  EXPECT_EQ(response.containers_running(), 2u);
  EXPECT_EQ(response.containers_paused(), 1u);
  EXPECT_EQ(response.containers_stopped(), 3u);
  EXPECT_EQ(response.server_version(), "1.2.3");
  EXPECT_EQ(response.default_runtime(), "crun");
  EXPECT_THAT(response.runtimes(), testing::ElementsAre("crun", "runc"));
  EXPECT_EQ(response.cgroup_layout(), "hybrid");
  EXPECT_TRUE(response.swap_accounting());
  EXPECT_EQ(response.kernel_version(), "6.1");
  EXPECT_EQ(response.operating_system(), "Debian");
  EXPECT_EQ(response.architecture(), "x86_64");
  EXPECT_EQ(response.cpus(), 2u);
  EXPECT_EQ(response.memory_total(), uint64_t{8} << 30);
  EXPECT_EQ(response.name(), "box");
  EXPECT_EQ(response.root_directory(), "/g");
  EXPECT_EQ(response.state_directory(), "/s");
  EXPECT_TRUE(response.host_mount_namespace());
  EXPECT_EQ(response.host_channel_max(), 4096u);
  EXPECT_EQ(response.host_channel_reserved(), 1024u);
  EXPECT_EQ(response.host_channels(), 3u);
}

}  // namespace
}  // namespace isulad::entry
