// A connected unix socket that carries frames, on an event loop: reading that can be paused, and a
// queue for what the peer does not take at once. Daemon and monitor share it.
//
// All calls come and go on the loop's thread. Handed out as shared_ptr only, because a handler's
// call may drop the last other reference.
#ifndef ISULAD_SHIM_PROTOCOL_FRAME_SOCKET_H_
#define ISULAD_SHIM_PROTOCOL_FRAME_SOCKET_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "shim_protocol/frame.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::shim {

class FrameSocket : public std::enable_shared_from_this<FrameSocket> {
 public:
  class Handler {
   public:
    virtual ~Handler() = default;
    virtual void OnFrame(Frame frame) = 0;
    // The peer has taken something of the queue.
    virtual void OnProgress() = 0;
    // The peer left, or broke the framing. The last call; not given after Close().
    virtual void OnClosed(const Error& reason) = 0;
  };

  // `socket` must be non-blocking. `received` may hold bytes that were read from it already.
  // `handler` must live until OnClosed() or Close().
  static std::shared_ptr<FrameSocket> Create(os::EventLoop* loop, os::UniqueFd socket,
                                             FrameDecoder received, Handler* handler);
  ~FrameSocket();
  FrameSocket(const FrameSocket&) = delete;
  FrameSocket& operator=(const FrameSocket&) = delete;

  // Starts to read, and delivers the frames that were received before.
  void ResumeReading();
  // No OnFrame() until ResumeReading(), not even for frames that are here already. What the peer
  // does in the meantime, its end included, is noticed only then.
  void PauseReading();

  // Sends what the peer takes at once and queues the rest. Nothing happens once the peer is gone.
  // Never calls the handler.
  void Send(FrameType type, std::string_view payload);
  // Bytes that wait, and bytes that were ever taken by the kernel.
  size_t queued() const { return queue_.size() - queue_sent_; }
  uint64_t total_sent() const { return total_sent_; }

  void Close();
  bool closed() const { return handler_ == nullptr; }

 private:
  FrameSocket(os::EventLoop* loop, os::UniqueFd socket, FrameDecoder received, Handler* handler);
  void OnEvents(uint32_t events);
  void ReadOnce();
  void DeliverFrames();
  void Flush();
  void DropQueue();
  void UpdateInterest();
  void Fail(const Error& reason);

  os::EventLoop* const loop_;
  os::UniqueFd socket_;
  FrameDecoder decoder_;
  Handler* handler_;
  uint32_t interest_ = 0;  // 0: not in the loop
  bool reading_ = false;
  bool delivering_ = false;
  bool write_broken_ = false;
  std::string queue_;
  size_t queue_sent_ = 0;
  uint64_t total_sent_ = 0;
};

}  // namespace isulad::shim

#endif  // ISULAD_SHIM_PROTOCOL_FRAME_SOCKET_H_
