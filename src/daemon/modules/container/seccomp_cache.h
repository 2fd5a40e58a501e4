// Seccomp programs, compiled once for the life of the daemon: compiling one costs more CPU than the
// rest of a start.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_SECCOMP_CACHE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_SECCOMP_CACHE_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "daemon/modules/spec/seccomp.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::container {

// Thread-safe.
class SeccompCache {
 public:
  // The program for `variant` and the bounding set `capabilities`, base64.
  Result<std::string> Program(spec::SeccompVariant variant, uint64_t capabilities) EXCLUDES(mutex_);

 private:
  Mutex mutex_;
  std::map<std::pair<spec::SeccompVariant, uint64_t>, std::string> programs_ GUARDED_BY(mutex_);
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SECCOMP_CACHE_H_
