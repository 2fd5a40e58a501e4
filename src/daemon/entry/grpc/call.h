// Running one unary call: on a worker, as the operations make system calls that can block, with a
// line in the log for what changes something.
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

// What services share. Both outlive them.
struct CallEnvironment {
  os::WorkerPool* workers = nullptr;
  const Peers* peers = nullptr;
};

// Runs `work` on a worker and finishes the call with what it returns.
grpc::ServerUnaryReactor* RunCall(const CallEnvironment& environment,
                                  grpc::CallbackServerContext* context,
                                  std::function<Status()> work);

// The same of work that may wait for long, and takes no worker while it waits.
grpc::ServerUnaryReactor* RunTask(const CallEnvironment& environment,
                                  grpc::CallbackServerContext* context,
                                  std::function<Task<Status>()> work);

// Logs who asked for a change: at info where it was done, with the reason where it was refused.
void LogChange(const CallEnvironment& environment, const std::string& peer, const char* operation,
               const std::string& container, const Status& outcome);

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_CALL_H_
