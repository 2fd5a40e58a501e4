// Logs: sends one message at a time. The next one is read on a worker when the message before it
// has been sent. While the call waits, for the client or for the container to write, it uses no
// thread.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_LOGS_REACTOR_H_
#define ISULAD_DAEMON_ENTRY_GRPC_LOGS_REACTOR_H_

#include <memory>

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/container/service.h"
#include "services/containers/v1/containers.grpc.pb.h"
#include "utils/base/mutex.h"

namespace isulad::entry {

class LogsReactor final : public grpc::ServerWriteReactor<isula::containers::v1::LogsResponse>,
                          public std::enable_shared_from_this<LogsReactor> {
 public:
  // The reactor owns itself until gRPC is done with it; callbacks that wake it may keep it alive
  // longer.
  static LogsReactor* Create(container::Service* service, const CallEnvironment& environment,
                             grpc::CallbackServerContext* context,
                             const isula::containers::v1::LogsRequest& request);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // The party that continues the call; no other may do so.
  enum class Turn {
    kWorkers,  // reading
    kWire,     // sending
    kLog,      // nothing to read: waiting for news of the log
    kNobody,   // finished
  };

  LogsReactor(const CallEnvironment& environment, grpc::CallbackServerContext* context)
      : environment_(environment), context_(context) {}
  void Open(container::Service* service, const container::LogsRequest& request);
  void ReadOnWorker();
  void Read() EXCLUDES(mutex_);
  void Send(logs::LogChunk chunk) EXCLUDES(mutex_);
  void WaitForMore() EXCLUDES(mutex_);
  void OnMore() EXCLUDES(mutex_);
  void FinishWith(const grpc::Status& status) EXCLUDES(mutex_);
  std::shared_ptr<logs::LogStream> CurrentStream() EXCLUDES(mutex_);

  const CallEnvironment environment_;
  grpc::CallbackServerContext* const context_;  // valid until the call is finished
  std::shared_ptr<LogsReactor> self_;
  isula::containers::v1::LogsResponse response_;
  Mutex mutex_;
  std::shared_ptr<logs::LogStream> stream_ GUARDED_BY(mutex_);
  Turn turn_ GUARDED_BY(mutex_) = Turn::kWorkers;
  bool cancelled_ GUARDED_BY(mutex_) = false;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_LOGS_REACTOR_H_
