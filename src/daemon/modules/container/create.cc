#include "daemon/modules/container/create.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/channel_memory.h"
#include "daemon/modules/container/generated_files.h"
#include "daemon/modules/container/mount_points.h"
#include "daemon/modules/container/surroundings.h"
#include "daemon/modules/container/validate.h"
#include "daemon/modules/container/validate_namespaces.h"
#include "utils/base/strings.h"
#include "utils/os/random.h"

namespace isulad::container {
namespace {

bool WritesToRootfs(const ContainerConfig& config) {
  return !config.host().read_only_rootfs() && !config.host().rootfs_overlay();
}

// Two containers that write to one directory tree are rarely intended, and the kernel does not
// define what a container sees if its lower layer changes.
bool Disturbs(const ContainerConfig& one, const ContainerConfig& other) {
  return WritesToRootfs(one) && (WritesToRootfs(other) || other.host().rootfs_overlay());
}

void WarnOfSharedRootfs(const Context& context, const ContainerConfig& config,
                        std::vector<std::string>& warnings) {
  for (const auto& other : context.registry.All()) {
    const std::string& path = config.rootfs();
    if (other->config().rootfs() != path) {
      continue;
    }
    const std::string rootfs = "rootfs " + Quote(path);
    if (Disturbs(other->config(), config)) {
      warnings.push_back(rootfs + " is also writable for container " + Quote(other->name()));
      return;
    }
    if (Disturbs(config, other->config())) {
      warnings.push_back(rootfs + " lies beneath what container " + Quote(other->name()) +
                         " changes, and must not change itself");
      return;
    }
  }
}

}  // namespace

Result<CreateReply> Create(Context& context, const std::string& name,
                           const spec::ContainerSpec& spec) {
  if (!name.empty()) {
    RETURN_IF_ERROR(CheckName(name));
  }
  ASSIGN_OR_RETURN(ContainerConfig config, ValidateCreate(context, spec));
  config.id = os::RandomId();
  config.name = name.empty() ? config.id : name;
  if (config.process().hostname().empty()) {
    config.spec.mutable_process()->set_hostname(DefaultHostname(context, config));
  }
  config.created = context.modules.clock->Now();

  ASSIGN_OR_RETURN(Registry::Reservation reservation,
                   context.registry.Reserve(config.name, config.id));
  ASSIGN_OR_RETURN(const auto channels,
                   context.modules.channels->Prepare({config.id, config.name}, config.channels,
                                                     SurroundingsOf(context, config)));
  config.channels.clear();
  for (const host_channel::ChannelState& state : channels->channels()) {
    config.channels.push_back(state.channel);
    config.channel_names.push_back({state.id, state.channel.host_path});
  }
  ASSIGN_OR_RETURN(config.mount_points, MountPointsFor(config));

  CreateReply reply;
  reply.id = config.id;
  reply.warnings = channels->warnings();
  WarnOfSharedRootfs(context, config, reply.warnings);
  for (std::string& warning : SmallMemoryWarnings(config)) {
    reply.warnings.push_back(std::move(warning));
  }

  // A power cut ends the container, and with --rm nothing of it needs to be there after that.
  const os::Sync sync = config.host().auto_remove() ? os::Sync::kNone : os::Sync::kDurable;
  ASSIGN_OR_RETURN(const json::Value json, ToJson(config));
  RETURN_IF_ERROR(context.modules.store->Create(config.id, json, GenerateFiles(config), sync));
  channels->Commit();
  const auto container = std::make_shared<Container>(std::move(config));
  context.registry.Add(container, std::move(reservation));
  context.announcer.Publish(*container, events::EventType::kCreate);
  return reply;
}

}  // namespace isulad::container
