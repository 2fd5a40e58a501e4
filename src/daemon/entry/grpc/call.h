// Runs a unary call on a worker, as operations make system calls that can block, and logs changes.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_CALL_H_
#define ISULAD_DAEMON_ENTRY_GRPC_CALL_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <string>

#include "daemon/entry/grpc/peers.h"
#include "daemon/entry/grpc/status_map.h"
#include "utils/base/result.h"
#include "utils/base/task.h"
#include "utils/os/worker_pool.h"

namespace isulad::entry {

// Shared by the services; both must outlive them.
struct CallEnvironment {
  os::WorkerPool* workers = nullptr;
  const Peers* peers = nullptr;
};

// Runs `work` on a worker and finishes the call with its result.
grpc::ServerUnaryReactor* RunCall(const CallEnvironment& environment,
                                  grpc::CallbackServerContext* context,
                                  std::function<Status()> work);

// Like RunCall(), but for work that may wait for long; it occupies no worker while it waits.
grpc::ServerUnaryReactor* RunTask(const CallEnvironment& environment,
                                  grpc::CallbackServerContext* context,
                                  std::function<Task<Status>()> work);

// Logs who asked for a change, at level info, and the reason if it was refused.
void LogChange(const CallEnvironment& environment, const std::string& peer, const char* operation,
               const std::string& container, const Status& outcome);

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_CALL_H_
