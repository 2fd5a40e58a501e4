#include "daemon/modules/container/channel_list.h"

#include <algorithm>
#include <utility>

namespace isulad::container {
namespace {

std::vector<ChannelUser> UsersOf(const Context& context, const host_channel::ChannelState& state) {
  std::vector<ChannelUser> users;
  for (const host_channel::OwnerEntry& entry : state.owners) {
    const auto container = context.registry.Find(entry.owner.id);
    // A container whose configuration is damaged keeps its channels, but is not served.
    users.push_back({entry.owner.id, container ? (*container)->name() : entry.owner.id,
                     entry.container_path, entry.access});
  }
  return users;
}

bool IsUser(const host_channel::ChannelState& state, const std::string& id) {
  return std::any_of(state.owners.begin(), state.owners.end(),
                     [&](const host_channel::OwnerEntry& entry) { return entry.owner.id == id; });
}

}  // namespace

Result<std::vector<ChannelSummary>> ListChannels(const Context& context,
                                                 const std::string& reference) {
  std::string id;
  if (!reference.empty()) {
    ASSIGN_OR_RETURN(const auto container, context.registry.Find(reference));
    id = container->id();
  }
  std::vector<ChannelSummary> summaries;
  for (host_channel::ChannelState& state : context.modules.channels->List()) {
    if (id.empty() || IsUser(state, id)) {
      std::vector<ChannelUser> users = UsersOf(context, state);
      summaries.push_back({std::move(state), std::move(users)});
    }
  }
  return summaries;
}

}  // namespace isulad::container
