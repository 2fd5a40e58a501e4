// Shows on a terminal how much has been copied, if that takes long.
#ifndef ISULAD_CMD_ISULA_COPY_PROGRESS_H_
#define ISULAD_CMD_ISULA_COPY_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "cmd/isula/output/output.h"

namespace isulad::copy {

// Writes "copied 12.3MB" to standard error, again and again on the same line, starting one second
// after its construction; the destructor wipes the line. Writes nothing if `shown` is false or
// standard error is not a terminal. Not thread-safe.
class Progress {
 public:
  Progress(output::Output& output, bool shown);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Add(uint64_t bytes);

 private:
  using Time = std::chrono::steady_clock::time_point;

  output::Output& output_;
  const bool shown_;
  uint64_t bytes_ = 0;
  Time next_;
  bool written_ = false;
};

}  // namespace isulad::copy

#endif  // ISULAD_CMD_ISULA_COPY_PROGRESS_H_
