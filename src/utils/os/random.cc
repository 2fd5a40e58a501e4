#include "utils/os/random.h"

#include <sys/random.h>

#include <array>
#include <cstdlib>
#include <string_view>

#include "utils/base/ids.h"
#include "utils/os/retry.h"

namespace isulad::os {

std::string RandomId() {
  std::array<char, kIdDigits / 2> bytes;
  // Reads of up to 256 bytes are complete once the kernel's generator has been seeded.
  const ssize_t n = RetryOnEintr([&] { return ::getrandom(bytes.data(), bytes.size(), 0); });
  if (n != static_cast<ssize_t>(bytes.size())) {
    std::abort();
  }
  return HexEncode(std::string_view(bytes.data(), bytes.size()));
}

}  // namespace isulad::os
