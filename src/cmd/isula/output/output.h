// The output of a command: results to standard output, everything else to standard error.
#ifndef ISULAD_CMD_ISULA_OUTPUT_OUTPUT_H_
#define ISULAD_CMD_ISULA_OUTPUT_OUTPUT_H_

#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad::output {

class Output {
 public:
  virtual ~Output() = default;

  // Writes all of `bytes` unchanged, and waits if the reader is slow. Errors carry the errno: EPIPE
  // if the reader has gone. After a failure nothing more is written.
  virtual Status Out(std::string_view bytes) = 0;
  virtual Status Err(std::string_view bytes) = 0;
  // The first error of Out(), for callers that write a result and exit.
  virtual Status OutStatus() const = 0;

  // Whether Out() writes to a terminal.
  virtual bool IsTerminal() const = 0;
  // Like IsTerminal(), but for Err().
  virtual bool ErrIsTerminal() const = 0;
  // Whether the output of Out() and Err() may have colours.
  virtual bool PaintsOut() const = 0;
  virtual bool PaintsErr() const = 0;

  // `line` is without its newline. An error is ignored: reporting a failed report helps no user.
  void ErrLine(std::string_view line);
  // Like ErrLine(), for failures, and for things to know about an action that has succeeded.
  void Failure(std::string_view line);
  void Warn(std::string_view text);
  void WarnOfEach(const std::vector<std::string>& texts);
  // An error shows in OutStatus() at the end.
  void OutLine(std::string_view line);
};

// Writes to descriptors, such as the process's own 1 and 2. Not thread-safe.
class FdOutput final : public Output {
 public:
  // `colours`: use colours if the descriptor is a terminal.
  FdOutput(int out_fd, int err_fd, bool colours = false)
      : out_fd_(out_fd), err_fd_(err_fd), colours_(colours) {}

  Status Out(std::string_view bytes) override;
  Status Err(std::string_view bytes) override;
  Status OutStatus() const override { return out_status_; }
  bool IsTerminal() const override;
  bool ErrIsTerminal() const override;
  bool PaintsOut() const override { return colours_ && IsTerminal(); }
  bool PaintsErr() const override { return colours_ && ErrIsTerminal(); }

 private:
  int out_fd_;
  int err_fd_;
  bool colours_;
  Status out_status_;
  Status err_status_;
};

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_OUTPUT_H_
