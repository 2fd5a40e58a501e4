#include "cmd/isula/terminal/input_pump.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cmd/isula/terminal/window_size.h"

namespace isulad::terminal {
namespace {

constexpr size_t kBufferBytes = size_t{32} << 10;

std::vector<int> SignalsFor(const InputOptions& options) {
  std::vector<int> numbers;
  if (options.forward_signals) {
    numbers = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};
  }
  if (options.follow_window) {
    numbers.push_back(SIGWINCH);
  }
  return numbers;
}

}  // namespace

Result<std::unique_ptr<InputPump>> InputPump::Start(client::StreamSession& session,
                                                    const InputOptions& options) {
  os::UniqueFd stop(::eventfd(0, EFD_CLOEXEC));
  if (!stop) {
    return SystemError(errno, "make an eventfd");
  }
  ASSIGN_OR_RETURN(std::unique_ptr<SignalPipe> signals, SignalPipe::Create(SignalsFor(options)));
  std::unique_ptr<InputPump> pump(
      new InputPump(session, options, std::move(stop), std::move(signals)));
  pump->thread_ = std::thread([raw = pump.get()] { raw->Run(); });
  return pump;
}

InputPump::InputPump(client::StreamSession& session, const InputOptions& options, os::UniqueFd stop,
                     std::unique_ptr<SignalPipe> signals)
    : session_(session), options_(options), stop_(std::move(stop)), signals_(std::move(signals)) {}

InputPump::~InputPump() {
  const uint64_t one = 1;
  // Cannot fail: the counter is far from its maximum.
  static_cast<void>(!::write(stop_.get(), &one, sizeof(one)));
  thread_.join();
}

void InputPump::Run() {
  // The window may have changed before SIGWINCH was watched.
  if (options_.follow_window && !FollowWindow()) {
    return;
  }
  bool go_on = true;
  while (go_on) {
    std::array<pollfd, 3> ready = {{{stop_.get(), POLLIN, 0},
                                    {signals_->fd(), POLLIN, 0},
                                    {options_.forward_stdin ? options_.stdin_fd : -1, POLLIN, 0}}};
    if (::poll(ready.data(), ready.size(), -1) < 0) {
      continue;  // EINTR
    }
    if (ready[0].revents != 0) {
      return;
    }
    if (ready[1].revents != 0) {
      go_on = ForwardSignal();
    } else if (ready[2].revents != 0) {
      go_on = ForwardStdin();
    }
  }
}

bool InputPump::ForwardStdin() {
  std::array<char, kBufferBytes> buffer;
  const ssize_t count = ::read(options_.stdin_fd, buffer.data(), buffer.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) {
    return true;
  }
  if (count <= 0) {
    return EndStdin();
  }
  const std::string_view typed(buffer.data(), static_cast<size_t>(count));
  if (!options_.detach_keys) {
    return session_.SendStdin(typed);
  }
  const DetachKeys::Outcome outcome = options_.detach_keys->Filter(typed);
  if (!outcome.pass_on.empty() && !session_.SendStdin(outcome.pass_on)) {
    return false;
  }
  if (outcome.detached) {
    detached_ = true;
    session_.Cancel();
  }
  return !outcome.detached;
}

bool InputPump::EndStdin() {
  options_.forward_stdin = false;
  const std::string held = options_.detach_keys ? options_.detach_keys->Flush() : "";
  if (!held.empty() && !session_.SendStdin(held)) {
    return false;
  }
  return session_.CloseStdin();
}

bool InputPump::ForwardSignal() {
  const int number = signals_->Read();
  if (number == 0) {
    return true;
  }
  const bool sent = number == SIGWINCH ? FollowWindow() : session_.SendSignal(number);
  signals_->Done(number);
  return sent;
}

bool InputPump::FollowWindow() {
  const std::optional<client::WindowSize> size = CurrentWindowSize();
  if (!size || size == options_.sent_window) {
    return true;
  }
  options_.sent_window = size;
  return session_.SendResize(*size);
}

}  // namespace isulad::terminal
