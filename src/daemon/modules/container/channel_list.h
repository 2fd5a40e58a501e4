// channel ls: lists the channels, the containers that have them, and how full they are.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_LIST_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_LIST_H_

#include <string>
#include <vector>

#include "daemon/modules/container/channel_service.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// Implements ChannelService::List().
Result<std::vector<ChannelSummary>> ListChannels(const Context& context,
                                                 const std::string& reference);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_LIST_H_
