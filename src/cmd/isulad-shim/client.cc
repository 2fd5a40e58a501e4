#include "cmd/isulad-shim/client.h"

#include <utility>

namespace isulad::monitor {
namespace {

using std::chrono::steady_clock;

constexpr size_t kMaxQueuedBytes = 1u << 20;

}  // namespace

Client::Client(os::EventLoop* loop, os::UniqueFd socket, shim::FrameDecoder received,
               bool may_stall_for_ever, Owner* owner)
    : loop_(loop),
      owner_(owner),
      may_stall_for_ever_(may_stall_for_ever),
      socket_(shim::FrameSocket::Create(loop, std::move(socket), std::move(received), this)) {}

Client::~Client() {
  socket_->Close();
  loop_->Cancel(timer_);
}

void Client::Send(shim::FrameType type, std::string_view payload) {
  socket_->Send(type, payload);
  if (!full_ && socket_->queued() >= kMaxQueuedBytes) {
    full_ = true;
    WatchForStall();
  }
}

void Client::Finish() {
  finishing_ = true;
  WatchForStall();
}

void Client::Drop(const Error& reason) {
  if (!socket_->closed()) {
    socket_->Close();
    OnClosed(reason);
  }
}

void Client::OnFrame(shim::Frame frame) { owner_->OnClientFrame(this, frame); }

void Client::OnProgress() {
  last_progress_ = steady_clock::now();
  if (socket_->queued() < kMaxQueuedBytes / 2) {
    full_ = false;
  }
  owner_->OnClientProgress(this);
}

void Client::OnClosed(const Error& reason) {
  full_ = false;
  owner_->OnClientGone(this, reason);
}

void Client::WatchForStall() {
  if (may_stall_for_ever_ || timer_set_ || all_sent()) {
    return;
  }
  last_progress_ = steady_clock::now();
  timer_set_ = true;
  timer_ = loop_->After(kStallLimit, [this] { OnStallTimer(); });
}

// One timer, which is rearmed if there was progress in the meantime: cheaper than a new one for
// each write.
void Client::OnStallTimer() {
  timer_set_ = false;
  if (socket_->closed() || all_sent() || !(full_ || finishing_)) {
    return;
  }
  const auto idle = steady_clock::now() - last_progress_;
  if (idle >= kStallLimit) {
    return Drop(Error(Code::kDeadlineExceeded, "nothing was taken of its output for 10 seconds"));
  }
  timer_set_ = true;
  timer_ = loop_->After(std::chrono::ceil<std::chrono::milliseconds>(kStallLimit - idle),
                        [this] { OnStallTimer(); });
}

}  // namespace isulad::monitor
