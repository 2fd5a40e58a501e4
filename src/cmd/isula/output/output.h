// Where a command writes: results to standard output, all else to standard error.
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

  // Writes `bytes` as they are, all of them, waiting where the reader is slow. Errors carry the
  // errno: EPIPE where nobody reads any more. Nothing is written after a failure.
  virtual Status Out(std::string_view bytes) = 0;
  virtual Status Err(std::string_view bytes) = 0;
  // What Out() failed with first: for callers that write a result and end.
  virtual Status OutStatus() const = 0;

  // Whether people read what Out() writes.
  virtual bool IsTerminal() const = 0;
  // The same of Err().
  virtual bool ErrIsTerminal() const = 0;
  // Whether what Out() and Err() write may have colours.
  virtual bool PaintsOut() const = 0;
  virtual bool PaintsErr() const = 0;

  // `line` without its newline. The failure of a message about a failure is of no use to anyone.
  void ErrLine(std::string_view line);
  // The same for what has failed, and for what a user should know of something that has been done.
  void Failure(std::string_view line);
  void Warn(std::string_view text);
  void WarnOfEach(const std::vector<std::string>& texts);
  // The failure is seen by who asks OutStatus() at the end.
  void OutLine(std::string_view line);
};

// On descriptors, such as the process's own 1 and 2. Not thread-safe.
class FdOutput final : public Output {
 public:
  // `colours`: wanted where the descriptor is a terminal.
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
