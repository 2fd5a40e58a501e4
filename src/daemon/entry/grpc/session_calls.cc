#include "daemon/entry/grpc/session_calls.h"

#include <utility>

namespace isulad::entry {
namespace {

template <typename Response>
Response OutputOf(bool error, std::string bytes) {
  Response response;
  (error ? response.mutable_stderr() : response.mutable_stdout())->swap(bytes);
  return response;
}

}  // namespace

Task<Result<std::unique_ptr<container::Session>>> AttachCall::Open(
    container::Service* service, const Request::Open& open,
    std::shared_ptr<container::SessionObserver> observer) {
  return service->Attach(FromWire(open), std::move(observer));
}

v1::AttachResponse AttachCall::Opened(const container::SessionOpened& opened) {
  Response response;
  response.mutable_opened()->set_terminal(opened.terminal);
  response.mutable_opened()->set_stdin(opened.open_stdin);
  response.mutable_opened()->mutable_warnings()->Assign(opened.warnings.begin(),
                                                        opened.warnings.end());
  return response;
}

v1::AttachResponse AttachCall::Output(bool error, std::string bytes) {
  return OutputOf<Response>(error, std::move(bytes));
}

v1::AttachResponse AttachCall::Ended(const container::SessionEnd& end) {
  Response response;
  response.set_exit_code(end.exit_code);
  response.mutable_notices()->Assign(end.notices.begin(), end.notices.end());
  return response;
}

Task<Result<std::unique_ptr<container::Session>>> ExecCall::Open(
    container::Service* service, const Request::Open& open,
    std::shared_ptr<container::SessionObserver> observer) {
  return service->Exec(FromWire(open), std::move(observer));
}

v1::ExecResponse ExecCall::Opened(const container::SessionOpened& opened) {
  Response response;
  response.mutable_started()->set_exec_id(opened.exec_id);
  response.mutable_started()->set_pid(opened.pid);
  return response;
}

v1::ExecResponse ExecCall::Output(bool error, std::string bytes) {
  return OutputOf<Response>(error, std::move(bytes));
}

v1::ExecResponse ExecCall::Ended(const container::SessionEnd& end) {
  Response response;
  response.set_exit_code(end.exit_code);
  return response;
}

}  // namespace isulad::entry
