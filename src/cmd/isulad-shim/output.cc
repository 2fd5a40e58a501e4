#include "cmd/isulad-shim/output.h"

#include <sys/epoll.h>

#include <utility>

#include "utils/os/nonblocking_io.h"

namespace isulad::monitor {
namespace {

constexpr size_t kReadBytes = 16u << 10;
// The maximum capacity of a pipe (the default of fs.pipe-max-size). Anything read beyond it after
// the container's exit was written after the exit.
constexpr size_t kMaxLeftBehind = 1u << 20;

}  // namespace

Output::Output(os::EventLoop* loop, Sink sink) : loop_(loop), sink_(std::move(sink)) {}

Output::~Output() {
  for (const auto& source : sources_) {
    Unwatch(source.get());
  }
}

Status Output::Add(os::UniqueFd fd, bool error) {
  sources_.push_back(std::make_unique<Source>());
  Source* const source = sources_.back().get();
  source->fd = std::move(fd);
  source->error = error;
  return paused_ ? OkStatus() : Watch(source);
}

void Output::Pause() {
  paused_ = true;
  for (const auto& source : sources_) {
    Unwatch(source.get());
  }
}

void Output::Resume() {
  paused_ = false;
  for (const auto& source : sources_) {
    // Fails at worst because the kernel is out of memory; the next Resume() tries again.
    IgnoreError(Watch(source.get()));
  }
}

void Output::Finish() {
  for (const auto& source : sources_) {
    Unwatch(source.get());
    for (size_t total = 0, count = 1; source->fd && count > 0 && total < kMaxLeftBehind;) {
      count = ReadOnce(source.get());
      total += count;
    }
  }
  sources_.clear();
}

size_t Output::ReadOnce(Source* source) {
  char buffer[kReadBytes];
  const auto count = os::ReadSome(source->fd.get(), buffer, sizeof(buffer));
  // EIO: the last slave of a terminal was closed.
  if (!count || (*count && **count == 0)) {
    Unwatch(source);
    source->fd.reset();
    return 0;
  }
  if (!*count) {
    return 0;
  }
  sink_(source->error, std::string_view(buffer, **count));
  return **count;
}

Status Output::Watch(Source* source) {
  if (source->watched || !source->fd) {
    return OkStatus();
  }
  RETURN_IF_ERROR(
      loop_->Add(source->fd.get(), EPOLLIN, [this, source](uint32_t) { ReadOnce(source); }));
  source->watched = true;
  return OkStatus();
}

// Removed from the loop, not only masked, because epoll reports a hang-up whatever the mask.
void Output::Unwatch(Source* source) {
  if (source->watched) {
    loop_->Remove(source->fd.get());
    source->watched = false;
  }
}

}  // namespace isulad::monitor
