// The signal that tells a container to end: the one the user asked for, or the one that the
// container's init takes as an order to shut down.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_STOP_SIGNAL_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_STOP_SIGNAL_H_

#include <string>

#include "daemon/modules/container/container.h"
#include "utils/os/process_image.h"

namespace isulad::container {

// What can be observed of the first process of a container.
struct FirstProcess {
  std::string program;                           // the program it runs, without directories
  std::string argument;                          // the name it gives itself
  os::Hearing terminate = os::Hearing::kCaught;  // how it takes SIGTERM
  os::Hearing interrupt = os::Hearing::kLost;    // SIGINT
};

// The signal that shuts the process down; SIGTERM for anything but a known init.
int StopSignalOfInit(const FirstProcess& process);

// The container's stop signal. If the user did not ask for one, this looks at the first process,
// because a script may have become an init since the start. The caller holds the operation slot.
// SIGTERM if the container does not run.
int StopSignalOf(const Container& container);

// How the container's first process takes `signal`; kCaught if the process has ended, since then
// there is nothing to wait for.
os::Hearing HearingOf(const Container& container, int signal);

// Tracks, by repeated looks, whether the first process of a container has received its stop signal,
// and tells when the signal has to be sent once more. An init that has just been started does not
// listen yet, or is a script that has yet to become one; a shell blocks signals for moments, and
// then loses those that arrived in between. Not thread-safe.
class StopHearing {
 public:
  // `hearing`: as it was when `signal` was sent.
  StopHearing(int signal, os::Hearing hearing)
      : sent_(signal), heard_(hearing != os::Hearing::kLost), looked_for_(signal), last_(hearing) {}

  // Takes one look: `signal` is the one the process should get by now, `hearing` is how the process
  // takes it. Returns whether to send it.
  bool Look(int signal, os::Hearing hearing);
  // Whether the process has listened for so long that it will not stop listening.
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
