#include "daemon/entry/grpc/logs_reactor.h"

#include <optional>
#include <utility>

#include "daemon/entry/grpc/convert_container.h"

namespace isulad::entry {

LogsReactor* LogsReactor::Create(container::Service* service, const CallEnvironment& environment,
                                 grpc::CallbackServerContext* context,
                                 const isula::containers::v1::LogsRequest& request) {
  std::shared_ptr<LogsReactor> reactor(new LogsReactor(environment, context));
  reactor->self_ = reactor;
  environment.workers->Post(
      [reactor, service, request = FromWire(request)] { reactor->Open(service, request); });
  return reactor.get();
}

void LogsReactor::Open(container::Service* service, const container::LogsRequest& request) {
  Result<std::unique_ptr<logs::LogStream>> stream = service->Logs(request);
  if (!stream) {
    FinishWith(ToGrpc(stream.error(), context_));
    return;
  }
  logs::LogChunk beginning;
  beginning.cursor = (*stream)->cursor();
  {
    MutexLock lock(mutex_);
    stream_ = *std::move(stream);
  }
  Send(std::move(beginning));
}

void LogsReactor::ReadOnWorker() {
  environment_.workers->Post([self = shared_from_this()] { self->Read(); });
}

void LogsReactor::Read() {
  // A reference of its own: after a cancellation the call may release the stream at any time.
  const std::shared_ptr<logs::LogStream> stream = CurrentStream();
  Result<std::optional<logs::LogChunk>> chunk = stream->Next();
  if (!chunk) {
    FinishWith(ToGrpc(chunk.error(), context_));
  } else if (*chunk) {
    Send(**std::move(chunk));
  } else if (stream->ended()) {
    FinishWith(grpc::Status::OK);
  } else {
    WaitForMore();
  }
}

void LogsReactor::Send(logs::LogChunk chunk) {
  response_.Clear();
  if (!chunk.text.empty()) {
    (chunk.error ? response_.mutable_stderr() : response_.mutable_stdout())->swap(chunk.text);
  }
  response_.set_cursor(std::move(chunk.cursor));
  response_.set_notice(std::move(chunk.notice));
  {
    MutexLock lock(mutex_);
    turn_ = Turn::kWire;
  }
  StartWrite(&response_);  // if the call was cancelled, OnWriteDone() gets the failure
}

void LogsReactor::OnWriteDone(bool ok) {
  if (!ok) {
    FinishWith(grpc::Status::CANCELLED);
    return;
  }
  {
    MutexLock lock(mutex_);
    turn_ = Turn::kWorkers;
  }
  ReadOnWorker();
}

void LogsReactor::WaitForMore() {
  std::shared_ptr<logs::LogStream> stream;
  {
    MutexLock lock(mutex_);
    if (!cancelled_) {
      turn_ = Turn::kLog;
      stream = stream_;
    }
  }
  if (stream) {
    stream->WhenMore([self = shared_from_this()] { self->OnMore(); });
  } else {
    FinishWith(grpc::Status::CANCELLED);
  }
}

void LogsReactor::OnMore() {
  {
    MutexLock lock(mutex_);
    if (turn_ != Turn::kLog) {
      return;  // cancelled in the meantime
    }
    turn_ = Turn::kWorkers;
  }
  ReadOnWorker();
}

void LogsReactor::OnCancel() {
  {
    MutexLock lock(mutex_);
    cancelled_ = true;
    if (turn_ != Turn::kLog) {
      return;  // the holder of the turn will notice
    }
  }
  FinishWith(grpc::Status::CANCELLED);
}

void LogsReactor::FinishWith(const grpc::Status& status) {
  {
    MutexLock lock(mutex_);
    if (turn_ == Turn::kNobody) {
      return;
    }
    turn_ = Turn::kNobody;
  }
  Finish(status);
}

std::shared_ptr<logs::LogStream> LogsReactor::CurrentStream() {
  MutexLock lock(mutex_);
  return stream_;
}

void LogsReactor::OnDone() {
  std::shared_ptr<logs::LogStream> stream;
  {
    MutexLock lock(mutex_);
    stream.swap(stream_);
  }
  stream.reset();  // removes what could wake this call
  self_.reset();
}

}  // namespace isulad::entry
