// Wait: uses no thread while it waits, and cancels the wait if the client leaves.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_WAIT_REACTOR_H_
#define ISULAD_DAEMON_ENTRY_GRPC_WAIT_REACTOR_H_

#include <functional>
#include <memory>

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/container/service.h"
#include "services/containers/v1/containers.grpc.pb.h"
#include "utils/base/mutex.h"

namespace isulad::entry {

// Deletes itself when the call is done.
class WaitReactor final : public grpc::ServerUnaryReactor {
 public:
  WaitReactor(container::Service* service, const CallEnvironment& environment,
              grpc::CallbackServerContext* context,
              const isula::containers::v1::WaitRequest& request,
              isula::containers::v1::WaitResponse* response);

  void OnCancel() override;
  void OnDone() override;

 private:
  // Outlives the reactor for as long as a callback may still come.
  struct Shared {
    Mutex mutex;
    WaitReactor* reactor GUARDED_BY(mutex) = nullptr;  // nullptr once finished
  };
  static void FinishOnce(const std::shared_ptr<Shared>& shared, const grpc::Status& status,
                         int exit_code);

  isula::containers::v1::WaitResponse* const response_;
  const std::shared_ptr<Shared> shared_;
  Mutex mutex_;
  std::function<void()> cancel_ GUARDED_BY(mutex_);
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_WAIT_REACTOR_H_
