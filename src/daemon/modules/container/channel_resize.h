// channel resize: changes the size of a channel, whether its containers run or not.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_RESIZE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_RESIZE_H_

#include <memory>

#include "daemon/modules/container/channel_service.h"
#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// Implements ChannelService::Resize().
Task<Result<ChannelChange>> ResizeChannel(Context& context, std::shared_ptr<Container> container,
                                          ResizeRequest request);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_RESIZE_H_
