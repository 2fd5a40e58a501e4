// Logs: one message at a time, read on a worker when the one before has gone out.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_LOGS_REACTOR_H_
#define ISULAD_DAEMON_ENTRY_GRPC_LOGS_REACTOR_H_

#include <memory>

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/container/service.h"
#include "services/containers/v1/containers.grpc.pb.h"

namespace isulad::entry {

// Deletes itself when the call is done.
class LogsReactor final : public grpc::ServerWriteReactor<isula::containers::v1::LogsResponse> {
 public:
  LogsReactor(container::Service* service, const CallEnvironment& environment,
              grpc::CallbackServerContext* context,
              const isula::containers::v1::LogsRequest& request);

  void OnWriteDone(bool ok) override;
  void OnDone() override;

 private:
  void Next();

  const CallEnvironment environment_;
  grpc::CallbackServerContext* const context_;
  std::unique_ptr<logs::LogReader> reader_;
  isula::containers::v1::LogsResponse response_;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_LOGS_REACTOR_H_
