#include "utils/os/acceptor.h"

#include <sys/epoll.h>

#include <cerrno>
#include <utility>

#include "utils/os/unix_socket.h"

namespace isulad::os {

Result<std::unique_ptr<Acceptor>> Acceptor::Create(EventLoop* loop, UniqueFd listener,
                                                   Handler handler, Report report) {
  std::unique_ptr<Acceptor> acceptor(
      new Acceptor(loop, std::move(listener), std::move(handler), std::move(report)));
  RETURN_IF_ERROR(loop->Add(acceptor->listener_.get(), EPOLLIN,
                            [raw = acceptor.get()](uint32_t) { raw->AcceptAll(); }));
  return acceptor;
}

Acceptor::Acceptor(EventLoop* loop, UniqueFd listener, Handler handler, Report report)
    : loop_(loop),
      listener_(std::move(listener)),
      handler_(std::move(handler)),
      report_(std::move(report)) {}

Acceptor::~Acceptor() {
  if (resting_) {
    loop_->Cancel(*resting_);
  }
  loop_->Remove(listener_.get());
}

void Acceptor::AcceptAll() {
  for (;;) {
    Result<UniqueFd> connection = Accept(listener_.get(), /*non_blocking=*/true);
    if (connection) {
      if (std::exchange(failing_, false)) {
        report_(OkStatus());
      }
      handler_(*std::move(connection));
    } else if (connection.error().system_errno() == EAGAIN) {
      return;
    } else if (connection.error().system_errno() != ECONNABORTED) {  // the client has given up
      return Rest(connection.error());
    }
  }
}

void Acceptor::Rest(const Error& reason) {
  if (!std::exchange(failing_, true)) {
    report_(Error(reason));
  }
  if (resting_) {
    return;
  }
  Watch(0);
  resting_ = loop_->After(kRest, [this] {
    resting_.reset();
    Watch(EPOLLIN);
  });
}

void Acceptor::Watch(uint32_t events) {
  IgnoreError(loop_->Modify(listener_.get(), events));  // fails only if not watched
}

}  // namespace isulad::os
