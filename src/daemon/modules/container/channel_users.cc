#include "daemon/modules/container/channel_users.h"

#include <algorithm>
#include <utility>

#include "daemon/modules/container/waits.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

// Containers may get the channel or lose it in the meantime; each attempt is another chance.
constexpr int kAttempts = 10;

Result<host_channel::ChannelState> FindChannel(const Context& context, const Container& container,
                                               const std::string& host_path) {
  ASSIGN_OR_RETURN(const std::string canonical,
                   context.modules.channels->FindHostPath(container.id(), host_path));
  ASSIGN_OR_RETURN(const std::vector<host_channel::ChannelState> states,
                   context.modules.channels->Describe(container.id()));
  for (const host_channel::ChannelState& state : states) {
    if (state.channel.host_path == canonical) {
      return state;
    }
  }
  return NotFound("there is no host channel with the host path " + Quote(host_path));
}

// Sorted, so that all callers wait for containers in the same order and none wait in a circle.
std::vector<std::string> OwnerIds(const std::vector<host_channel::OwnerEntry>& owners) {
  std::vector<std::string> ids;
  for (const host_channel::OwnerEntry& entry : owners) {
    ids.push_back(entry.owner.id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

bool ChannelUsers::AreAll(const std::vector<host_channel::OwnerEntry>& owners) const {
  return OwnerIds(owners) == OwnerIds(channel_.owners);
}

Task<Result<ChannelUsers>> ChannelUsers::Acquire(Context& context,
                                                 std::shared_ptr<Container> container,
                                                 std::string host_path) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    Result<host_channel::ChannelState> channel = FindChannel(context, *container, host_path);
    if (!channel) {
      co_return std::move(channel).error().AddContext(Named(*container));
    }
    const std::vector<std::string> ids = OwnerIds(channel->owners);
    ChannelUsers users(*std::move(channel));
    for (const std::string& id : ids) {
      const auto user = context.registry.Find(id);
      if (!user) {
        continue;  // its configuration is damaged, or it is just being created
      }
      Result<ScopedOperation> operation = co_await AcquireOperation(context, *user);
      if (operation) {
        users.containers_.push_back(*user);
        users.operations_.push_back(*std::move(operation));
      }
    }
    CO_ASSIGN_OR_RETURN(const host_channel::ChannelState now,
                        FindChannel(context, *container, host_path));
    if (now.id == users.channel_.id && OwnerIds(now.owners) == OwnerIds(users.channel_.owners)) {
      users.channel_ = now;
      co_return std::move(users);
    }
  }
  co_return Error(Code::kAborted, "containers come and go too quickly");
}

Status SaveChannels(Context& context, Container& container, const ContainerConfig& config) {
  container.SetChannels(config);
  return SaveConfig(context, container.CurrentConfig());
}

void LoadChannels(const Context& context, Container& container) {
  ContainerConfig config = container.CurrentConfig();
  const Result<std::vector<host_channel::ChannelState>> states =
      context.modules.channels->Describe(container.id());
  if (!states) {
    log::Error("host channels not read",
               {{"id", container.id()}, {"reason", states.error().message()}});
    return;
  }
  config.channels.clear();
  for (const ChannelName& name : config.channel_names) {
    const auto found =
        std::find_if(states->begin(), states->end(),
                     [&](const host_channel::ChannelState& state) { return state.id == name.id; });
    if (found != states->end()) {
      config.channels.push_back(found->channel);
    } else {
      log::Error("the record of a host channel is missing",
                 {{"id", container.id()}, {"channel", name.id}, {"host_path", name.host_path}});
    }
  }
  container.SetChannels(config);
}

}  // namespace isulad::container
