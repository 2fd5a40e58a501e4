// The messages of Attach and of Exec, for SessionReactor.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_SESSION_CALLS_H_
#define ISULAD_DAEMON_ENTRY_GRPC_SESSION_CALLS_H_

#include <memory>
#include <string>

#include "daemon/entry/grpc/convert_container.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::entry {

struct AttachCall {
  using Request = v1::AttachRequest;
  using Response = v1::AttachResponse;
  static const char* Name(const Request::Open& open) { return open.start() ? "start" : "attach"; }
  static Task<Result<std::unique_ptr<container::Session>>> Open(
      container::Service* service, const Request::Open& open,
      std::shared_ptr<container::SessionObserver> observer);
  static Response Opened(const container::SessionOpened& opened);
  static Response Output(bool error, std::string bytes);
  static Response Ended(const container::SessionEnd& end);
};

struct ExecCall {
  using Request = v1::ExecRequest;
  using Response = v1::ExecResponse;
  static const char* Name(const Request::Open&) { return "exec"; }
  static Task<Result<std::unique_ptr<container::Session>>> Open(
      container::Service* service, const Request::Open& open,
      std::shared_ptr<container::SessionObserver> observer);
  static Response Opened(const container::SessionOpened& opened);
  static Response Output(bool error, std::string bytes);
  static Response Ended(const container::SessionEnd& end);
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_SESSION_CALLS_H_
