// The owner of files that the calling thread creates. Source: setfsuid(2), setfsgid(2).
#ifndef ISULAD_UTILS_OS_FILE_OWNER_H_
#define ISULAD_UTILS_OS_FILE_OWNER_H_

#include <sys/fsuid.h>

#include <optional>

#include "utils/base/user_remap.h"

namespace isulad::os {

// While this object exists, files that the thread creates belong to the root user of a container
// with `remap`, in which the host's root has no id. Does nothing without `remap`.
class ScopedFileOwner {
 public:
  explicit ScopedFileOwner(const std::optional<UserRemap>& remap) : active_(remap.has_value()) {
    if (active_) {
      ::setfsgid(remap->gid);
      ::setfsuid(remap->uid);
    }
  }
  ~ScopedFileOwner() {
    if (active_) {
      ::setfsuid(0);
      ::setfsgid(0);
    }
  }
  ScopedFileOwner(const ScopedFileOwner&) = delete;
  ScopedFileOwner& operator=(const ScopedFileOwner&) = delete;

 private:
  const bool active_;
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_FILE_OWNER_H_
