#include "integration/daemon/real_daemon.h"

#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "utils/os/file.h"

namespace isulad::test {
namespace {

constexpr std::chrono::seconds kStartTime(30);

void Abort(const std::string& reason) {
  std::fprintf(stderr, "the daemon under test: %s\n", reason.c_str());
  std::abort();
}

std::vector<std::string> CommandLine(const RealDaemon& daemon, const std::string& directory) {
  return {ISULAD_PROGRAM,
          "--graph=" + daemon.graph(),
          "--state=" + daemon.state(),
          "--host=unix://" + directory + "/sock",
          "--group=root",
          "--pidfile=" + directory + "/pid",
          "--config=" + directory + "/daemon.json",
          "--cgroup-parent=/isulad-test-" + std::to_string(::getpid())};
}

}  // namespace

RealDaemon::RealDaemon() {
  const std::string& directory = directory_.path();
  std::filesystem::create_directories(rootfs() + "/etc");
  std::filesystem::create_directories(shared());
  if (!os::WriteFileAtomic(directory + "/daemon.json", "{}", 0600, os::Sync::kNone)) {
    Abort("cannot write its configuration");
  }
  os::SpawnOptions options;
  options.program = ISULAD_PROGRAM;
  options.argv = CommandLine(*this, directory);
  options.env = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
  options.descriptors = {{STDERR_FILENO, STDERR_FILENO}};
  Result<os::Process> process = os::Spawn(options);
  if (!process) {
    Abort(process.error().message());
  }
  process_ = *std::move(process);
  const auto channel =
      grpc::CreateChannel("unix://" + directory + "/sock", grpc::InsecureChannelCredentials());
  if (!channel->WaitForConnected(std::chrono::system_clock::now() + kStartTime)) {
    Abort("does not answer");
  }
  stub_ = api::ContainerService::NewStub(channel);
}

RealDaemon::~RealDaemon() {
  EXPECT_TRUE(os::SendSignal(process_.pidfd, SIGTERM).has_value());
  const Result<os::ExitStatus> status = os::WaitForExit(process_.pidfd);
  EXPECT_TRUE(status.has_value() && status->ShellStatus() == 0);
}

api::CreateRequest RealDaemon::GoodRequest() const {
  api::CreateRequest request;
  request.mutable_spec()->set_image("none");
  request.mutable_spec()->mutable_process()->add_args("true");
  request.mutable_spec()->mutable_host()->set_external_rootfs(rootfs());
  return request;
}

grpc::Status RealDaemon::Create(const api::CreateRequest& request, std::string* id) {
  grpc::ClientContext context;
  api::CreateResponse response;
  const grpc::Status status = stub_->Create(&context, request, &response);
  if (id != nullptr) {
    *id = response.id();
  }
  return status;
}

grpc::Status RealDaemon::Remove(const std::string& container) {
  grpc::ClientContext context;
  api::RemoveRequest request;
  request.set_container(container);
  api::RemoveResponse response;
  return stub_->Remove(&context, request, &response);
}

std::vector<std::string> RealDaemon::Containers() {
  grpc::ClientContext context;
  api::ListRequest request;
  request.set_all(true);
  api::ListResponse response;
  EXPECT_TRUE(stub_->List(&context, request, &response).ok());
  std::vector<std::string> names;
  for (const api::ContainerSummary& container : response.containers()) {
    names.push_back(container.name());
  }
  return names;
}

std::vector<std::string> RealDaemon::Files() const {
  std::vector<std::string> files;
  for (const std::string& top : {graph(), state(), rootfs(), shared()}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top)) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace isulad::test
