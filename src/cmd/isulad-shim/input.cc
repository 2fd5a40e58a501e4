#include "cmd/isulad-shim/input.h"

#include <sys/epoll.h>

#include <utility>

#include "cmd/isulad-shim/linux_terminal.h"
#include "utils/os/nonblocking_io.h"

namespace isulad::monitor {
namespace {

// The pipe's buffer holds as much again.
constexpr size_t kMaxInputBytes = 64u << 10;

}  // namespace

Input::Input(os::EventLoop* loop, bool terminal, std::function<void()> on_room)
    : loop_(loop), terminal_(terminal), on_room_(std::move(on_room)) {}

Input::~Input() {
  if (watched_) {
    loop_->Remove(fd_.get());
  }
}

Status Input::Open(os::UniqueFd fd) {
  if (!fd) {
    Discard();
    return OkStatus();
  }
  fd_ = std::move(fd);
  state_ = State::kOpen;
  Flush();
  return OkStatus();
}

void Input::Write(std::string_view bytes) {
  if (state_ == State::kGone || closing_) {
    return;
  }
  queue_.append(bytes);
  if (state_ == State::kOpen && !watched_) {
    Flush();
  }
}

bool Input::HasRoom() const { return queue_.size() < kMaxInputBytes; }

void Input::Close() {
  if (terminal_) {
    return Write(std::string_view(&kEndOfFileCharacter, 1));
  }
  closing_ = true;
  if (state_ == State::kOpen && !watched_) {
    Flush();
  }
}

void Input::Discard() {
  if (watched_) {
    loop_->Remove(fd_.get());
    watched_ = false;
  }
  const bool had_room = HasRoom();
  fd_.reset();
  queue_ = std::string();
  state_ = State::kGone;
  if (!had_room) {
    on_room_();
  }
}

void Input::Flush() {
  const bool had_room = HasRoom();
  if (!queue_.empty()) {
    const auto count = os::WriteSome(fd_.get(), queue_);
    if (!count) {
      return Discard();  // the container no longer reads it
    }
    queue_.erase(0, *count);
  }
  if (queue_.empty()) {
    queue_ = std::string();
    if (closing_) {
      return Discard();
    }
  }
  if (!WatchWhileQueued()) {
    return Discard();
  }
  if (!had_room && HasRoom()) {
    on_room_();
  }
}

Status Input::WatchWhileQueued() {
  const bool wanted = !queue_.empty();
  if (wanted == watched_) {
    return OkStatus();
  }
  watched_ = wanted;
  if (!wanted) {
    loop_->Remove(fd_.get());
    return OkStatus();
  }
  return loop_->Add(fd_.get(), EPOLLOUT, [this](uint32_t) { Flush(); });
}

}  // namespace isulad::monitor
