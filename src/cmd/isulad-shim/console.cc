#include "cmd/isulad-shim/console.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <utility>

#include "cmd/isulad-shim/linux_terminal.h"
#include "utils/os/file.h"
#include "utils/os/unix_socket.h"

namespace isulad::monitor {
namespace {

constexpr mode_t kSocketMode = 0600;

}  // namespace

Result<std::unique_ptr<Console>> Console::Create(os::EventLoop* loop, std::string socket_path,
                                                 shim::WindowSize size) {
  std::unique_ptr<Console> console(new Console(loop, std::move(socket_path), size));
  ASSIGN_OR_RETURN(console->listener_, os::ListenUnix(console->socket_path_, kSocketMode));
  RETURN_IF_ERROR(os::SetNonBlocking(console->listener_.get()));
  Console* const raw = console.get();
  RETURN_IF_ERROR(loop->Add(console->listener_.get(), EPOLLIN, [raw](uint32_t) {
    // Finish() tries again and reports.
    IgnoreError(raw->AcceptRuntime());
  }));
  return console;
}

Console::Console(os::EventLoop* loop, std::string socket_path, shim::WindowSize size)
    : loop_(loop), socket_path_(std::move(socket_path)), size_(size) {}

Console::~Console() { StopListening(); }

Status Console::AcceptRuntime() {
  ASSIGN_OR_RETURN(runtime_, os::Accept(listener_.get(), /*non_blocking=*/true));
  // One runtime, one connection: later ones are ignored.
  loop_->Remove(listener_.get());
  return loop_->Add(runtime_.get(), EPOLLIN, [this](uint32_t) {
    loop_->Remove(runtime_.get());
    IgnoreError(ReceiveMaster());  // Finish() reports
  });
}

Status Console::ReceiveMaster() {
  ASSIGN_OR_RETURN(os::UniqueFd master, os::ReceiveDescriptor(runtime_.get()));
  RETURN_IF_ERROR(os::SetNonBlocking(master.get()));
  ASSIGN_OR_RETURN(slave_, OpenSlave(master.get()));
  master_ = std::move(master);
  return size_.rows == 0 ? OkStatus() : SetWindowSize(master_.get(), size_);
}

Status Console::Finish() {
  if (!runtime_) {
    IgnoreError(AcceptRuntime());  // reported below
  }
  Status received;
  if (runtime_ && !master_) {
    loop_->Remove(runtime_.get());
    received = ReceiveMaster();
  }
  StopListening();
  if (!received) {
    return std::move(received.error()).AddContext("take the terminal from the runtime");
  }
  return master_ ? OkStatus() : Internal("the runtime handed over no terminal");
}

void Console::StopListening() {
  if (runtime_) {
    loop_->Remove(runtime_.get());
    runtime_.reset();
  }
  if (listener_) {
    loop_->Remove(listener_.get());
    listener_.reset();
    ::unlink(socket_path_.c_str());
  }
}

Result<os::UniqueFd> Console::DuplicateMaster() const { return os::Duplicate(master_.get()); }

Status Console::Resize(shim::WindowSize size) {
  size_ = size;
  return master_ ? SetWindowSize(master_.get(), size) : OkStatus();
}

}  // namespace isulad::monitor
