#include "daemon/modules/container/stats.h"

#include <memory>
#include <utility>

namespace isulad::container {
namespace {

using Containers = std::vector<std::shared_ptr<Container>>;

Result<Containers> Choose(const Context& context, const std::vector<std::string>& references,
                          bool all) {
  Containers chosen;
  for (const std::string& reference : references) {
    ASSIGN_OR_RETURN(std::shared_ptr<Container> container, context.registry.Find(reference));
    chosen.push_back(std::move(container));
  }
  if (!references.empty()) {
    return chosen;
  }
  for (std::shared_ptr<Container>& container : context.registry.All()) {
    if (all || IsUp(container->state().phase)) {
      chosen.push_back(std::move(container));
    }
  }
  return chosen;
}

Status AddChannels(const Context& context, ContainerStats& stats) {
  ASSIGN_OR_RETURN(const std::vector<host_channel::ChannelState> channels,
                   context.modules.channels->Describe(stats.id));
  stats.channels = channels.size();
  for (const host_channel::ChannelState& channel : channels) {
    stats.channels_size += channel.channel.size;
    stats.channels_used += channel.used;
  }
  return OkStatus();
}

Result<ContainerStats> ReadOne(const Context& context, const Container& container) {
  ContainerStats stats;
  stats.id = container.id();
  stats.name = container.name();
  stats.read_at = context.modules.clock->Now();
  if (IsUp(container.state().phase)) {
    Result<cgroup::Usage> usage =
        context.modules.cgroups->Usage(context.CgroupPath(container.config()));
    if (usage) {
      stats.usage = *std::move(usage);
    } else if (usage.error().code() != Code::kNotFound) {  // else it has ended meanwhile
      return std::move(usage).error();
    }
  }
  RETURN_IF_ERROR(AddChannels(context, stats));
  return stats;
}

}  // namespace

Result<std::vector<ContainerStats>> ReadStats(const Context& context,
                                              const std::vector<std::string>& references,
                                              bool all) {
  ASSIGN_OR_RETURN(const Containers containers, Choose(context, references, all));
  std::vector<ContainerStats> stats;
  for (const std::shared_ptr<Container>& container : containers) {
    ASSIGN_OR_RETURN(ContainerStats one, ReadOne(context, *container));
    stats.push_back(std::move(one));
  }
  return stats;
}

}  // namespace isulad::container
