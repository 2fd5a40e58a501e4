#include "daemon/modules/container/shutdown.h"

#include <signal.h>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "daemon/modules/container/stop.h"
#include "daemon/modules/container/stop_signal.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

using std::chrono::steady_clock;
using Containers = std::vector<std::shared_ptr<Container>>;

// How long killed containers may take to end: the host does not wait forever either.
constexpr std::chrono::seconds kKilledTime(5);

void SignalEach(Context& context, const Containers& containers,
                const std::function<int(const Container&)>& signal) {
  for (const auto& container : containers) {
    if (const Status sent = SignalForShutdown(context, container, signal(*container)); !sent) {
      log::Warn("container not signalled",
                {{"id", container->id()}, {"reason", sent.error().message()}});
    }
  }
}

// The containers that have not ended by `deadline`.
Containers WaitForEach(const Containers& containers, steady_clock::time_point deadline) {
  Containers left;
  for (const auto& container : containers) {
    // Nothing is started any more, so there is no later run to wait for.
    if (container->WaitForEnd(container->run(), deadline) != Container::Waited::kEnded) {
      left.push_back(container);
    }
  }
  return left;
}

}  // namespace

void StopAll(Context& context, std::chrono::seconds grace) {
  context.ending = true;
  Containers up;
  for (const auto& container : context.registry.All()) {
    if (IsActive(container->state().phase)) {
      up.push_back(container);
    }
  }
  log::Info("the host goes down: its containers are stopped", {{"containers", up.size()}});
  SignalEach(context, up, StopSignalOf);
  Containers left = WaitForEach(up, steady_clock::now() + grace);
  SignalEach(context, left, [](const Container&) { return SIGKILL; });
  left = WaitForEach(left, steady_clock::now() + kKilledTime);
  for (const auto& container : left) {
    log::Error("container did not end", {{"id", container->id()}, {"name", container->name()}});
  }
}

}  // namespace isulad::container
