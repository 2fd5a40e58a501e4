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
  CO_ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  CO_ASSIGN_OR_RETURN(const ScopedOperation operation,
                      co_await AcquireOperation(context_, container));
  co_return AddChannel(context_, container, spec);
}

Task<Result<ChannelChange>> Channels::Remove(std::string reference, std::string host_path) {
  CO_ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  CO_ASSIGN_OR_RETURN(const ScopedOperation operation,
                      co_await AcquireOperation(context_, container));
  co_return RemoveChannel(context_, container, host_path);
}

Task<Result<ChannelChange>> Channels::Resize(std::string reference, ResizeRequest request) {
  CO_ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  co_return co_await ResizeChannel(context_, container, request);
}

}  // namespace isulad::container
