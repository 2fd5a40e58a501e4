// A real gRPC server on a real unix socket; what its services do is set by the test.
#ifndef ISULAD_TEST_SUPPORT_ISULA_FAKE_DAEMON_H_
#define ISULAD_TEST_SUPPORT_ISULA_FAKE_DAEMON_H_

#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

#include "services/channels/v1/channels.grpc.pb.h"
#include "services/containers/v1/containers.grpc.pb.h"
#include "services/events/v1/events.grpc.pb.h"
#include "services/system/v1/system.grpc.pb.h"

namespace isulad::test {

namespace channels_v1 = ::isula::channels::v1;
namespace containers_v1 = ::isula::containers::v1;
namespace events_v1 = ::isula::events::v1;
namespace system_v1 = ::isula::system::v1;

class FakeContainerService final : public containers_v1::ContainerService::Service {
 public:
  using AttachStream =
      grpc::ServerReaderWriter<containers_v1::AttachResponse, containers_v1::AttachRequest>;
  using ExecStream =
      grpc::ServerReaderWriter<containers_v1::ExecResponse, containers_v1::ExecRequest>;

  grpc::Status Create(grpc::ServerContext*, const containers_v1::CreateRequest* request,
                      containers_v1::CreateResponse* response) override {
    created = *request;
    response->set_id(std::string(64, 'b'));
    response->add_warnings("careful");
    return create_status;
  }
  grpc::Status Start(grpc::ServerContext* context, const containers_v1::StartRequest*,
                     containers_v1::StartResponse*) override {
    if (!exit_status.empty()) {
      context->AddTrailingMetadata("isula-exit-status", exit_status);
      return {grpc::StatusCode::FAILED_PRECONDITION, "exec \"nosuch\": not there"};
    }
    return grpc::Status::OK;
  }
  grpc::Status Remove(grpc::ServerContext*, const containers_v1::RemoveRequest*,
                      containers_v1::RemoveResponse*) override {
    return remove_status;
  }
  grpc::Status List(grpc::ServerContext*, const containers_v1::ListRequest*,
                    containers_v1::ListResponse* response) override {
    containers_v1::ContainerSummary* summary = response->add_containers();
    summary->set_id(std::string(64, 'c'));
    summary->set_status("exited");
    summary->set_exit_code(137);
    summary->add_command("init");
    return grpc::Status::OK;
  }
  grpc::Status Stats(grpc::ServerContext*, const containers_v1::StatsRequest* request,
                     containers_v1::StatsResponse* response) override {
    for (const std::string& name : request->containers()) {
      containers_v1::ContainerStats* stats = response->add_stats();
      stats->set_name(name);
      stats->set_read_at(5);
      stats->set_memory(4096);
      stats->set_channels(2);
      stats->set_channels_size(8192);
    }
    return grpc::Status::OK;
  }
  using LogsWriter = grpc::ServerWriter<containers_v1::LogsResponse>;
  grpc::Status Logs(grpc::ServerContext* context, const containers_v1::LogsRequest* request,
                    LogsWriter* writer) override {
    if (logs) {
      return logs(context, *request, writer);
    }
    containers_v1::LogsResponse response;
    response.set_stdout(std::string("a\0b", 3));
    writer->Write(response);
    response.Clear();
    response.set_stderr("e");
    writer->Write(response);
    return grpc::Status::OK;
  }
  grpc::Status Attach(grpc::ServerContext* context, AttachStream* stream) override {
    return attach(context, stream);
  }
  grpc::Status Exec(grpc::ServerContext* context, ExecStream* stream) override {
    return exec(context, stream);
  }

