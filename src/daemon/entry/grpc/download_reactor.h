// CopyFrom and Export: sends one message at a time. The next one is read from the copy when the
// message before it has been sent.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_DOWNLOAD_REACTOR_H_
#define ISULAD_DAEMON_ENTRY_GRPC_DOWNLOAD_REACTOR_H_

#include <memory>
#include <string>

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/container/service.h"
#include "services/containers/v1/containers.grpc.pb.h"
#include "utils/base/mutex.h"

namespace isulad::entry {

class DownloadReactor final : public grpc::ServerWriteReactor<isula::containers::v1::CopyData>,
                              public std::enable_shared_from_this<DownloadReactor> {
 public:
  // The reactor owns itself until gRPC is done with it; a copy may keep it alive longer.
  static DownloadReactor* Create(container::Service* service, const CallEnvironment& environment,
                                 grpc::CallbackServerContext* context,
                                 container::CopyRequest request);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  DownloadReactor(const CallEnvironment& environment, grpc::CallbackServerContext* context)
      : environment_(environment), context_(context), peer_(context->peer()) {}
  void Take(const container::CopyRequest& request,
            Result<std::unique_ptr<container::CopyStream>> stream);
  void ReadNext() EXCLUDES(mutex_);
  void OnChunk(Result<std::string> bytes) EXCLUDES(mutex_);
  // True for the first caller only, which then finishes the call. Until then `context_` is valid.
  bool ClaimFinish() EXCLUDES(mutex_);

  const CallEnvironment environment_;
  grpc::CallbackServerContext* const context_;
  const std::string peer_;
  std::shared_ptr<DownloadReactor> self_;
  isula::containers::v1::CopyData response_;
  Mutex mutex_;
  std::shared_ptr<container::CopyStream> stream_ GUARDED_BY(mutex_);
  bool finished_ GUARDED_BY(mutex_) = false;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_DOWNLOAD_REACTOR_H_
