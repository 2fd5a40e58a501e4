// A container service that a test answers for, and a gRPC server over it without a socket.
#ifndef ISULAD_TEST_UNIT_DAEMON_ENTRY_GRPC_FAKE_SERVICE_H_
#define ISULAD_TEST_UNIT_DAEMON_ENTRY_GRPC_FAKE_SERVICE_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/entry/grpc/container_service.h"
#include "daemon/entry/grpc/peers.h"
#include "daemon/modules/container/service.h"
#include "services/containers/v1/containers.grpc.pb.h"
#include "utils/os/worker_pool.h"

namespace isulad::entry {

namespace v1 = isula::containers::v1;

// Each call answers with the function of its name; a test sets those that it expects.
class FakeService final : public container::Service {
 public:
  std::function<Result<container::CreateReply>(const std::string&, const spec::ContainerSpec&)>
      create;
  std::function<Result<std::vector<std::string>>(const std::string&)> start;
  std::function<Status(const std::string&, int, bool)> stop;
  std::function<Status(const std::string&, const std::string&)> kill;
  std::function<Result<std::vector<std::string>>(const std::string&, int)> restart;
  std::function<Result<std::vector<std::string>>(const std::string&,
                                                 const container::UpdateRequest&)>
      update;
  std::function<Status(const std::string&)> pause;
  std::function<Status(const std::string&)> unpause;
  std::function<Result<container::RemoveReply>(const std::string&, bool)> remove;
  std::function<Result<std::vector<container::Summary>>(bool, const std::vector<std::string>&)>
      list;
  container::Counts counts;
  std::function<Result<std::vector<container::ContainerStats>>(const std::vector<std::string>&,
                                                               bool)>
      stats;
  std::function<Status(const std::string&, const std::string&)> rename;
  std::function<Result<std::vector<std::string>>(const std::string&,
                                                 const std::vector<std::string>&)>
      top;
  std::function<Result<std::string>(const std::string&)> inspect;
  std::function<Result<std::function<void()>>(const std::string&, std::function<void(int)>)> wait;
  std::function<Result<std::unique_ptr<logs::LogStream>>(const container::LogsRequest&)> logs;
  std::function<Result<std::unique_ptr<container::CopyStream>>(const container::CopyRequest&)> copy;
  std::function<Result<std::unique_ptr<container::Session>>(
      const container::AttachRequest&, std::shared_ptr<container::SessionObserver>)>
      attach;
  std::function<Result<std::unique_ptr<container::Session>>(
      const container::ExecRequest&, std::shared_ptr<container::SessionObserver>)>
      exec;

  Result<container::CreateReply> Create(const std::string& name,
                                        const spec::ContainerSpec& spec) override {
    return create(name, spec);
  }
  Task<Result<std::vector<std::string>>> Start(std::string reference) override {
    co_return start(reference);
  }
  Task<Status> Stop(std::string reference, int timeout_seconds, bool force) override {
    co_return stop(reference, timeout_seconds, force);
  }
  Task<Status> Kill(std::string reference, std::string signal) override {
    co_return kill(reference, signal);
  }
  Task<Result<std::vector<std::string>>> Restart(std::string reference,
                                                 int timeout_seconds) override {
    co_return restart(reference, timeout_seconds);
  }
  Task<Result<std::vector<std::string>>> Update(std::string reference,
                                                container::UpdateRequest request) override {
    co_return update(reference, request);
  }
  Task<Status> Pause(std::string reference) override { co_return pause(reference); }
  Task<Status> Unpause(std::string reference) override { co_return unpause(reference); }
  Task<Status> Rename(std::string reference, std::string name) override {
    co_return rename(reference, name);
  }
  Task<Result<container::RemoveReply>> Remove(std::string reference, bool force) override {
    co_return remove(reference, force);
  }
  Result<std::vector<container::Summary>> List(bool all,
                                               const std::vector<std::string>& filters) override {
    return list(all, filters);
  }
  container::Counts Count() override { return counts; }
  Result<std::vector<container::ContainerStats>> Stats(const std::vector<std::string>& references,
                                                       bool all) override {
    return stats(references, all);
  }
  Result<std::vector<std::string>> Top(const std::string& reference,
                                       const std::vector<std::string>& ps_arguments) override {
    return top(reference, ps_arguments);
  }
  Result<std::string> Inspect(const std::string& reference) override { return inspect(reference); }
  Result<std::function<void()>> Wait(const std::string& reference,
                                     std::function<void(int)> done) override {
    return wait(reference, std::move(done));
  }
  Result<std::unique_ptr<logs::LogStream>> Logs(const container::LogsRequest& request) override {
    return logs(request);
  }
  Task<Result<std::unique_ptr<container::CopyStream>>> Copy(
      container::CopyRequest request) override {
    co_return copy(request);
  }
  Task<Result<std::unique_ptr<container::Session>>> Attach(
      container::AttachRequest request,
      std::shared_ptr<container::SessionObserver> observer) override {
    co_return attach(request, std::move(observer));
  }
  Task<Result<std::unique_ptr<container::Session>>> Exec(
      container::ExecRequest request,
      std::shared_ptr<container::SessionObserver> observer) override {
    co_return exec(request, std::move(observer));
  }
};

class ServiceTest : public testing::Test {
 protected:
  ServiceTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&grpc_service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::ContainerService::NewStub(server_->InProcessChannel({}));
  }
  ~ServiceTest() override { StopServer(); }

  // Ends all calls, and returns when the service is not used any more.
  void StopServer() {
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
    workers_->Drain();
  }

  // A call that hangs fails instead of stopping all tests.
  static void Bound(grpc::ClientContext& context) {
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  }

  // The value of the trailing metadata that tells a command's exit status; empty where none came.
  static std::string ExitStatusOf(const grpc::ClientContext& context) {
    const auto& trailers = context.GetServerTrailingMetadata();
    const auto found = trailers.find("isula-exit-status");
    return found == trailers.end() ? "" : std::string(found->second.data(), found->second.size());
  }

  FakeService service_;
  Peers peers_;
  std::unique_ptr<os::WorkerPool> workers_ = *os::WorkerPool::Create(8);
  ContainerServiceImpl grpc_service_{&service_, {workers_.get(), &peers_}};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::ContainerService::Stub> stub_;
};

}  // namespace isulad::entry

#endif  // ISULAD_TEST_UNIT_DAEMON_ENTRY_GRPC_FAKE_SERVICE_H_
