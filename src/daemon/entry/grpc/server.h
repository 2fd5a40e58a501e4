// The gRPC server. The daemon accepts connections itself: it asks the kernel for the peer's
// credentials and then hands the descriptor to gRPC.
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
#include "utils/os/acceptor.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"
#include "utils/os/worker_pool.h"

namespace isulad::entry {

class Server {
 public:
  // The services that answer calls; all must outlive the server.
  struct Services {
    container::Service* containers = nullptr;
    container::ChannelService* channels = nullptr;
    events::Source* events = nullptr;
  };

  // `listeners`: see Listeners::Take(). All pointers must outlive the server. Serves as soon as
  // `loop` runs. Must be destroyed on the loop's thread or after the loop has ended.
  static Result<std::unique_ptr<Server>> Create(std::vector<os::UniqueFd> listeners,
                                                const Services& services,
                                                SystemInformation information,
                                                os::WorkerPool* workers, os::EventLoop* loop);

  // Ends open calls after `grace` and waits for them. Must not be called on the loop's thread.
  void Shutdown(std::chrono::milliseconds grace);

 private:
  Server() = default;
  void Serve(os::UniqueFd connection);

  Peers peers_;
  std::unique_ptr<ContainerServiceImpl> containers_;
  std::unique_ptr<ChannelServiceImpl> channels_;
  std::unique_ptr<EventsServiceImpl> events_;
  std::unique_ptr<SystemServiceImpl> system_;
  std::unique_ptr<grpc::Server> server_;
  std::vector<std::unique_ptr<os::Acceptor>> acceptors_;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_SERVER_H_
