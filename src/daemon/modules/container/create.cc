#include "daemon/modules/container/create.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/generated_files.h"
#include "daemon/modules/container/validate.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"
#include "utils/os/random.h"

namespace isulad::container {
namespace {

host_channel::Surroundings SurroundingsOf(const Context& context, const ContainerConfig& config) {
  host_channel::Surroundings surroundings;
  surroundings.system_container = config.system_container;
  surroundings.rootfs_paths.push_back(config.rootfs);
  for (const auto& other : context.registry.All()) {
    surroundings.rootfs_paths.push_back(other->config().rootfs);
  }
  for (const spec::BindMount& volume : config.volumes) {
    surroundings.mount_targets.push_back(volume.target);
  }
  for (const GeneratedName& file : kGeneratedFiles) {
    surroundings.mount_targets.emplace_back(file.target);
  }
  return surroundings;
}

// Two containers that write to one directory tree are rarely meant.
void WarnOfSharedRootfs(const Context& context, const ContainerConfig& config,
                        std::vector<std::string>& warnings) {
  if (config.read_only_rootfs) {
    return;
  }
  for (const auto& other : context.registry.All()) {
    if (other->config().rootfs == config.rootfs && !other->config().read_only_rootfs) {
      warnings.push_back("rootfs " + Quote(config.rootfs) + " is also writable for container " +
                         Quote(other->name()));
      return;
    }
  }
}

// What the container writes into a channel is charged to it: without room for that, writing ends in
// an OOM kill.
void WarnOfSmallMemory(const ContainerConfig& config, std::vector<std::string>& warnings) {
  const auto memory = static_cast<uint64_t>(config.resources.memory);
  if (memory == 0 || config.host_channel_add_memory) {
    return;
  }
  for (const host_channel::HostChannel& channel : config.channels) {
    if (channel.access == host_channel::Access::kReadWrite && channel.size >= memory) {
      warnings.push_back(
          "host channel " + Quote(channel.host_path) +
          " is not smaller than the memory limit: a container that fills it is killed for "
          "lack of memory; --host-channel-add-memory adds its size to the limit");
    }
  }
}

}  // namespace

Result<CreateReply> Create(Context& context, const CreateRequest& request) {
  ASSIGN_OR_RETURN(ContainerConfig config, ValidateCreate(context, request));
  config.id = os::RandomId();
  config.name = request.name.empty() ? config.id : request.name;
  config.hostname = request.hostname.empty() ? ShortId(config.id) : request.hostname;
  config.created = context.modules.clock->Now();

  ASSIGN_OR_RETURN(Registry::Reservation reservation,
                   context.registry.Reserve(config.name, config.id));
  ASSIGN_OR_RETURN(const auto channels,
                   context.modules.channels->Prepare({config.id, config.name}, config.channels,
                                                     SurroundingsOf(context, config)));
  config.channels.clear();
  for (const host_channel::ChannelState& channel : channels->channels()) {
    config.channels.push_back(channel.channel);
  }

  CreateReply reply;
  reply.id = config.id;
  reply.warnings = channels->warnings();
  WarnOfSharedRootfs(context, config, reply.warnings);
  WarnOfSmallMemory(config, reply.warnings);

  // A power cut ends the container, and with --rm that is the end of all that was promised of it.
  const os::Sync sync = config.auto_remove ? os::Sync::kNone : os::Sync::kDurable;
  RETURN_IF_ERROR(
      context.modules.store->Create(config.id, ToJson(config), GenerateFiles(config), sync));
  channels->Commit();
  context.registry.Add(std::make_shared<Container>(std::move(config)), std::move(reservation));
  return reply;
}

}  // namespace isulad::container
