// CopyTo: the client's bytes are passed to the copy; the next ones are read when these have been
// taken. The copy's own output is returned in the response.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_UPLOAD_REACTOR_H_
#define ISULAD_DAEMON_ENTRY_GRPC_UPLOAD_REACTOR_H_

#include <memory>
#include <string>

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/container/service.h"
#include "services/containers/v1/containers.grpc.pb.h"
#include "utils/base/mutex.h"

namespace isulad::entry {

class UploadReactor final : public grpc::ServerReadReactor<isula::containers::v1::CopyToRequest>,
                            public std::enable_shared_from_this<UploadReactor> {
 public:
  // The reactor owns itself until gRPC is done with it; a copy may keep it alive longer. `response`
  // is written before the call finishes.
  static UploadReactor* Create(container::Service* service, const CallEnvironment& environment,
                               grpc::CallbackServerContext* context,
                               isula::containers::v1::CopyToResponse* response);

  void OnReadDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  UploadReactor(container::Service* service, const CallEnvironment& environment,
                grpc::CallbackServerContext* context,
                isula::containers::v1::CopyToResponse* response)
      : service_(service),
        environment_(environment),
        context_(context),
        response_(response),
        peer_(context->peer()) {}
  void Open() EXCLUDES(mutex_);
  void Take(Result<std::unique_ptr<container::CopyStream>> stream) EXCLUDES(mutex_);
  void ReadNext() EXCLUDES(mutex_);
  void Listen() EXCLUDES(mutex_);
  void OnOutcome(Result<std::string> bytes) EXCLUDES(mutex_);
  void FinishWith(const Error& error) EXCLUDES(mutex_);
  // True for the first caller only, which then finishes the call. Until then `context_` and
  // `response_` are valid.
  bool ClaimFinish() EXCLUDES(mutex_);
  std::shared_ptr<container::CopyStream> CurrentStream() EXCLUDES(mutex_);

  container::Service* const service_;
  const CallEnvironment environment_;
  grpc::CallbackServerContext* const context_;
  isula::containers::v1::CopyToResponse* const response_;
  const std::string peer_;
  std::shared_ptr<UploadReactor> self_;
  isula::containers::v1::CopyToRequest request_;
  std::string outcome_;  // written by the copy's thread
  Mutex mutex_;
  std::shared_ptr<container::CopyStream> stream_ GUARDED_BY(mutex_);
  bool finished_ GUARDED_BY(mutex_) = false;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_UPLOAD_REACTOR_H_
