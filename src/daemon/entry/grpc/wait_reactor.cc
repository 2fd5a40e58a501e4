#include "daemon/entry/grpc/wait_reactor.h"

#include <utility>

namespace isulad::entry {

WaitReactor::WaitReactor(container::Service* service, const CallEnvironment&,
                         grpc::CallbackServerContext* context,
                         const isula::containers::v1::WaitRequest& request,
                         isula::containers::v1::WaitResponse* response)
    : response_(response), shared_(std::make_shared<Shared>()) {
  {
    MutexLock lock(shared_->mutex);
    shared_->reactor = this;
  }
  // Neither finding the container nor registering the callback blocks, so no worker is needed.
  Result<std::function<void()>> cancel = service->Wait(
      request.container(),
      [shared = shared_](int exit_code) { FinishOnce(shared, grpc::Status::OK, exit_code); });
  if (!cancel) {
    FinishOnce(shared_, ToGrpc(cancel.error(), context), 0);
    return;
  }
  MutexLock lock(mutex_);
  cancel_ = *std::move(cancel);
}

void WaitReactor::FinishOnce(const std::shared_ptr<Shared>& shared, const grpc::Status& status,
                             int exit_code) {
  WaitReactor* reactor = nullptr;
  {
    MutexLock lock(shared->mutex);
    reactor = std::exchange(shared->reactor, nullptr);
  }
  if (reactor != nullptr) {
    reactor->response_->set_exit_code(exit_code);
    reactor->Finish(status);
  }
}

void WaitReactor::OnCancel() { FinishOnce(shared_, grpc::Status::CANCELLED, 0); }

void WaitReactor::OnDone() {
  std::function<void()> cancel;
  {
    MutexLock lock(mutex_);
    cancel = std::move(cancel_);
  }
  if (cancel) {
    cancel();
  }
  delete this;
}

}  // namespace isulad::entry
