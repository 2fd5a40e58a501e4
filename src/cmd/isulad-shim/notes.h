// A monitor's own errors, in a file in its own directory. There is no other place to report them:
// its standard error is /dev/null and the daemon may be gone.
#ifndef ISULAD_CMD_ISULAD_SHIM_NOTES_H_
#define ISULAD_CMD_ISULAD_SHIM_NOTES_H_

#include <string>

#include "utils/base/clock.h"
#include "utils/base/result.h"

namespace isulad::monitor {

class Notes {
 public:
  // The file is created with the first note. `clock` must outlive this object.
  Notes(std::string path, const Clock* clock) : path_(std::move(path)), clock_(clock) {}
  // Appends one line if `status` is an error. Stops after a number of lines: a disk that stays full
  // for a month must not fill another.
  void NoteFailure(const Status& status);

 private:
  const std::string path_;
  const Clock* const clock_;
  int lines_ = 0;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_NOTES_H_
