#include "daemon/modules/container/validate_namespaces.h"

#include <memory>
#include <string>
#include <utility>

#include "utils/base/ids.h"
#include "utils/base/strings.h"
#include "utils/os/system_info.h"

namespace isulad::container {
namespace {

// "--net host"
std::string Flag(const NamespaceKind& kind, const NamespaceOptions& options) {
  const NamespaceChoice& choice = options.*kind.choice;
  return std::string(kind.flag) + " " +
         (choice.joins() ? "container:" + ShortId(choice.container) : "host");
}

Status CheckHostname(const NamespaceOptions& options, const std::string& hostname) {
  if (hostname.empty()) {
    return OkStatus();
  }
  if (!options.uts.own()) {
    return InvalidArgument("--hostname " + Quote(hostname) +
                           " and --uts host exclude one another: it would be the host's name");
  }
  if (options.network.joins()) {
    return InvalidArgument("--hostname " + Quote(hostname) + " and " +
                           Flag(kNetworkNamespace, options) +
                           " exclude one another: the container has the other one's name, and its "
                           "/etc/hosts");
  }
  return OkStatus();
}

const NamespaceKind& KindOfSysctl(const std::string& name) {
  return name.starts_with("net.") ? kNetworkNamespace : kIpcNamespace;
}

// Sysctls belong to a namespace: those of a shared one are not the container's to set.
Status CheckSysctls(const NamespaceOptions& options, const spec::SecurityOptions& security) {
  for (const Sysctl& sysctl : security.sysctls) {
    const NamespaceKind& kind = KindOfSysctl(sysctl.name);
    if (!(options.*kind.choice).own()) {
      return InvalidArgument("--sysctl " + Quote(sysctl.name) + " and " + Flag(kind, options) +
                             " exclude one another: it would change that of others");
    }
  }
  const auto check = [&options](bool writable, const NamespaceKind& kind) -> Status {
    if (writable && !(options.*kind.choice).own()) {
      return InvalidArgument("--ns-change-opt " + std::string(kind.proc_name) + " and " +
                             Flag(kind, options) +
                             " exclude one another: the sysctls would be those of others");
    }
    return OkStatus();
  };
  RETURN_IF_ERROR(check(security.writable_net_sysctls, kNetworkNamespace));
  return check(security.writable_ipc_sysctls, kIpcNamespace);
}

// What belongs to a namespace is, if the namespace is shared, another container's too.
Status CheckFiles(const NamespaceOptions& options, const spec::FileOptions& files) {
  if (options.network.joins() && files.names != spec::NameOptions()) {
    return InvalidArgument("--add-host, --dns, --dns-search or --dns-option and " +
                           Flag(kNetworkNamespace, options) +
                           " exclude one another: the container has the other one's files");
  }
  if (!options.ipc.own() && files.shm_size != 0) {
    return InvalidArgument("--shm-size and " + Flag(kIpcNamespace, options) +
                           " exclude one another: /dev/shm is that of others");
  }
  return OkStatus();
}

// The kernel does not let a process mount a sysfs, mqueue, proc or cgroup of a namespace that is
// owned by a user namespace above the process's own.
Status CheckUserRemap(const NamespaceOptions& options) {
  for (const NamespaceKind* kind :
       {&kNetworkNamespace, &kIpcNamespace, &kPidNamespace, &kCgroupNamespace}) {
    if (!(options.*kind->choice).own()) {
      return InvalidArgument("--user-remap and " + Flag(*kind, options) +
                             " exclude one another: in a user namespace the kernel lets nothing be "
                             "mounted of a namespace that is not the container's own");
    }
  }
  return OkStatus();
}

Status CheckSystemContainer(const NamespaceOptions& options) {
  if (!options.pid.own()) {
    return InvalidArgument("--system-container and " + Flag(kPidNamespace, options) +
                           " exclude one another: an init must be process 1");
  }
  if (!options.cgroup.own()) {
    return InvalidArgument(
        "--system-container and --cgroupns host exclude one another: an init would change the "
        "host's cgroups");
  }
  return OkStatus();
}

// A container whose network is another's has the other's names, too: its own files, which would be
// bound here, are used by nobody.
Status CheckNotJoined(const NamespaceKind& kind, const Container& other) {
  const NamespaceChoice& network = other.config().namespaces.network;
  if (&kind == &kNetworkNamespace && network.joins()) {
    return InvalidArgument(Named(other) + " has the network of another one: use --net container:" +
                           ShortId(network.container));
  }
  return OkStatus();
}

}  // namespace

Status ResolveNamespaces(const Context& context, spec::NamespaceConfig& texts) {
  const std::pair<const NamespaceKind&, std::string*> fields[] = {
      {kNetworkNamespace, texts.mutable_network()},
      {kIpcNamespace, texts.mutable_ipc()},
      {kPidNamespace, texts.mutable_pid()}};
  for (const auto& [kind, text] : fields) {
    ASSIGN_OR_RETURN(NamespaceChoice choice, ParseNamespace(kind, *text));
    if (!choice.joins()) {
      continue;
    }
    Result<std::shared_ptr<Container>> other = context.registry.Find(choice.container);
    if (!other) {
      return std::move(other).error().AddContext(std::string(kind.flag) + " " + Quote(*text));
    }
    RETURN_IF_ERROR(CheckNotJoined(kind, **other));
    choice.container = (*other)->id();
    *text = FormatNamespace(kind, choice);
  }
  return OkStatus();
}

Status CheckNamespaces(const ContainerConfig& config) {
  RETURN_IF_ERROR(CheckHostname(config.namespaces, config.process().hostname()));
  RETURN_IF_ERROR(CheckSysctls(config.namespaces, config.security));
  RETURN_IF_ERROR(CheckFiles(config.namespaces, config.files));
  if (config.user_remap) {
    RETURN_IF_ERROR(CheckUserRemap(config.namespaces));
  }
  return config.host().system_container() ? CheckSystemContainer(config.namespaces) : OkStatus();
}

std::string DefaultHostname(const Context& context, const ContainerConfig& config) {
  const NamespaceOptions& options = config.namespaces;
  if (!options.uts.own()) {
    return os::HostName();
  }
  if (options.network.joins()) {
    // If the other container is gone meanwhile, no start will need the name.
    if (const auto other = context.registry.Find(options.network.container); other) {
      return (*other)->config().process().hostname();
    }
  }
  return ShortId(config.id);
}

}  // namespace isulad::container
