// channel add: gives an existing container one more channel.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_ADD_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_ADD_H_

#include <memory>
#include <string>

#include "daemon/modules/container/channel_service.h"
#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"

namespace isulad::container {

// The caller holds the operation slot.
Result<ChannelChange> AddChannel(Context& context, const std::shared_ptr<Container>& container,
                                 const std::string& spec);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_ADD_H_