  containers_v1::CreateRequest created;
  grpc::Status create_status;
  grpc::Status remove_status;
  std::string exit_status;  // of a failed start
  std::function<grpc::Status(grpc::ServerContext*, const containers_v1::LogsRequest&, LogsWriter*)>
      logs;
  std::function<grpc::Status(grpc::ServerContext*, AttachStream*)> attach;
  std::function<grpc::Status(grpc::ServerContext*, ExecStream*)> exec;
};

class FakeChannelService final : public channels_v1::ChannelService::Service {
 public:
  grpc::Status List(grpc::ServerContext*, const channels_v1::ListRequest* request,
                    channels_v1::ListResponse* response) override {
    listed = *request;
    channels_v1::Channel* channel = response->add_channels();
    channel->set_id("abc");
    channel->set_path_on_host("/srv/c");
    channel->set_size(4096);
    channel->add_options("symlinks");
    channel->set_mounted(true);
    channel->set_used(1);
    channel->set_free(2);
    channel->set_inodes(3);
    channel->set_inodes_used(4);
    channels_v1::User* user = channel->add_users();
    user->set_container_id("def");
    user->set_container_name("web");
    user->set_path_in_container("/c");
    user->set_permissions("ro");
    return grpc::Status::OK;
  }

  grpc::Status Add(grpc::ServerContext*, const channels_v1::AddRequest* request,
                   channels_v1::AddResponse* response) override {
    added = *request;
    response->set_id("abc");
    response->add_warnings("careful");
    return grpc::Status::OK;
  }

  grpc::Status Remove(grpc::ServerContext*, const channels_v1::RemoveRequest* request,
                      channels_v1::RemoveResponse* response) override {
    removed = *request;
    response->set_id("abc");
    response->add_notices("busy");
    return grpc::Status::OK;
  }

  grpc::Status Resize(grpc::ServerContext*, const channels_v1::ResizeRequest* request,
                      channels_v1::ResizeResponse* response) override {
    resized = *request;
    response->set_id("abc");
    response->add_warnings("careful");
    return grpc::Status::OK;
  }

  channels_v1::ListRequest listed;
  channels_v1::AddRequest added;
  channels_v1::RemoveRequest removed;
  channels_v1::ResizeRequest resized;
};

class FakeEventsService final : public events_v1::EventsService::Service {
 public:
  grpc::Status Subscribe(grpc::ServerContext*, const events_v1::SubscribeRequest* request,
                         grpc::ServerWriter<events_v1::SubscribeResponse>* writer) override {
    asked = *request;
    events_v1::SubscribeResponse response;
    response.set_missed(2);
    events_v1::Event* event = response.add_events();
    event->set_time(5);
    event->set_type("die");
    event->set_container_id("abc");
    event->set_container_name("web");
    events_v1::Attribute* attribute = event->add_attributes();
    attribute->set_key("exitCode");
    attribute->set_value("3");
    writer->Write(response);
    return grpc::Status::OK;
  }

  events_v1::SubscribeRequest asked;
};

class FakeSystemService final : public system_v1::SystemService::Service {
 public:
  grpc::Status Version(grpc::ServerContext*, const system_v1::VersionRequest*,
                       system_v1::VersionResponse* response) override {
    response->set_version("9.9");
    response->set_api_version("v1");
    return grpc::Status::OK;
  }
  grpc::Status Info(grpc::ServerContext*, const system_v1::InfoRequest*,
                    system_v1::InfoResponse* response) override {
    response->set_containers(3);
    response->add_runtimes("crun");
    return grpc::Status::OK;
  }
};

// Serves in a directory of its own until destroyed.
class FakeDaemon {
 public:
  FakeDaemon() {
    char name[] = "/tmp/isula-test-XXXXXX";
    directory_ = ::mkdtemp(name);
    Start();
  }
  ~FakeDaemon() {
    Stop();
    ::rmdir(directory_.c_str());
  }
  FakeDaemon(const FakeDaemon&) = delete;
  FakeDaemon& operator=(const FakeDaemon&) = delete;

  std::string socket() const { return directory_ + "/s"; }

  // Serves on the same socket again.
  void Start() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix://" + socket(), grpc::InsecureServerCredentials());
    builder.RegisterService(&containers);
    builder.RegisterService(&channels);
    builder.RegisterService(&events);
    builder.RegisterService(&system);
    server_ = builder.BuildAndStart();
  }
  // Calls that still run are cancelled at once.
  void Stop() {
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
    server_.reset();
    ::unlink(socket().c_str());
  }

  FakeContainerService containers;
  FakeChannelService channels;
  FakeEventsService events;
  FakeSystemService system;

 private:
  std::string directory_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_ISULA_FAKE_DAEMON_H_
