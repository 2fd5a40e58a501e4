#include "daemon/entry/grpc/system_service.h"

namespace isulad::entry {
namespace {

constexpr char kApiVersion[] = "v1";

}  // namespace

grpc::ServerUnaryReactor* SystemServiceImpl::Version(grpc::CallbackServerContext* context,
                                                     const isula::system::v1::VersionRequest*,
                                                     isula::system::v1::VersionResponse* response) {
  response->set_version(information_.version);
  response->set_git_commit(information_.git_commit);
  response->set_api_version(kApiVersion);
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerUnaryReactor* SystemServiceImpl::Info(grpc::CallbackServerContext* context,
                                                  const isula::system::v1::InfoRequest*,
                                                  isula::system::v1::InfoResponse* response) {
  return RunCall(environment_, context, [this, response] {
    const container::Counts counts = containers_->Count();
    response->set_containers(counts.all);
    response->set_containers_running(counts.running);
    response->set_containers_paused(counts.paused);
    response->set_containers_stopped(counts.stopped);
    response->set_server_version(information_.version);
    response->set_default_runtime(information_.default_runtime);
    response->mutable_runtimes()->Assign(information_.runtimes.begin(),
                                         information_.runtimes.end());
    response->set_log_driver(information_.log_driver);
    response->set_cgroup_layout(information_.cgroup_layout);
    response->set_swap_accounting(information_.swap_accounting);
    response->set_kernel_version(information_.kernel_version);
    response->set_operating_system(information_.operating_system);
    response->set_architecture(information_.architecture);
    response->set_cpus(information_.processors);
    response->set_memory_total(information_.memory_total);
    response->set_name(information_.host_name);
    response->set_root_directory(information_.graph);
    response->set_state_directory(information_.state);
    response->set_host_channel_reserved(information_.host_channel_reserved());
    response->set_host_channels(static_cast<uint32_t>(information_.host_channels()));
    response->set_host_channel_max(information_.host_channel_max);
    response->set_seccomp(true);
    response->set_host_mount_namespace(information_.host_mount_namespace);
    return OkStatus();
  });
}

}  // namespace isulad::entry
