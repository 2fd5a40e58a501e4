// One health check that is under way: a process in the container, under a monitor of its own, as of
// an exec.
//
// The process waits until it stands in a cgroup of its own below the container's. So all that a
// check starts can be found and killed, by this daemon or the next one.
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
  int exit_code = 0;  // 128 + signal; kNoHealthExitCode where it could not be run
  std::string output;
};

// What a check tells, on the event loop. Must not block.
struct ProbeNews {
  // The runtime has done its part, well or not: the costly one. Once, before `ended`.
  std::function<void()> under_way;
  // The command itself is let run: its time begins. Not where it comes to nothing before.
  std::function<void()> let_go;
  // Nothing of it is left. The last call. Without an end: the container is not in a state to be
  // checked (any more), and nothing is known of its health.
  std::function<void(std::optional<ProbeEnd> end)> ended;
};

// All calls on the event loop.
class Probe {
 public:
  virtual ~Probe() = default;
  // Ends all of its processes; `ended` still comes.
  virtual void Kill() = 0;
  // What it has written so far, bounded.
  virtual std::string output() const = 0;
};

class Prober {
 public:
  virtual ~Prober() = default;
  // Begins a check of the run `run`; does not block. `news` is called after this has returned.
  virtual std::shared_ptr<Probe> Start(const std::shared_ptr<Container>& container,
                                       Container::RunId run, ProbeNews news) = 0;
};

// Runs checks in containers. `context` outlives it and its probes.
std::unique_ptr<Prober> CreateExecProber(Context* context);

// Kills what is left of checks of a container: in its cgroup for them. Blocks.
void KillChecks(const Context& context, const Container& container);

// Removes the directories of the checks of a daemon that is gone.
void RemoveCheckDirectories(const Context& context);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_PROBE_H_
