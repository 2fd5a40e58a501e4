// The daemon's side of one attached client. Internal to this folder.
#ifndef ISULAD_DAEMON_MODULES_SHIM_STREAMS_LINK_H_
#define ISULAD_DAEMON_MODULES_SHIM_STREAMS_LINK_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "daemon/modules/shim/monitor.h"
#include "shim_protocol/frame_socket.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::shim {

// All state belongs to the loop's thread, where all calls are made; LoopStreams hands it out to
// others.
class StreamsLink final : public FrameSocket::Handler,
                          public std::enable_shared_from_this<StreamsLink> {
 public:
  StreamsLink(os::EventLoop* loop, std::shared_ptr<StreamsObserver> observer);

  void Start(os::UniqueFd socket, const Attach& what);
  void ReadMore();
  void WriteStdin(const std::string& bytes, std::function<void()> taken);
  void Send(FrameType type, const std::string& payload);
  // No further call of the observer.
  void Detach();

 private:
  void OnFrame(Frame frame) override;
  void OnProgress() override { ReportTaken(); }
  void OnClosed(const Error& reason) override;
  void ReportTaken();
  enum class Ending { kComplete, kCut };
  void End(Ending ending);

  os::EventLoop* const loop_;
  std::shared_ptr<StreamsObserver> observer_;
  std::shared_ptr<FrameSocket> socket_;
  // What is to be called when the socket has taken so many bytes in all.
  std::deque<std::pair<uint64_t, std::function<void()>>> taken_;
};

// Streams for any thread: everything is posted to the loop, in order.
class LoopStreams final : public Streams {
 public:
  LoopStreams(os::EventLoop* loop, os::UniqueFd socket, const Attach& what,
              std::shared_ptr<StreamsObserver> observer);
  ~LoopStreams() override;
  void ReadMore() override;
  void WriteStdin(std::string bytes, std::function<void()> taken) override;
  void CloseStdin() override;
  void Resize(WindowSize size) override;

 private:
  os::EventLoop* const loop_;
  const std::shared_ptr<StreamsLink> link_;
};

}  // namespace isulad::shim

#endif  // ISULAD_DAEMON_MODULES_SHIM_STREAMS_LINK_H_
