// Where a command writes: results to standard output, all else to standard error.
#ifndef ISULAD_CMD_ISULA_OUTPUT_OUTPUT_H_
#define ISULAD_CMD_ISULA_OUTPUT_OUTPUT_H_

#include <string_view>

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

  // `line` without its newline. The failure of a message about a failure is of no use to anyone.
  void ErrLine(std::string_view line);
  // The failure is seen by who asks OutStatus() at the end.
  void OutLine(std::string_view line);
};

// On the process's own descriptors 1 and 2. Not thread-safe.
class FdOutput final : public Output {
 public:
  FdOutput(int out_fd, int err_fd) : out_fd_(out_fd), err_fd_(err_fd) {}

  Status Out(std::string_view bytes) override;
  Status Err(std::string_view bytes) override;
  Status OutStatus() const override { return out_status_; }

 private:
  int out_fd_;
  int err_fd_;
  Status out_status_;
  Status err_status_;
};

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_OUTPUT_H_
