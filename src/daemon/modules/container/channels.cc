#include "daemon/modules/container/channels.h"

#include "daemon/modules/container/channel_add.h"
#include "daemon/modules/container/channel_list.h"
#include "daemon/modules/container/channel_remove.h"
#include "daemon/modules/container/channel_resize.h"
#include "daemon/modules/container/waits.h"

namespace isulad::container {

Result<std::vector<ChannelSummary>> Channels::List(const std::string& reference) {
  return ListChannels(context_, reference);
}

Task<Result<ChannelChange>> Channels::Add(std::string reference, std::string spec) {
  return RunHeld<Result<ChannelChange>>(context_, std::move(reference),
                                        [this, spec = std::move(spec)](const auto& container) {
                                          return AddChannel(context_, container, spec);
                                        });
}

Task<Result<ChannelChange>> Channels::Remove(std::string reference, std::string host_path) {
  return RunHeld<Result<ChannelChange>>(
      context_, std::move(reference),
      [this, host_path = std::move(host_path)](const auto& container) {
        return RemoveChannel(context_, container, host_path);
      });
}

Task<Result<ChannelChange>> Channels::Resize(std::string reference, ResizeRequest request) {
  CO_ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  co_return co_await ResizeChannel(context_, container, request);
}

}  // namespace isulad::container
