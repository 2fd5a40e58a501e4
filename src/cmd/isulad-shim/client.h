// One connection to the monitor: the daemon's own, or one that carries streams.
#ifndef ISULAD_CMD_ISULAD_SHIM_CLIENT_H_
#define ISULAD_CMD_ISULAD_SHIM_CLIENT_H_

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "shim_protocol/frame_socket.h"
#include "shim_protocol/messages.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"

namespace isulad::monitor {

// Lives on the loop's thread.
class Client final : public shim::FrameSocket::Handler {
 public:
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void OnClientFrame(Client* client, const shim::Frame& frame) = 0;
    // Something of its queue has been sent.
    virtual void OnClientProgress(Client* client) = 0;
    // It left, or was dropped for `reason`. The last call; the client must not be destroyed within
    // it.
    virtual void OnClientGone(Client* client, const Error& reason) = 0;
  };

  // From the moment that a client's queue is full it has kStallLimit for each step of progress, if
  // it `may_stall_for_ever` not.
  static constexpr std::chrono::seconds kStallLimit{10};

  Client(os::EventLoop* loop, os::UniqueFd socket, shim::FrameDecoder received,
         bool may_stall_for_ever, Owner* owner);
  ~Client() override;

  void ResumeReading() { socket_->ResumeReading(); }
  void PauseReading() { socket_->PauseReading(); }
  void Send(shim::FrameType type, std::string_view payload);
  // Nothing further is sent: from now on the stall limit holds for whatever is queued.
  void Finish();
  void Drop(const Error& reason);

  // Whether the queue grew to its bound and has not been half empty since.
  bool full() const { return full_; }
  bool all_sent() const { return socket_->queued() == 0; }

  bool subscribed = false;
  std::optional<shim::Attach> attached;

 private:
  void OnFrame(shim::Frame frame) override;
  void OnProgress() override;
  void OnClosed(const Error& reason) override;
  void WatchForStall();
  void OnStallTimer();

  os::EventLoop* const loop_;
  Owner* const owner_;
  const bool may_stall_for_ever_;
  std::shared_ptr<shim::FrameSocket> socket_;
  bool full_ = false;
  bool finishing_ = false;
  bool timer_set_ = false;
  os::EventLoop::TimerId timer_ = 0;
  std::chrono::steady_clock::time_point last_progress_;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_CLIENT_H_
