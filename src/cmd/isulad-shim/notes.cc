#include "cmd/isulad-shim/notes.h"

#include <fcntl.h>

#include "utils/os/file.h"

namespace isulad::monitor {
namespace {

constexpr int kMaxLines = 100;
constexpr mode_t kNotesMode = 0600;

}  // namespace

void Notes::NoteFailure(const Status& status) {
  if (status || ++lines_ > kMaxLines) {
    return;
  }
  const auto file = os::Open(path_, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, kNotesMode);
  if (file) {
    std::string line = FormatTimestamp(clock_->Now());
    line.append(" ").append(status.error().message()).append("\n");
    // This failure cannot be reported anywhere.
    IgnoreError(os::WriteAll(file->get(), line));
  }
}

}  // namespace isulad::monitor
