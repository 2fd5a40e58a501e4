// All connections to the monitor, and the socket where further ones come.
#ifndef ISULAD_CMD_ISULAD_SHIM_CLIENTS_H_
#define ISULAD_CMD_ISULAD_SHIM_CLIENTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmd/isulad-shim/client.h"
#include "shim_protocol/messages.h"
#include "utils/base/result.h"
#include "utils/os/acceptor.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// Lives on the loop's thread.
class Clients final : public Client::Owner {
 public:
  // What the clients want of the container.
  class Observer {
   public:
    virtual ~Observer() = default;
    virtual void OnAttached() = 0;
    virtual void OnInput(std::string_view bytes) = 0;
    virtual bool InputHasRoom() = 0;
    virtual void OnInputClosed() = 0;
    // The first client that attached to standard input has left.
    virtual void OnInputLeft() = 0;
    virtual void OnResize(shim::WindowSize size) = 0;
    // An errno, 0 for success.
    virtual int32_t OnSignal(int number) = 0;
    // The daemon has given the start up.
    virtual void OnAbandoned() = 0;
    // No client's queue is full any more.
    virtual void OnRoom() = 0;
    // The connection that the monitor was started with has ended.
    virtual void OnDaemonLeft() = 0;
    // After Finish(): all that was queued has been sent, or dropped.
    virtual void OnAllSent() = 0;
    // A client was dropped because it broke the protocol or stalled.
    virtual void OnDropped(const Error& reason) = 0;
    // Why no client can connect for now; OK when they can again.
    virtual void OnAccepting(const Status& status) = 0;
  };

  // `listener`: bound to `socket_path`, non-blocking. `patient`: a client that stalls is never
  // dropped.
  Clients(os::EventLoop* loop, os::UniqueFd listener, std::string socket_path, bool patient,
          Observer* observer);
  ~Clients() override;
  Clients(const Clients&) = delete;
  Clients& operator=(const Clients&) = delete;

  // Starts to listen, and adds the connection to the daemon, which is subscribed from the start.
  Status Start(os::UniqueFd daemon, shim::FrameDecoder received);
  // For all that are subscribed, and all that will be.
  void Publish(shim::FrameType type, const std::string& payload);
  // For all that are attached to the stream.
  void SendOutput(bool error, std::string_view bytes);
  bool AnyFull() const;
  // Reads again from the clients that were held because the input had no room.
  void ResumeInput();
  // No further connections; the socket's path is free for another monitor.
  void StopListening();
  // Tells the attached clients that this was all; OnAllSent() follows, perhaps at once.
  void Finish();

 private:
  void OnClientFrame(Client* client, const shim::Frame& frame) override;
  void OnClientProgress(Client* client) override;
  void OnClientGone(Client* client, const Error& reason) override;
  // Each says whether the frame is well-formed and in place.
  bool Subscribe(Client* client);
  bool Attach(Client* client, std::string_view payload);
  bool Input(Client* client, std::string_view bytes);
  bool CloseInput(Client* client);
  bool Resize(std::string_view payload);
  bool Signal(Client* client, std::string_view payload);
  bool Abandon(std::string_view payload);
  bool Dispatch(Client* client, const shim::Frame& frame);
  Client* Add(os::UniqueFd socket, shim::FrameDecoder received);
  void ReportAllSent();

  os::EventLoop* const loop_;
  os::UniqueFd listener_;  // until Start()
  std::unique_ptr<os::Acceptor> acceptor_;
  const std::string socket_path_;
  const bool patient_;
  Observer* const observer_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<std::unique_ptr<Client>> gone_;  // until the call that they are in has returned
  std::vector<std::pair<shim::FrameType, std::string>> news_;
  Client* daemon_ = nullptr;
  Client* input_owner_ = nullptr;
  bool input_owned_ = false;  // has had an owner: only the first counts
  bool finishing_ = false;
  bool all_sent_reported_ = false;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_CLIENTS_H_
