// Channels in containers that run: their mounts, brought there and taken away without a restart.
// For the holder of the container's operation slot.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_ATTACH_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_ATTACH_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// kFailedPrecondition where its channels can not be changed now: it is being started or removed.
Status CheckCanChange(const Container& container);

// Takes the channel's mount out of the container, which is up; one that has ended meanwhile has
// none. What there is to say of it is added to `notices`.
Status DetachChannel(Context& context, const Container& container, const std::string& channel_id,
                     std::vector<std::string>& notices);

// Mounts the container's channel at `host_path` on the host, where it is not, and puts it into the
// container, which is up. What was mounted on the host is undone unless it is committed.
Result<std::unique_ptr<host_channel::Manager::Mounts>> MountAndAttach(Context& context,
                                                                      const Container& container,
                                                                      const ContainerConfig& config,
                                                                      const std::string& host_path);

// Attaches what the configuration of a container has, and the container has not: what a daemon that
// was killed had put into it or was about to take out of it, or what a removal that failed has
// detached. Failures are logged.
void AttachMissing(Context& context, const Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_ATTACH_H_
