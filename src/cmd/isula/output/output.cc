#include "cmd/isula/output/output.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "cmd/isula/output/colours.h"

namespace isulad::output {
namespace {

Status WriteFully(int fd, std::string_view bytes, std::string_view what) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
      continue;
    }
    if (errno == EAGAIN) {
      // Another process made the descriptor non-blocking: wait as a blocking one would.
      pollfd ready{fd, POLLOUT, 0};
      static_cast<void>(::poll(&ready, 1, -1));
    } else if (errno != EINTR) {
      return SystemError(errno, what);
    }
  }
  return OkStatus();
}

}  // namespace

void Output::ErrLine(std::string_view line) { IgnoreError(Err(std::string(line).append("\n"))); }

void Output::Failure(std::string_view line) {
  ErrLine(PaintsErr() ? Painted(line, Colour::kFailure) : std::string(line));
}

void Output::Warn(std::string_view text) {
  constexpr std::string_view kHead = "WARNING: ";
  ErrLine((PaintsErr() ? Painted(kHead, Colour::kWarning) : std::string(kHead)).append(text));
}

void Output::WarnOfEach(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    Warn(text);
  }
}

void Output::OutLine(std::string_view line) { IgnoreError(Out(std::string(line).append("\n"))); }

Status FdOutput::Out(std::string_view bytes) {
  if (out_status_) {
    out_status_ = WriteFully(out_fd_, bytes, "write to standard output");
  }
  return out_status_;
}

Status FdOutput::Err(std::string_view bytes) {
  if (err_status_) {
    err_status_ = WriteFully(err_fd_, bytes, "write to standard error");
  }
  return err_status_;
}

bool FdOutput::IsTerminal() const { return ::isatty(out_fd_) == 1; }

bool FdOutput::ErrIsTerminal() const { return ::isatty(err_fd_) == 1; }

}  // namespace isulad::output
