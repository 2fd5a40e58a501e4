// The signal by which a container is told to end: the one that was asked for, or the one that the
// init in it takes for an order to shut down.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_STOP_SIGNAL_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_STOP_SIGNAL_H_

#include <string>

#include "daemon/modules/container/container.h"
#include "utils/os/process_image.h"

namespace isulad::container {

// What can be seen of the first process of a container.
struct FirstProcess {
  std::string program;                           // what it runs, without directories
  std::string argument;                          // what it calls itself
  os::Hearing terminate = os::Hearing::kCaught;  // how it takes SIGTERM
  os::Hearing interrupt = os::Hearing::kLost;    // SIGINT
};

// What shuts it down: SIGTERM for what is no known init.
int StopSignalOfInit(const FirstProcess& process);

// Looks at the first process where nobody asked for a signal: a script may have become an init
// since the start. For the holder of the operation slot, while it runs; else SIGTERM.
int StopSignalOf(const Container& container);

// How the container's first process takes `signal`; as if caught where it has ended, for then there
// is nothing to wait for.
os::Hearing HearingOf(const Container& container, int signal);

// Follows whether the first process of a container has heard its stop signal, from looks that are
// taken again and again: tells when it has to be sent once more. An init that has just been started
// does not listen yet, or is a script that has still to become one; a shell blocks signals for
// moments, and loses then what came meanwhile. Not thread-safe.
class StopHearing {
 public:
  // As it was when `signal` was sent.
  StopHearing(int signal, os::Hearing hearing)
      : sent_(signal), heard_(hearing != os::Hearing::kLost), looked_for_(signal), last_(hearing) {}

  // A look: the signal that it should get by now, and how it takes that. Whether to send it.
  bool Look(int signal, os::Hearing hearing);
  // It has listened for so long that it will not stop to.
  bool settled() const { return calm_looks_ >= kCalmLooks; }

 private:
  static constexpr int kCalmLooks = 50;

  int sent_;
  bool heard_;
  int looked_for_;
  os::Hearing last_;
  int calm_looks_ = 0;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_STOP_SIGNAL_H_
