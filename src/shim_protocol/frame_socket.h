// A connected Unix socket that carries frames, on an event loop. Reading can be paused, and data
// that the peer does not accept at once is queued. Used by the daemon and the monitor.
//
// To be used only on the loop's thread, which also makes the calls to the handler. Handed out only
// as shared_ptr, because a handler's call may drop the last other reference.
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
    // The peer has accepted some of the queued bytes.
    virtual void OnProgress() = 0;
    // The peer closed the connection or broke the framing. The last call; not made after Close().
    virtual void OnClosed(const Error& reason) = 0;
  };

  // `socket` must be non-blocking. `received` may contain bytes that have already been read from
  // it. `handler` must live until OnClosed() or Close().
  static std::shared_ptr<FrameSocket> Create(os::EventLoop* loop, os::UniqueFd socket,
                                             FrameDecoder received, Handler* handler);
  ~FrameSocket();
  FrameSocket(const FrameSocket&) = delete;
  FrameSocket& operator=(const FrameSocket&) = delete;

  // Starts reading, and delivers the frames that were received before.
  void ResumeReading();
  // No OnFrame() until ResumeReading(), not even for frames that have already arrived. Whatever the
  // peer does in the meantime, even closing the connection, is noticed only then.
  void PauseReading();

  // Sends as much as the peer accepts at once and queues the rest. Does nothing once the peer is
  // gone. Never calls the handler.
  void Send(FrameType type, std::string_view payload);
  // Bytes that are queued, and the total of bytes that the kernel has accepted.
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
