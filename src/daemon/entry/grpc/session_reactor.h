// Attach and Exec: the client's messages are passed to the session and the session's output to the
// client, one at a time in each direction. Nothing here blocks, so a stream needs no thread.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_SESSION_REACTOR_H_
#define ISULAD_DAEMON_ENTRY_GRPC_SESSION_REACTOR_H_

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "daemon/entry/grpc/call.h"
#include "daemon/entry/grpc/session_calls.h"
#include "daemon/modules/container/service.h"
#include "utils/base/mutex.h"

namespace isulad::entry {

// `Call` defines the messages and how they are made, see session_calls.h.
template <typename Call>
class SessionReactor final
    : public grpc::ServerBidiReactor<typename Call::Request, typename Call::Response>,
      public container::SessionObserver,
      public std::enable_shared_from_this<SessionReactor<Call>> {
 public:
  using Request = typename Call::Request;
  using Response = typename Call::Response;

  // The reactor owns itself until gRPC is done with it; sessions may keep it alive longer.
  static SessionReactor* Create(container::Service* service, const CallEnvironment& environment,
                                grpc::CallbackServerContext* context) {
    std::shared_ptr<SessionReactor> reactor(new SessionReactor(service, environment, context));
    reactor->self_ = reactor;
    reactor->StartRead(&reactor->request_);
    return reactor.get();
  }

  void OnReadDone(bool ok) override {
    const std::shared_ptr<container::Session> session = CurrentSession();
    if (!session) {
      ok ? Open() : RefuseUnopened();
      return;
    }
    if (!ok) {
      return;  // no more input from the client, which may still want output
    }
    if (request_.has_stdin()) {
      session->WriteStdin(std::move(*request_.mutable_stdin()),
                          [self = this->shared_from_this()] { self->ReadNext(); });
      return;
    }
    if (request_.has_close_stdin()) {
      session->CloseStdin();
    } else if (request_.has_resize()) {
      session->Resize(FromWire(request_.resize()));
    } else if (request_.has_signal()) {
      session->Signal(request_.signal());
    }
    ReadNext();
  }

  void OnWriteDone(bool ok) override {
    std::shared_ptr<container::Session> hungry;
    {
      MutexLock lock(mutex_);
      writing_ = false;
      if (ok && !outgoing_.empty() && outgoing_.front().output) {
        hungry = session_;
        owes_read_ = !session_;  // output arrived while the session was being opened
      }
      if (!outgoing_.empty()) {
        outgoing_.pop_front();
      }
    }
    if (hungry) {
      hungry->ReadMore();
    }
    Pump();
  }

  void OnCancel() override { FinishWith(grpc::Status::CANCELLED); }

  void OnDone() override {
    std::shared_ptr<container::Session> session;
    {
      MutexLock lock(mutex_);
      session.swap(session_);
    }
    session.reset();  // detaches
    self_.reset();
  }

  void OnOpened(const container::SessionOpened& opened) override {
    Send({Call::Opened(opened), false});
  }
  void OnOutput(bool error, std::string bytes) override {
    Send({Call::Output(error, std::move(bytes)), true});
  }
  void OnFinished(const Result<container::SessionEnd>& end) override {
    if (!end) {
      FinishWith(end.error());
      return;
    }
    {
      MutexLock lock(mutex_);
      outgoing_.push_back({Call::Ended(*end), false});
      final_ = grpc::Status::OK;
    }
    Pump();
  }

 private:
  struct Outgoing {
    Response response;
    bool output;  // more output may be requested once this has been sent
  };

  SessionReactor(container::Service* service, const CallEnvironment& environment,
                 grpc::CallbackServerContext* context)
      : service_(service), environment_(environment), context_(context), peer_(context->peer()) {}

  std::shared_ptr<container::Session> CurrentSession() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return session_;
  }

  void ReadNext() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (!finished_) {
      request_.Clear();
      this->StartRead(&request_);
    }
  }

  void RefuseUnopened() {
    FinishWith({grpc::StatusCode::INVALID_ARGUMENT, "the first message must be \"open\""});
  }

  void Open() {
    if (!request_.has_open()) {
      RefuseUnopened();
      return;
    }
    environment_.workers->Post([self = this->shared_from_this()] {
      using Opened = Result<std::unique_ptr<container::Session>>;
      isulad::Begin(
          Call::Open(self->service_, self->request_.open(), self),
          std::function<void(Opened)>([self](Opened opened) { self->Take(std::move(opened)); }));
    });
  }

  void Take(Result<std::unique_ptr<container::Session>> opened) EXCLUDES(mutex_) {
    LogChange(environment_, peer_, Call::Name(request_.open()), request_.open().container(),
              opened ? OkStatus() : Status(opened.error()));
    if (!opened) {
      FinishWith(opened.error());
      return;
    }
    std::shared_ptr<container::Session> session = *std::move(opened);
    bool owes_read = false;
    {
      MutexLock lock(mutex_);
      if (finished_) {
        return;  // the client has gone; the session ends with this frame
      }
      session_ = session;
      owes_read = owes_read_;
    }
    if (owes_read) {
      session->ReadMore();
    }
    ReadNext();
  }

  void Send(Outgoing outgoing) EXCLUDES(mutex_) {
    {
      MutexLock lock(mutex_);
      outgoing_.push_back(std::move(outgoing));
    }
    Pump();
  }

  // Starts the next write, or finishes the call if everything has been sent.
  void Pump() EXCLUDES(mutex_) {
    std::optional<grpc::Status> finish;
    {
      MutexLock lock(mutex_);
      if (finished_ || writing_) {
        return;
      }
      if (!outgoing_.empty()) {
        writing_ = true;
        this->StartWrite(&outgoing_.front().response);
        return;
      }
      if (final_) {
        finished_ = true;
        finish = final_;
      }
    }
    if (finish) {
      this->Finish(*finish);
    }
  }

  void FinishWith(const grpc::Status& status) EXCLUDES(mutex_) {
    if (ClaimFinish()) {
      this->Finish(status);
    }
  }

  void FinishWith(const Error& error) EXCLUDES(mutex_) {
    if (ClaimFinish()) {
      this->Finish(ToGrpc(error, context_));
    }
  }

  // True for the first caller only, which then finishes the call. Until then `context_` is valid;
  // afterwards gRPC frees it, while a session being opened or a monitor may still refer to this
  // reactor.
  bool ClaimFinish() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return !std::exchange(finished_, true);
  }

  container::Service* const service_;
  const CallEnvironment environment_;
  grpc::CallbackServerContext* const context_;  // see ClaimFinish()
  const std::string peer_;
  std::shared_ptr<SessionReactor> self_;
  Request request_;
  Mutex mutex_;
  std::shared_ptr<container::Session> session_ GUARDED_BY(mutex_);
  std::deque<Outgoing> outgoing_ GUARDED_BY(mutex_);
  bool writing_ GUARDED_BY(mutex_) = false;
  bool finished_ GUARDED_BY(mutex_) = false;
  bool owes_read_ GUARDED_BY(mutex_) = false;
  std::optional<grpc::Status> final_ GUARDED_BY(mutex_);
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_SESSION_REACTOR_H_
