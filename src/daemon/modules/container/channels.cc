#include "daemon/modules/container/channels.h"

#include "daemon/modules/container/channel_add.h"
#include "daemon/modules/container/channel_list.h"
#include "daemon/modules/container/channel_remove.h"
#include "daemon/modules/container/channel_resize.h"

namespace isulad::container {

Result<std::vector<ChannelSummary>> Channels::List(const std::string& reference) {
  return ListChannels(context_, reference);
}

Result<ChannelChange> Channels::Add(const std::string& reference, const std::string& spec) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return AddChannel(context_, container, spec);
}

Result<ChannelChange> Channels::Remove(const std::string& reference, const std::string& host_path) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return RemoveChannel(context_, container, host_path);
}

Result<ChannelChange> Channels::Resize(const std::string& reference, const ResizeRequest& request) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return ResizeChannel(context_, container, request);
}

}  // namespace isulad::container
