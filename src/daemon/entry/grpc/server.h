// The gRPC server and its unix sockets. The sockets are ours: who connects is asked of the kernel,
// and the connection is then handed to gRPC.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_SERVER_H_
#define ISULAD_DAEMON_ENTRY_GRPC_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "daemon/entry/grpc/channel_service.h"
#include "daemon/entry/grpc/container_service.h"
#include "daemon/entry/grpc/events_service.h"
#include "daemon/entry/grpc/peers.h"
#include "daemon/entry/grpc/system_service.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"
#include "utils/os/worker_pool.h"

namespace isulad::entry {

class Server {
 public:
  struct Config {
    std::vector<std::string> hosts;  // "unix:///path"
    std::string
        group;  // of the sockets; where there is no such group they stay root's, with a warning
  };

  // What answers; all outlive the server.
  struct Services {
    container::Service* containers = nullptr;
    container::ChannelService* channels = nullptr;
    events::Source* events = nullptr;
  };

  // Listens on all hosts, mode 0660. A socket that nobody answers on is replaced; one that somebody
  // does is kAlreadyExists. All pointers outlive the server. Serves as soon as `loop` runs.
  static Result<std::unique_ptr<Server>> Create(const Config& config, const Services& services,
                                                SystemInformation information,
                                                os::WorkerPool* workers, os::EventLoop* loop);
  // Stops serving; the sockets are removed. To be called on the loop's thread or after it has
  // ended.
  ~Server();

  // Ends open calls after `grace` and waits for them. Not on the loop's thread.
  void Shutdown(std::chrono::milliseconds grace);

  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  struct Listener {
    std::string path;
    os::UniqueFd socket;
  };
  explicit Server(os::EventLoop* loop) : loop_(loop) {}
  Status Listen(const std::string& host, const std::string& group);
  void AcceptAll(int listener);

  os::EventLoop* const loop_;
  Peers peers_;
  std::vector<std::string> warnings_;
  std::vector<Listener> listeners_;
  std::unique_ptr<ContainerServiceImpl> containers_;
  std::unique_ptr<ChannelServiceImpl> channels_;
  std::unique_ptr<EventsServiceImpl> events_;
  std::unique_ptr<SystemServiceImpl> system_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_SERVER_H_
