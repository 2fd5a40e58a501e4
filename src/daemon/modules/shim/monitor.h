// A connection to a container's (or an exec's) monitor, and how one is started.
//
// Monitor lives on the daemon's event loop: its callbacks run there and must not block. Its methods
// may be called from any thread.
#ifndef ISULAD_DAEMON_MODULES_SHIM_MONITOR_H_
#define ISULAD_DAEMON_MODULES_SHIM_MONITOR_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "shim_protocol/messages.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"

namespace isulad::shim {

// What a monitor tells. Every monitor that was started calls exactly one of OnStarted or
// OnStartFailed; after OnStarted exactly one of OnExited or OnLost. A reconnected one skips
// OnStarted where its caller knows the start already. Called on the event loop.
class MonitorObserver {
 public:
  virtual ~MonitorObserver() = default;
  virtual void OnStarted(const Started& started) = 0;
  virtual void OnStartFailed(const StartFailed& failed) = 0;
  virtual void OnExited(const Exited& exited) = 0;
  // The connection ended without kExited: the monitor died (or, before OnStarted, could not be
  // run).
  virtual void OnLost(const Error& reason) = 0;
};

class Monitor {
 public:
  virtual ~Monitor() = default;
  // Sends a signal to the process; race-free, as the monitor has not reaped it. `done` on the event
  // loop: kNotFound where it has ended, kUnavailable where the monitor is gone.
  virtual void Signal(int signal, std::function<void(Status)> done) = 0;
  // Gives a start up: the monitor kills the runtime and all else that it has started, and ends; the
  // observer hears OnLost() unless it has heard of an outcome. Nothing where the monitor has ended.
  virtual void Abandon() = 0;
};

// The streams of one attached client.
class StreamsObserver {
 public:
  virtual ~StreamsObserver() = default;
  // On the event loop. `error`: standard error, else standard output. After each call no further
  // one comes until Streams::ReadMore(): that is the flow control.
  virtual void OnOutput(bool error, std::string bytes) = 0;
  // All output has been seen; no further call follows.
  virtual void OnEnd() = 0;
  // The connection broke before that: the monitor has let go of a client that took nothing, or is
  // gone itself. No further call follows.
  virtual void OnCut() = 0;
};

class Streams {
 public:
  virtual ~Streams() = default;  // detaches
  virtual void ReadMore() = 0;
  // Queues input; `taken` runs on the event loop when the monitor's socket has accepted it: send
  // the next piece only then.
  virtual void WriteStdin(std::string bytes, std::function<void()> taken) = 0;
  virtual void CloseStdin() = 0;
  virtual void Resize(WindowSize size) = 0;
};

class Launcher {
 public:
  virtual ~Launcher() = default;
  // Starts isulad-shim and hands it `config`. Blocks for the fork only: the outcome comes to the
  // observer. The observer is kept until its last call. On an error nothing runs and the observer
  // is never called.
  virtual Result<std::shared_ptr<Monitor>> Launch(const Config& config,
                                                  std::shared_ptr<MonitorObserver> observer) = 0;
  // Connects to the monitor that runs in `directory` (after a restart of the daemon). kNotFound or
  // kUnavailable where none answers: the caller then reads the exit record.
  virtual Result<std::shared_ptr<Monitor>> Reconnect(const std::string& directory,
                                                     std::shared_ptr<MonitorObserver> observer) = 0;
  // Attaches a further client to the monitor in `directory`. kUnavailable where none answers.
  virtual Result<std::unique_ptr<Streams>> AttachStreams(
      const std::string& directory, const Attach& what,
      std::shared_ptr<StreamsObserver> observer) = 0;
};

struct LauncherSettings {
  std::string shim_program;  // path of isulad-shim
  // What Config::namespace_trees are mounted in, borrowed; -1: nobody names any.
  int mount_namespace = -1;
  // The soft limit of descriptors of a monitor, and so of the container, where it asks for none;
  // nothing: the daemon's own.
  std::optional<uint64_t> descriptor_limit;
};

// `loop` must outlive the launcher and everything made by it.
// The launcher is destroyed when the loop no longer runs (or on its thread): its connections end
// and no observer is called any more, while the monitors and their containers go on.
Result<std::unique_ptr<Launcher>> CreateLauncher(LauncherSettings settings, os::EventLoop* loop);

}  // namespace isulad::shim

#endif  // ISULAD_DAEMON_MODULES_SHIM_MONITOR_H_
