#include "daemon/modules/container/channel_resize.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/channel_memory.h"
#include "daemon/modules/container/channel_users.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

// A container that has the channel, and its configuration after the resize.
struct User {
  std::shared_ptr<Container> container;
  ContainerConfig after;
};

// nullptr if the container's configuration has no channel there.
host_channel::HostChannel* FindChannel(ContainerConfig& config, const std::string& host_path) {
  const auto found = std::find_if(
      config.channels.begin(), config.channels.end(),
      [&](const host_channel::HostChannel& channel) { return channel.host_path == host_path; });
  return found == config.channels.end() ? nullptr : &*found;
}

Result<std::vector<User>> PlanUsers(const ChannelUsers& users, uint64_t size) {
  std::vector<User> plan;
  for (const auto& container : users.containers()) {
    User user{container, container->CurrentConfig()};
    host_channel::HostChannel* const channel =
        FindChannel(user.after, users.channel().channel.host_path);
    if (channel == nullptr) {
      continue;  // its removal was interrupted
    }
    channel->size = size;
    RETURN_IF_ERROR(CheckMemory(user.after));
    plan.push_back(std::move(user));
  }
  return plan;
}

Status SetLimits(const std::vector<User>& users, ScopedMemoryLimits& limits) {
  for (const User& user : users) {
    RETURN_IF_ERROR(limits.Set(user.container, user.after));
  }
  return OkStatus();
}

// First the memory limits, then the channel that can fill them.
Status Grow(Context& context, const std::vector<User>& users,
            std::unique_ptr<host_channel::Manager::Resizing> resizing) {
  ScopedMemoryLimits limits(&context);
  // Undone before the limits are.
  const std::unique_ptr<host_channel::Manager::Resizing> step = std::move(resizing);
  RETURN_IF_ERROR(SetLimits(users, limits));
  RETURN_IF_ERROR(step->Apply());
  RETURN_IF_ERROR(step->Commit());
  limits.Commit();
  return OkStatus();
}

Status Shrink(Context& context, const std::vector<User>& users,
              std::unique_ptr<host_channel::Manager::Resizing> resizing) {
  RETURN_IF_ERROR(resizing->Apply());
  ScopedMemoryLimits limits(&context);
  RETURN_IF_ERROR(SetLimits(users, limits));
  RETURN_IF_ERROR(resizing->Commit());
  limits.Commit();
  return OkStatus();
}

// The record has the new size, and everything else follows it, now or when the next daemon starts.
void Finish(Context& context, User& user, const std::string& host_path,
            std::vector<std::string>& warnings) {
  Container& container = *user.container;
  const host_channel::HostChannel channel = *FindChannel(user.after, host_path);
  container.SetChannels(user.after);
  for (std::string& warning : SmallMemoryWarnings(user.after)) {
    warnings.push_back(std::move(warning));
  }
  context.announcer.Resize(container, channel);
  log::Info("channel resized", {{"id", container.id()},
                                {"host_path", host_path},
                                {"size", static_cast<int64_t>(channel.size)}});
}

// Called while the operation slots of all containers that have the channel are held.
Result<ChannelChange> ResizeHeld(Context& context, const Container& container,
                                 const ChannelUsers& holder, uint64_t size) {
  const host_channel::ChannelState& channel = holder.channel();
  ChannelChange change;
  change.id = channel.id;
  if (size == channel.channel.size) {
    return change;
  }
  const std::string host_path = channel.channel.host_path;
  ASSIGN_OR_RETURN(std::vector<User> users, PlanUsers(holder, size));
  ASSIGN_OR_RETURN(auto resizing,
                   context.modules.channels->Resize(container.id(), host_path, size));
  if (!holder.AreAll(resizing->owners())) {
    return Error(Code::kAborted, "another container has just joined the channel: try again");
  }
  RETURN_IF_ERROR(size > channel.channel.size ? Grow(context, users, std::move(resizing))
                                              : Shrink(context, users, std::move(resizing)));
  for (User& user : users) {
    Finish(context, user, host_path, change.warnings);
  }
  return change;
}

}  // namespace

Task<Result<ChannelChange>> ResizeChannel(Context& context, std::shared_ptr<Container> container,
                                          ResizeRequest request) {
  CO_ASSIGN_OR_RETURN(const uint64_t size,
                      host_channel::ParseSize(request.size, context.settings.page_size));
  CO_ASSIGN_OR_RETURN(const ChannelUsers holder,
                      co_await ChannelUsers::Acquire(context, container, request.host_path));
  co_return ResizeHeld(context, *container, holder, size);
}

}  // namespace isulad::container
