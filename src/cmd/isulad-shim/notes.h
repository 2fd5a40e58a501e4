// What a monitor has to complain about, in a file of its own directory: it has no other place to
// say it, as its standard error is /dev/null and the daemon may be gone.
#ifndef ISULAD_CMD_ISULAD_SHIM_NOTES_H_
#define ISULAD_CMD_ISULAD_SHIM_NOTES_H_

#include <string>

#include "utils/base/clock.h"
#include "utils/base/result.h"

namespace isulad::monitor {

class Notes {
 public:
  // The file is made with the first note. `clock` must outlive it.
  Notes(std::string path, const Clock* clock) : path_(std::move(path)), clock_(clock) {}
  // Appends one line where `status` is an error. Gives up on it after a number of lines: a disk
  // that is full for a month must not fill another.
  void NoteFailure(const Status& status);

 private:
  const std::string path_;
  const Clock* const clock_;
  int lines_ = 0;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_NOTES_H_
