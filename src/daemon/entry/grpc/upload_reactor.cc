#include "daemon/entry/grpc/upload_reactor.h"

#include <utility>

namespace isulad::entry {
namespace {

// The worker of a copy sends a hundred notices and its outcome.
constexpr size_t kMaxOutcome = 1u << 20;

}  // namespace

UploadReactor* UploadReactor::Create(container::Service* service,
                                     const CallEnvironment& environment,
                                     grpc::CallbackServerContext* context,
                                     isula::containers::v1::CopyToResponse* response) {
  std::shared_ptr<UploadReactor> reactor(
      new UploadReactor(service, environment, context, response));
  reactor->self_ = reactor;
  reactor->StartRead(&reactor->request_);
  return reactor.get();
}

void UploadReactor::OnReadDone(bool ok) {
  const std::shared_ptr<container::CopyStream> stream = CurrentStream();
  if (!stream) {
    if (ok && request_.has_open()) {
      environment_.workers->Post([self = shared_from_this()] { self->Open(); });
    } else {
      FinishWith(InvalidArgument("the first message must be \"open\""));
    }
    return;
  }
  if (!ok) {
    stream->CloseInput();  // no more data: the outcome follows
    return;
  }
  stream->Write(std::move(*request_.mutable_data()),
                [self = shared_from_this()] { self->ReadNext(); });
}

void UploadReactor::Open() {
  using Opened = Result<std::unique_ptr<container::CopyStream>>;
  const isula::containers::v1::CopyToOpen& open = request_.open();
  const container::CopyRequest request{shim::CopyVerb::kTo, open.container(), open.path(), false,
                                       open.archive()};
  Begin(service_->Copy(request),
        std::function<void(Opened)>(
            [self = shared_from_this()](Opened stream) { self->Take(std::move(stream)); }));
}

void UploadReactor::Take(Result<std::unique_ptr<container::CopyStream>> stream) {
  LogChange(environment_, peer_, "copy to", request_.open().container(),
            stream ? OkStatus() : Status(stream.error()));
  if (!stream) {
    FinishWith(stream.error());
    return;
  }
  {
    MutexLock lock(mutex_);
    if (finished_) {
      return;  // the client has gone; the copy ends with this frame
    }
    stream_ = *std::move(stream);
  }
  Listen();
  ReadNext();
}

void UploadReactor::ReadNext() {
  MutexLock lock(mutex_);
  if (!finished_) {
    request_.Clear();
    StartRead(&request_);
  }
}

void UploadReactor::Listen() {
  if (const std::shared_ptr<container::CopyStream> stream = CurrentStream()) {
    stream->Read([self = shared_from_this()](Result<std::string> bytes) {
      self->OnOutcome(std::move(bytes));
    });
  }
}

void UploadReactor::OnOutcome(Result<std::string> bytes) {
  if (!bytes) {
    FinishWith(bytes.error());
  } else if (!bytes->empty() && outcome_.size() + bytes->size() > kMaxOutcome) {
    FinishWith(Error(Code::kDataLoss, "the worker of the copy says too much"));
  } else if (!bytes->empty()) {
    outcome_.append(*bytes);
    Listen();
  } else if (ClaimFinish()) {
    response_->set_outcome(std::move(outcome_));
    Finish(grpc::Status::OK);
  }
}

void UploadReactor::FinishWith(const Error& error) {
  if (ClaimFinish()) {
    Finish(ToGrpc(error, context_));
  }
}

void UploadReactor::OnCancel() {
  if (ClaimFinish()) {
    Finish(grpc::Status::CANCELLED);
  }
}

bool UploadReactor::ClaimFinish() {
  MutexLock lock(mutex_);
  return !std::exchange(finished_, true);
}

std::shared_ptr<container::CopyStream> UploadReactor::CurrentStream() {
  MutexLock lock(mutex_);
  return stream_;
}

void UploadReactor::OnDone() {
  std::shared_ptr<container::CopyStream> stream;
  {
    MutexLock lock(mutex_);
    stream.swap(stream_);
  }
  stream.reset();  // ends the copy
  self_.reset();
}

}  // namespace isulad::entry
