#include "cmd/isula/copy/progress.h"

#include "cmd/isula/output/human_size.h"

namespace isulad::copy {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kLong(1);
constexpr std::chrono::milliseconds kPause(200);
constexpr char kWipe[] = "\r\x1b[K";

}  // namespace

Progress::Progress(output::Output& output, bool shown)
    : output_(output),
      shown_(shown && output.ErrIsTerminal()),
      next_(steady_clock::now() + kLong) {}

// Errors are ignored: a terminal that has gone is no reason to stop.
Progress::~Progress() {
  if (written_) {
    IgnoreError(output_.Err(kWipe));
  }
}

void Progress::Add(uint64_t bytes) {
  bytes_ += bytes;
  if (!shown_ || steady_clock::now() < next_) {
    return;
  }
  next_ = steady_clock::now() + kPause;
  written_ = true;
  IgnoreError(output_.Err(kWipe + std::string("copied ") + output::HumanSize(bytes_)));
}

}  // namespace isulad::copy
