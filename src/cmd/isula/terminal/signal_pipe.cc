#include "cmd/isula/terminal/signal_pipe.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <utility>

#include "utils/os/unique_fd.h"

namespace isulad::terminal {
namespace {

constexpr int kPatience = 2;  // deadly signals that may wait to be forwarded

// State for the signal handler.
std::atomic<int> write_end{-1};
std::atomic<int> deadly_waiting{0};

bool IsDeadly(int number) {
  return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
}

void OnSignal(int number) {
  const int saved_errno = errno;
  if (IsDeadly(number) && deadly_waiting.fetch_add(1) >= kPatience) {
    static_cast<void>(::signal(number, SIG_DFL));
    static_cast<void>(::raise(number));  // takes effect when this handler returns
  }
  const auto byte = static_cast<unsigned char>(number);
  // A full pipe means that thousands of signals are waiting already.
  static_cast<void>(!::write(write_end.load(), &byte, 1));
  errno = saved_errno;
}

}  // namespace

struct SignalPipe::State {
  os::UniqueFd read_end;
  os::UniqueFd write_end;
  std::vector<std::pair<int, struct sigaction>> saved_actions;
};

SignalPipe::SignalPipe(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<SignalPipe>> SignalPipe::Create(const std::vector<int>& numbers) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    return SystemError(errno, "make a pipe for signals");
  }
  auto state = std::make_unique<State>();
  state->read_end.reset(ends[0]);
  state->write_end.reset(ends[1]);
  write_end = ends[1];
  deadly_waiting = 0;
  struct sigaction action {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int number : numbers) {
    struct sigaction saved {};
    ::sigaction(number, nullptr, &saved);
    if (saved.sa_handler != SIG_IGN) {
      ::sigaction(number, &action, nullptr);
      state->saved_actions.emplace_back(number, saved);
    }
  }
  return std::unique_ptr<SignalPipe>(new SignalPipe(std::move(state)));
}

SignalPipe::~SignalPipe() {
  for (const auto& [number, action] : state_->saved_actions) {
    ::sigaction(number, &action, nullptr);
  }
  write_end = -1;
}

int SignalPipe::fd() const { return state_->read_end.get(); }

int SignalPipe::Read() {
  unsigned char byte = 0;
  return ::read(state_->read_end.get(), &byte, 1) == 1 ? byte : 0;
}

void SignalPipe::Done(int number) {
  if (IsDeadly(number)) {
    deadly_waiting.fetch_sub(1);
  }
}

}  // namespace isulad::terminal
