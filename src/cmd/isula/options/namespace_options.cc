#include "cmd/isula/options/namespace_options.h"

#include <string>
#include <string_view>

#include "utils/base/namespace_mode.h"

namespace isulad::options {
namespace {

cli::FlagSet::Setter Setter(const NamespaceKind& kind, std::string* target) {
  return [&kind, target](std::string_view text) -> Status {
    RETURN_IF_ERROR(ParseNamespace(kind, text));
    if (!target->empty() && *target != text) {
      return InvalidArgument("--net and --network are one flag, and contradict one another");
    }
    *target = text;
    return OkStatus();
  };
}

}  // namespace

void AddNamespaceFlags(cli::FlagSet& flags, client::containers_v1::NamespaceConfig* namespaces) {
  flags.AddValue({"net"}, Setter(kNetworkNamespace, namespaces->mutable_network()),
                 {"MODE",
                  "Network namespace: none (its own, with lo), host, container:NAME (default: "
                  "none)"});
  flags.AddValue({"network"}, Setter(kNetworkNamespace, namespaces->mutable_network()),
                 {"MODE", "The same as --net"});
  flags.AddValue({"ipc"}, Setter(kIpcNamespace, namespaces->mutable_ipc()),
                 {"MODE",
                  "IPC namespace and /dev/shm: private, shareable (the same), host, "
                  "container:NAME (default: private)"});
  flags.AddValue({"pid"}, Setter(kPidNamespace, namespaces->mutable_pid()),
                 {"MODE", "PID namespace: host, container:NAME (default: its own)"});
  flags.AddValue({"uts"}, Setter(kUtsNamespace, namespaces->mutable_uts()),
                 {"MODE", "Namespace of the hostname: host (default: its own)"});
  flags.AddValue({"cgroupns"}, Setter(kCgroupNamespace, namespaces->mutable_cgroup()),
                 {"MODE", "Cgroup namespace: private, host (default: private)"});
}

}  // namespace isulad::options
