// Input and output of a fake monitor's process.
#include <algorithm>
#include <utility>

#include "support/fakes/fake_shim.h"

namespace isulad::test {
namespace {

constexpr char kEndOfFileCharacter = 4;  // of a terminal

}  // namespace

Status FakeShim::Attach(std::shared_ptr<FakeStreamsLink> link) {
  {
    MutexLock lock(mutex_);
    if (phase_ == Phase::kGone) {
      return Unavailable("the fake monitor has ended");
    }
    if (link->what().standard_input && !input_owned_) {
      input_owned_ = true;
      input_owner_ = link;
    }
    streams_.push_back(std::move(link));
  }
  Start();  // where it has waited for this
  return OkStatus();
}

void FakeShim::Leave(const std::shared_ptr<FakeStreamsLink>& link) {
  std::shared_ptr<FakeStreamsLink> owner;
  {
    MutexLock lock(mutex_);
    std::erase(streams_, link);
    if (input_owner_ == link) {
      owner.swap(input_owner_);
    }
    // A terminal stays open for the next client: its user has detached.
    if (owner && config_.stdin_once && !config_.terminal) {
      input_closed_ = true;
    }
  }
  DeliverInput();
}

void FakeShim::CutStreams() {
  std::vector<std::shared_ptr<FakeStreamsLink>> streams;
  {
    MutexLock lock(mutex_);
    streams = streams_;
  }
  for (const auto& link : streams) {
    link->Finish(FakeStreamsLink::Ending::kCut);
    Leave(link);
  }
}

void FakeShim::WriteOutput(bool error, const std::string& bytes) {
  MutexLock lock(mutex_);
  for (const auto& link : streams_) {
    // A terminal has one output only.
    link->Output(error && !config_.terminal, bytes);
  }
}

bool FakeShim::TakeInput(const std::shared_ptr<FakeStreamsLink>& link, std::string bytes) {
  const bool allowed = link->what().standard_input;
  {
    MutexLock lock(mutex_);
    if (std::find(streams_.begin(), streams_.end(), link) == streams_.end()) {
      return false;
    }
    if (allowed && !input_closed_) {
      input_ += bytes;
    }
  }
  if (!allowed) {
    link->Finish(FakeStreamsLink::Ending::kCut);  // as whoever breaks the protocol
    Leave(link);
    return false;
  }
  DeliverInput();
  return true;
}

void FakeShim::CloseInput(const std::shared_ptr<FakeStreamsLink>& link) {
  if (config_.terminal) {
    TakeInput(link, std::string(1, kEndOfFileCharacter));
    return;
  }
  {
    MutexLock lock(mutex_);
    if (std::find(streams_.begin(), streams_.end(), link) != streams_.end() &&
        link->what().standard_input) {
      input_closed_ = true;
    }
  }
  DeliverInput();
}

void FakeShim::DeliverInput() {
  std::string bytes;
  bool end = false;
  {
    MutexLock lock(mutex_);
    if (!reads_input_ || phase_ != Phase::kRunning) {
      return;
    }
    bytes = input_.substr(std::exchange(input_delivered_, input_.size()));
    end = input_closed_ && !std::exchange(input_end_delivered_, input_closed_);
  }
  if (!bytes.empty() && plan_.program.on_input) {
    plan_.program.on_input(*this, bytes);
  }
  if (end && plan_.program.on_input_end) {
    plan_.program.on_input_end(*this);
  }
}

void FakeShim::Resize(shim::WindowSize size) {
  MutexLock lock(mutex_);
  window_ = size;
}

std::string FakeShim::input() const {
  MutexLock lock(mutex_);
  return input_;
}

bool FakeShim::input_closed() const {
  MutexLock lock(mutex_);
  return input_closed_;
}

shim::WindowSize FakeShim::window() const {
  MutexLock lock(mutex_);
  return window_;
}

size_t FakeShim::attached() const {
  MutexLock lock(mutex_);
  return streams_.size();
}

}  // namespace isulad::test
