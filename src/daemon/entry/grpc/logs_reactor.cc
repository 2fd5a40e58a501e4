#include "daemon/entry/grpc/logs_reactor.h"

#include <optional>
#include <utility>

namespace isulad::entry {

LogsReactor::LogsReactor(container::Service* service, const CallEnvironment& environment,
                         grpc::CallbackServerContext* context,
                         const isula::containers::v1::LogsRequest& request)
    : environment_(environment), context_(context) {
  environment_.workers->Post([this, service, name = request.container(), tail = request.tail()] {
    Result<std::unique_ptr<logs::LogReader>> reader = service->Logs(name, tail);
    if (!reader) {
      Finish(ToGrpc(reader.error(), context_));
      return;
    }
    reader_ = *std::move(reader);
    Next();
  });
}

void LogsReactor::Next() {
  Result<std::optional<logs::LogChunk>> chunk = reader_->Next();
  if (!chunk) {
    Finish(ToGrpc(chunk.error(), context_));
    return;
  }
  if (!*chunk) {
    Finish(grpc::Status::OK);
    return;
  }
  response_.Clear();
  ((*chunk)->error ? response_.mutable_stderr() : response_.mutable_stdout())->swap((*chunk)->text);
  StartWrite(&response_);
}

void LogsReactor::OnWriteDone(bool ok) {
  if (!ok) {
    Finish(grpc::Status::CANCELLED);
    return;
  }
  environment_.workers->Post([this] { Next(); });
}

void LogsReactor::OnDone() { delete this; }

}  // namespace isulad::entry
