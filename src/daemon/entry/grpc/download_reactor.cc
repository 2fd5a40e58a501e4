#include "daemon/entry/grpc/download_reactor.h"

#include <utility>

namespace isulad::entry {
namespace {

const char* NameOf(shim::CopyVerb verb) {
  return verb == shim::CopyVerb::kExport ? "export" : "copy from";
}

}  // namespace

DownloadReactor* DownloadReactor::Create(container::Service* service,
                                         const CallEnvironment& environment,
                                         grpc::CallbackServerContext* context,
                                         container::CopyRequest request) {
  std::shared_ptr<DownloadReactor> reactor(new DownloadReactor(environment, context));
  reactor->self_ = reactor;
  environment.workers->Post([reactor, service, request = std::move(request)] {
    using Opened = Result<std::unique_ptr<container::CopyStream>>;
    Begin(service->Copy(request), std::function<void(Opened)>([reactor, request](Opened stream) {
            reactor->Take(request, std::move(stream));
          }));
  });
  return reactor.get();
}

void DownloadReactor::Take(const container::CopyRequest& request,
                           Result<std::unique_ptr<container::CopyStream>> stream) {
  LogChange(environment_, peer_, NameOf(request.verb), request.reference,
            stream ? OkStatus() : Status(stream.error()));
  if (!stream) {
    if (ClaimFinish()) {
      Finish(ToGrpc(stream.error(), context_));
    }
    return;
  }
  {
    MutexLock lock(mutex_);
    if (finished_) {
      return;  // the client has gone; the copy ends with this frame
    }
    stream_ = *std::move(stream);
  }
  ReadNext();
}

void DownloadReactor::ReadNext() {
  std::shared_ptr<container::CopyStream> stream;
  {
    MutexLock lock(mutex_);
    if (!finished_) {
      stream = stream_;
    }
  }
  if (stream) {
    stream->Read([self = shared_from_this()](Result<std::string> bytes) {
      self->OnChunk(std::move(bytes));
    });
  }
}

void DownloadReactor::OnChunk(Result<std::string> bytes) {
  if (bytes && !bytes->empty()) {
    MutexLock lock(mutex_);
    if (!finished_) {
      response_.set_data(*std::move(bytes));
      StartWrite(&response_);
    }
    return;
  }
  if (ClaimFinish()) {
    Finish(bytes ? grpc::Status::OK : ToGrpc(bytes.error(), context_));
  }
}

void DownloadReactor::OnWriteDone(bool ok) {
  if (ok) {
    ReadNext();
  } else if (ClaimFinish()) {
    Finish(grpc::Status::CANCELLED);
  }
}

void DownloadReactor::OnCancel() {
  if (ClaimFinish()) {
    Finish(grpc::Status::CANCELLED);
  }
}

bool DownloadReactor::ClaimFinish() {
  MutexLock lock(mutex_);
  return !std::exchange(finished_, true);
}

void DownloadReactor::OnDone() {
  std::shared_ptr<container::CopyStream> stream;
  {
    MutexLock lock(mutex_);
    stream.swap(stream_);
  }
  stream.reset();  // ends the copy
  self_.reset();
}

}  // namespace isulad::entry
