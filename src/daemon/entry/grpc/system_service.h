// system/v1: information about the daemon and its host.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_SYSTEM_SERVICE_H_
#define ISULAD_DAEMON_ENTRY_GRPC_SYSTEM_SERVICE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/container/service.h"
#include "services/system/v1/system.grpc.pb.h"

namespace isulad::entry {

// Facts that do not change while the daemon runs; main() fills them in.
struct SystemInformation {
  std::string version;
  std::string git_commit;
  std::string default_runtime;
  std::vector<std::string> runtimes;
  std::string cgroup_layout;
  bool swap_accounting = false;
  std::string kernel_version;
  std::string operating_system;
  std::string architecture;
  uint32_t processors = 0;
  uint64_t memory_total = 0;  // bytes
  std::string host_name;
  std::string log_driver;  // default for containers
  std::string graph;
  std::string state;
  bool host_mount_namespace = false;
  uint64_t host_channel_max = 0;                    // bytes
  std::function<uint64_t()> host_channel_reserved;  // bytes
  std::function<size_t()> host_channels;            // number of channels
};

class SystemServiceImpl final : public isula::system::v1::SystemService::CallbackService {
 public:
  // `containers` must outlive this object.
  SystemServiceImpl(container::Service* containers, SystemInformation information,
                    CallEnvironment environment)
      : containers_(containers), information_(std::move(information)), environment_(environment) {}

 private:
  grpc::ServerUnaryReactor* Version(grpc::CallbackServerContext* context,
                                    const isula::system::v1::VersionRequest* request,
                                    isula::system::v1::VersionResponse* response) override;
  grpc::ServerUnaryReactor* Info(grpc::CallbackServerContext* context,
                                 const isula::system::v1::InfoRequest* request,
                                 isula::system::v1::InfoResponse* response) override;

  container::Service* const containers_;
  const SystemInformation information_;
  const CallEnvironment environment_;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_SYSTEM_SERVICE_H_
