// One connection to the monitor: the daemon's, or one that carries streams.
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

// To be used only on the loop's thread.
class Client final : public shim::FrameSocket::Handler {
 public:
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void OnClientFrame(Client* client, const shim::Frame& frame) = 0;
    // Part of the client's queue has been sent.
    virtual void OnClientProgress(Client* client) = 0;
    // The client disconnected, or was dropped for `reason`. The last call; the client must not be
    // destroyed within it.
    virtual void OnClientGone(Client* client, const Error& reason) = 0;
  };

  // Once a client's queue is full, the client has kStallLimit for each step of progress, unless it
  // `may_stall_for_ever`.
  static constexpr std::chrono::seconds kStallLimit{10};

  Client(os::EventLoop* loop, os::UniqueFd socket, shim::FrameDecoder received,
         bool may_stall_for_ever, Owner* owner);
  ~Client() override;

  void ResumeReading() { socket_->ResumeReading(); }
  void PauseReading() { socket_->PauseReading(); }
  void Send(shim::FrameType type, std::string_view payload);
  // Nothing further will be sent: from now on the stall limit applies to whatever is queued.
  void Finish();
  void Drop(const Error& reason);

  // Whether the queue has reached its limit and has not been half empty since.
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
