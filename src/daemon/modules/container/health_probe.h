// One health check in progress: a process in the container, under a monitor of its own, as for an
// exec.
//
// The process waits until it has been moved to a cgroup of its own below the container's. That way
// everything that a check starts can be found and killed, by this daemon or the next one.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_PROBE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_PROBE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "daemon/modules/container/container.h"

namespace isulad::container {

class Context;

struct ProbeEnd {
  int exit_code = 0;  // 128 + signal; kNoHealthExitCode if it could not be run
  std::string output;
};

// The callbacks of a check, called on the event loop. They must not block.
struct ProbeNews {
  // The runtime has finished its part of the check, the costly one, successfully or not. Called
  // once, before `ended`.
  std::function<void()> under_way;
  // The command itself is allowed to run: its time begins. Not called if the check fails before
  // that.
  std::function<void()> let_go;
  // Nothing of the check is left. The last call. Without `end`, the container is not, or no longer,
  // in a state to be checked, and nothing is known about its health.
  std::function<void(std::optional<ProbeEnd> end)> ended;
};

// All calls are made on the event loop.
class Probe {
 public:
  virtual ~Probe() = default;
  // Kills all processes of the check; `ended` is still called.
  virtual void Kill() = 0;
  // What the check has written so far, bounded.
  virtual std::string output() const = 0;
};

class Prober {
 public:
  virtual ~Prober() = default;
  // Begins a check of the run `run`; does not block. `news` is called only after this has returned.
  virtual std::shared_ptr<Probe> Start(const std::shared_ptr<Container>& container,
                                       Container::RunId run, ProbeNews news) = 0;
};

// The prober that runs checks in containers. `context` must outlive the prober and its probes.
std::unique_ptr<Prober> CreateExecProber(Context* context);

// Kills what is left of a container's checks, in the cgroup made for them. Blocks.
void KillChecks(const Context& context, const Container& container);

// Removes the directories of checks of an earlier daemon.
void RemoveCheckDirectories(const Context& context);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_PROBE_H_
