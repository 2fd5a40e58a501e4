// Unguessable ids.
#ifndef ISULAD_UTILS_OS_RANDOM_H_
#define ISULAD_UTILS_OS_RANDOM_H_

#include <string>

namespace isulad::os {

// 64 lower-case hex digits from getrandom(2). Aborts if the kernel cannot provide randomness, since
// nothing that follows could be trusted. Thread-safe.
std::string RandomId();

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_RANDOM_H_
