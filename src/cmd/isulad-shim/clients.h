// All connections to the monitor, and the socket on which new ones arrive.
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

// To be used only on the loop's thread.
class Clients final : public Client::Owner {
 public:
  // Receives the requests that clients make of the container.
  class Observer {
   public:
    virtual ~Observer() = default;
    virtual void OnAttached() = 0;
    virtual void OnInput(std::string_view bytes) = 0;
    virtual bool InputHasRoom() = 0;
    virtual void OnInputClosed() = 0;
    // The first client attached to standard input has disconnected.
    virtual void OnInputLeft() = 0;
    virtual void OnResize(shim::WindowSize size) = 0;
    // Returns an errno, 0 for success.
    virtual int32_t OnSignal(int number) = 0;
    // The daemon has abandoned the start.
    virtual void OnAbandoned() = 0;
    // No client's queue is full any more.
    virtual void OnRoom() = 0;
    // The connection that the monitor was started with has been closed.
    virtual void OnDaemonLeft() = 0;
    // After Finish(): everything queued has been sent or dropped.
    virtual void OnAllSent() = 0;
    // A client was dropped because it broke the protocol or stalled.
    virtual void OnDropped(const Error& reason) = 0;
    // Receives the reason why no client can connect for now, and OK when clients can connect again.
    virtual void OnAccepting(const Status& status) = 0;
  };

  // `listener` is non-blocking and bound to `socket_path`. If `patient`, a client that stalls is
  // never dropped.
  Clients(os::EventLoop* loop, os::UniqueFd listener, std::string socket_path, bool patient,
          Observer* observer);
  ~Clients() override;
  Clients(const Clients&) = delete;
  Clients& operator=(const Clients&) = delete;

  // Starts listening, and adds the connection to the daemon, which is subscribed from the start.
  Status Start(os::UniqueFd daemon, shim::FrameDecoder received);
  // Sends to all subscribed clients, and to all that subscribe later.
  void Publish(shim::FrameType type, const std::string& payload);
  // Sends to all clients attached to the stream.
  void SendOutput(bool error, std::string_view bytes);
  bool AnyFull() const;
  // Resumes reading from the clients that were paused because the input had no room.
  void ResumeInput();
  // Accepts no further connections; the socket's path becomes free for another monitor.
  void StopListening();
  // Tells the attached clients that all output has been sent; OnAllSent() follows, perhaps at once.
  void Finish();

 private:
  void OnClientFrame(Client* client, const shim::Frame& frame) override;
  void OnClientProgress(Client* client) override;
  void OnClientGone(Client* client, const Error& reason) override;
  // Each returns whether the frame is well-formed and allowed at this point.
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
  std::vector<std::unique_ptr<Client>> gone_;  // until the call that they are in returns
  std::vector<std::pair<shim::FrameType, std::string>> news_;
  Client* daemon_ = nullptr;
  Client* input_owner_ = nullptr;
  bool input_owned_ = false;  // has had an owner; only the first counts
  bool finishing_ = false;
  bool all_sent_reported_ = false;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_CLIENTS_H_
