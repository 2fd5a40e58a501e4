#include "shim_protocol/frame_socket.h"

#include <sys/epoll.h>

#include <utility>

#include "utils/os/nonblocking_io.h"

namespace isulad::shim {
namespace {

constexpr size_t kReadBytes = 16u << 10;
// A queue that was once long is freed when it is empty, because a monitor may idle for months.
constexpr size_t kKeptQueueBytes = 16u << 10;

}  // namespace

std::shared_ptr<FrameSocket> FrameSocket::Create(os::EventLoop* loop, os::UniqueFd socket,
                                                 FrameDecoder received, Handler* handler) {
  return std::shared_ptr<FrameSocket>(
      new FrameSocket(loop, std::move(socket), std::move(received), handler));
}

FrameSocket::FrameSocket(os::EventLoop* loop, os::UniqueFd socket, FrameDecoder received,
                         Handler* handler)
    : loop_(loop), socket_(std::move(socket)), decoder_(std::move(received)), handler_(handler) {}

FrameSocket::~FrameSocket() { Close(); }

void FrameSocket::ResumeReading() {
  reading_ = true;
  const auto self = shared_from_this();
  DeliverFrames();
  UpdateInterest();
}

void FrameSocket::PauseReading() {
  reading_ = false;
  UpdateInterest();
}

void FrameSocket::Send(FrameType type, std::string_view payload) {
  if (closed() || write_broken_) {
    return;
  }
  queue_.append(EncodeFrame(type, payload));
  // Only if nothing was queued; otherwise the socket is full, and the loop will report when it is
  // writable.
  if ((interest_ & EPOLLOUT) == 0) {
    Flush();
    UpdateInterest();
  }
}

void FrameSocket::Close() {
  handler_ = nullptr;
  if (interest_ != 0) {
    loop_->Remove(socket_.get());
    interest_ = 0;
  }
  socket_.reset();
  DropQueue();
}

void FrameSocket::OnEvents(uint32_t events) {
  if (queued() > 0 && (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0) {
    Flush();
    handler_->OnProgress();
  }
  if (!closed() && reading_ && (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0) {
    ReadOnce();
  }
  UpdateInterest();
}

void FrameSocket::ReadOnce() {
  char buffer[kReadBytes];
  const auto count = os::ReadSome(socket_.get(), buffer, sizeof(buffer));
  if (!count) {
    return Fail(count.error());
  }
  if (!*count) {
    return;
  }
  if (**count == 0) {
    return Fail(Unavailable("the peer closed the connection"));
  }
  decoder_.Append(std::string_view(buffer, **count));
  DeliverFrames();
}

void FrameSocket::DeliverFrames() {
  if (delivering_) {
    return;  // a handler resumed reading: the loop below continues
  }
  delivering_ = true;
  while (reading_ && !closed()) {
    auto frame = decoder_.Next();
    if (!frame) {
      Fail(frame.error());
      break;
    }
    if (!*frame) {
      break;
    }
    handler_->OnFrame(**std::move(frame));
  }
  delivering_ = false;
}

void FrameSocket::Flush() {
  const auto count = os::SendSome(socket_.get(), std::string_view(queue_).substr(queue_sent_));
  if (!count) {
    // The peer no longer reads. Data that it wrote before may still be unread, so the connection
    // stays open until its end has been read.
    write_broken_ = true;
    return DropQueue();
  }
  queue_sent_ += *count;
  total_sent_ += *count;
  if (queue_sent_ == queue_.size()) {
    return DropQueue();
  }
  if (queue_sent_ > queue_.size() / 2) {
    queue_.erase(0, queue_sent_);
    queue_sent_ = 0;
  }
}

void FrameSocket::DropQueue() {
  queue_.clear();
  queue_sent_ = 0;
  if (queue_.capacity() > kKeptQueueBytes) {
    queue_.shrink_to_fit();
  }
}

void FrameSocket::UpdateInterest() {
  if (closed()) {
    return;
  }
  const uint32_t wanted = (reading_ ? EPOLLIN : 0u) | (queued() > 0 ? EPOLLOUT : 0u);
  if (wanted == interest_) {
    return;
  }
  // If no events are wanted the descriptor is removed from the loop, since epoll would report the
  // peer's hang-up again and again.
  Status status;
  if (wanted == 0) {
    loop_->Remove(socket_.get());
  } else if (interest_ != 0) {
    status = loop_->Modify(socket_.get(), wanted);
  } else {
    status = loop_->Add(socket_.get(), wanted, [weak = weak_from_this()](uint32_t events) {
      if (const auto self = weak.lock()) {
        self->OnEvents(events);
      }
    });
  }
  interest_ = status ? wanted : 0;
  if (!status) {
    // Posted, because a caller of Send() does not expect to lose the connection within the call.
    loop_->Post([weak = weak_from_this(), reason = status.error()] {
      if (const auto self = weak.lock(); self && !self->closed()) {
        self->Fail(reason);
      }
    });
  }
}

void FrameSocket::Fail(const Error& reason) {
  Handler* const handler = handler_;
  Close();
  handler->OnClosed(reason);
}

}  // namespace isulad::shim
