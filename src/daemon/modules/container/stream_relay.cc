#include "daemon/modules/container/stream_relay.h"

namespace isulad::container {

void StreamRelay::Open(const SessionOpened& opened) {
  observer_->OnOpened(opened);
  std::optional<std::pair<bool, std::string>> early;
  {
    MutexLock lock(mutex_);
    open_ = true;
    early.swap(early_);
  }
  if (early) {
    observer_->OnOutput(early->first, std::move(early->second));
  }
  FinishIfDone();
}

void StreamRelay::Abandon() {
  MutexLock lock(mutex_);
  finished_ = true;
}

void StreamRelay::ProcessEnded(Result<SessionEnd> end) {
  {
    MutexLock lock(mutex_);
    if (!end_) {
      end_ = std::move(end);
    }
  }
  FinishIfDone();
}

void StreamRelay::WhenCut(std::function<void()> handler) {
  {
    MutexLock lock(mutex_);
    when_cut_ = std::move(handler);
  }
  ReportCut();
}

void StreamRelay::OnOutput(bool error, std::string bytes) {
  {
    MutexLock lock(mutex_);
    if (finished_) {
      return;
    }
    if (!open_) {
      early_.emplace(error, std::move(bytes));
      return;
    }
  }
  observer_->OnOutput(error, std::move(bytes));
}

void StreamRelay::OnEnd() {
  {
    MutexLock lock(mutex_);
    output_ended_ = true;
  }
  FinishIfDone();
}

void StreamRelay::OnCut() {
  {
    MutexLock lock(mutex_);
    output_ended_ = true;
    cut_ = true;
  }
  FinishIfDone();
  ReportCut();
}

void StreamRelay::ReportCut() {
  std::function<void()> handler;
  {
    MutexLock lock(mutex_);
    if (!cut_ || finished_ || end_) {
      return;
    }
    handler.swap(when_cut_);
  }
  if (handler) {
    handler();
  }
}

void StreamRelay::FinishIfDone() {
  std::optional<Result<SessionEnd>> end;
  {
    MutexLock lock(mutex_);
    if (!open_ || finished_ || !output_ended_ || !end_) {
      return;
    }
    finished_ = true;
    end.swap(end_);
  }
  observer_->OnFinished(*end);
}

}  // namespace isulad::container
