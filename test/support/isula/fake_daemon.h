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

#include "services/containers/v1/containers.grpc.pb.h"
#include "services/system/v1/system.grpc.pb.h"

namespace isulad::test {

namespace containers_v1 = ::isula::containers::v1;
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
  grpc::Status Logs(grpc::ServerContext*, const containers_v1::LogsRequest*,
                    grpc::ServerWriter<containers_v1::LogsResponse>* writer) override {
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
  std::function<grpc::Status(grpc::ServerContext*, AttachStream*)> attach;
  std::function<grpc::Status(grpc::ServerContext*, ExecStream*)> exec;
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
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix://" + socket(), grpc::InsecureServerCredentials());
    builder.RegisterService(&containers);
    builder.RegisterService(&system);
    server_ = builder.BuildAndStart();
  }
  ~FakeDaemon() {
    // Calls that still run are cancelled at once.
    server_->Shutdown(std::chrono::system_clock::now());
    ::unlink(socket().c_str());
    ::rmdir(directory_.c_str());
  }
  FakeDaemon(const FakeDaemon&) = delete;
  FakeDaemon& operator=(const FakeDaemon&) = delete;

  std::string socket() const { return directory_ + "/s"; }

  FakeContainerService containers;
  FakeSystemService system;

 private:
  std::string directory_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_ISULA_FAKE_DAEMON_H_
