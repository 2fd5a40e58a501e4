#include "support/fakes/fake_link.h"

#include <utility>

#include "support/fakes/fake_shim.h"

namespace isulad::test {
namespace {

void Call(shim::MonitorObserver& observer, const FakeNews& news) {
  if (const auto* started = std::get_if<shim::Started>(&news)) {
    observer.OnStarted(*started);
  } else if (const auto* failed = std::get_if<shim::StartFailed>(&news)) {
    observer.OnStartFailed(*failed);
  } else if (const auto* exited = std::get_if<shim::Exited>(&news)) {
    observer.OnExited(*exited);
  } else {
    observer.OnLost(std::get<Error>(news));
  }
}

}  // namespace

FakeMonitorLink::FakeMonitorLink(os::EventLoop* loop, Steps* steps, std::shared_ptr<FakeShim> shim,
                                 std::shared_ptr<shim::MonitorObserver> observer)
    : loop_(loop), steps_(steps), shim_(std::move(shim)), observer_(std::move(observer)) {}

void FakeMonitorLink::Signal(int signal, std::function<void(Status)> done) {
  const Status injected = steps_ != nullptr ? steps_->Take("monitor Signal") : OkStatus();
  const Status answer = injected ? shim_->CheckSignal(signal) : injected;
  loop_->Post([done = std::move(done), answer] { done(answer); });
  if (answer) {
    shim_->TakeSignal(signal);  // behind the answer: the end is told after it
  }
}

void FakeMonitorLink::Abandon() { shim_->Abandon(); }

void FakeMonitorLink::Tell(FakeNews news) {
  loop_->Post([self = shared_from_this(), news = std::move(news)] { self->Deliver(news); });
}

void FakeMonitorLink::Close() {
  std::shared_ptr<shim::MonitorObserver> observer;  // destroyed without the lock
  MutexLock lock(mutex_);
  observer.swap(observer_);
}

void FakeMonitorLink::Deliver(const FakeNews& news) {
  const bool last = !std::holds_alternative<shim::Started>(news);
  std::shared_ptr<shim::MonitorObserver> observer;
  {
    MutexLock lock(mutex_);
    observer = observer_;
    if (last) {
      observer_.reset();
    }
  }
  if (observer) {
    Call(*observer, news);
  }
}

FakeStreamsLink::FakeStreamsLink(os::EventLoop* loop, const shim::Attach& what,
                                 std::shared_ptr<shim::StreamsObserver> observer)
    : loop_(loop), what_(what), observer_(std::move(observer)) {}

void FakeStreamsLink::Output(bool error, std::string bytes) {
  if (bytes.empty() || !(error ? what_.standard_error : what_.standard_output)) {
    return;
  }
  {
    MutexLock lock(mutex_);
    if (ending_) {
      return;
    }
    queue_.push_back({error, std::move(bytes)});
  }
  Pump();
}

void FakeStreamsLink::Finish(Ending ending) {
  {
    MutexLock lock(mutex_);
    if (!ending_) {
      ending_ = ending;
    }
  }
  Pump();
}

void FakeStreamsLink::ReadMore() {
  {
    MutexLock lock(mutex_);
    reading_ = true;
  }
  Pump();
}

void FakeStreamsLink::Taken(std::function<void()> taken) {
  loop_->Post([self = shared_from_this(), taken = std::move(taken)] {
    if (!self->over()) {
      taken();
    }
  });
}

void FakeStreamsLink::Detach() {
  std::shared_ptr<shim::StreamsObserver> observer;  // destroyed without the lock
  MutexLock lock(mutex_);
  observer.swap(observer_);
  queue_.clear();
}

void FakeStreamsLink::Pump() {
  loop_->Post([self = shared_from_this()] { self->Deliver(); });
}

// One call at most: each piece, each wish for one and the end have posted one of these.
void FakeStreamsLink::Deliver() {
  std::shared_ptr<shim::StreamsObserver> observer;
  std::optional<Piece> piece;
  std::optional<Ending> ending;
  {
    MutexLock lock(mutex_);
    if (!reading_ || !observer_) {
      return;
    }
    observer = observer_;
    if (!queue_.empty()) {
      piece = std::move(queue_.front());
      queue_.pop_front();
      reading_ = false;
    } else if (ending_) {
      ending = ending_;
      observer_.reset();
    }
  }
  if (piece) {
    observer->OnOutput(piece->error, std::move(piece->bytes));
  } else if (ending) {
    *ending == Ending::kComplete ? observer->OnEnd() : observer->OnCut();
  }
}

bool FakeStreamsLink::over() const {
  MutexLock lock(mutex_);
  return observer_ == nullptr;
}

FakeStreams::FakeStreams(std::shared_ptr<FakeShim> shim, std::shared_ptr<FakeStreamsLink> link)
    : shim_(std::move(shim)), link_(std::move(link)) {}

FakeStreams::~FakeStreams() {
  link_->Detach();
  shim_->Leave(link_);
}

void FakeStreams::ReadMore() { link_->ReadMore(); }

void FakeStreams::WriteStdin(std::string bytes, std::function<void()> taken) {
  if (shim_->TakeInput(link_, std::move(bytes))) {
    link_->Taken(std::move(taken));
  }
}

void FakeStreams::CloseStdin() { shim_->CloseInput(link_); }

void FakeStreams::Resize(shim::WindowSize size) { shim_->Resize(size); }

}  // namespace isulad::test
