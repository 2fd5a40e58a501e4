// The daemon's connection to one monitor. Internal to this folder.
#ifndef ISULAD_DAEMON_MODULES_SHIM_MONITOR_LINK_H_
#define ISULAD_DAEMON_MODULES_SHIM_MONITOR_LINK_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>

#include "daemon/modules/shim/monitor.h"
#include "shim_protocol/frame_socket.h"
#include "utils/base/mutex.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::shim {

class MonitorLink;

// Keeps links alive until their observers have had their last call. Any thread.
class LinkRegistry {
 public:
  void Add(std::shared_ptr<MonitorLink> link);
  void Remove(const std::shared_ptr<MonitorLink>& link);

 private:
  Mutex mutex_;
  std::unordered_set<std::shared_ptr<MonitorLink>> links_ GUARDED_BY(mutex_);
};

// All state belongs to the loop's thread.
class MonitorLink final : public Monitor,
                          public FrameSocket::Handler,
                          public std::enable_shared_from_this<MonitorLink> {
 public:
  // `socket`: non-blocking. Sends `type` with `payload` first. In `registry` until the observer's
  // last call. From any thread.
  static std::shared_ptr<MonitorLink> Open(os::EventLoop* loop,
                                           std::shared_ptr<LinkRegistry> registry,
                                           os::UniqueFd socket, FrameType type, std::string payload,
                                           std::shared_ptr<MonitorObserver> observer);

  void Signal(int signal, std::function<void(Status)> done) override;
  void Abandon() override;

 private:
  MonitorLink(os::EventLoop* loop, std::weak_ptr<LinkRegistry> registry,
              std::shared_ptr<MonitorObserver> observer);
  void Start(os::UniqueFd socket, FrameType type, const std::string& payload);
  void OnFrame(Frame frame) override;
  void OnProgress() override {}
  void OnClosed(const Error& reason) override;
  // Each says whether the payload was well-formed.
  bool HandleStarted(const std::string& payload);
  bool HandleStartFailed(const std::string& payload);
  bool HandleExited(const std::string& payload);
  bool HandleSignalResult(const std::string& payload);
  bool Handle(const Frame& frame);
  // Ends the connection; answers signals that are still open. The observer, for its last call.
  std::shared_ptr<MonitorObserver> End();

  os::EventLoop* const loop_;
  const std::weak_ptr<LinkRegistry> registry_;
  std::shared_ptr<MonitorObserver> observer_;
  std::shared_ptr<FrameSocket> socket_;
  std::deque<std::function<void(Status)>> signals_;  // in the order of their kSignal
};

}  // namespace isulad::shim

#endif  // ISULAD_DAEMON_MODULES_SHIM_MONITOR_LINK_H_
