// start: mounts the channels, writes the bundle, has a monitor run it. A transaction: whatever
// fails, what was made before is undone.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_START_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_START_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// Streams that are to be connected before the first process runs.
struct StreamWish {
  shim::Attach what;
  shim::WindowSize window;
  std::shared_ptr<shim::StreamsObserver> observer;
};

struct Started {
  std::vector<std::string> warnings;
  std::unique_ptr<shim::Streams> streams;  // with a StreamWish
  bool was_running = false;  // there was nothing to do, and the wish was not looked at
};

// Done when it runs or has failed. `wish` is borrowed until then. An error of the container's
// command carries Error::exit_code(). A container that is to be removed at its end is removed where
// it cannot be started.
Task<Result<Started>> Start(Context& context, std::shared_ptr<Container> container,
                            const StreamWish* wish);

// The start that a restarting container was waiting for; nothing where it does not wait for the one
// of `due` any more. Where it fails the policy decides again.
Task<Status> StartByPolicy(Context& context, std::shared_ptr<Container> container, Timestamp due);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_START_H_
