#include "daemon/modules/container/seccomp_cache.h"

#include "utils/base/base64.h"

namespace isulad::container {

Result<std::string> SeccompCache::Program(spec::SeccompVariant variant, uint64_t capabilities) {
  const auto key = std::make_pair(variant, capabilities);
  {
    MutexLock lock(mutex_);
    if (const auto found = programs_.find(key); found != programs_.end()) {
      return found->second;
    }
  }
  // Two callers that miss at once both compile: that is rare, and no lock is held for the
  // milliseconds it takes.
  ASSIGN_OR_RETURN(const std::string program, spec::CompileSeccomp(variant, capabilities));
  MutexLock lock(mutex_);
  return programs_.emplace(key, Base64Encode(program)).first->second;
}

}  // namespace isulad::container
