#include "cmd/isula/output/human_size.h"

#include <cstddef>
#include <iterator>
#include <string_view>

namespace isulad::output {
namespace {

constexpr std::string_view kByteUnits[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

}  // namespace

std::string HumanSize(uint64_t bytes) {
  size_t unit = 0;
  uint64_t divisor = 1;
  while (bytes / divisor >= 1024 && unit + 1 < std::size(kByteUnits)) {
    divisor *= 1024;
    ++unit;
  }
  // Cut, not rounded: 1023.999 KiB must not become 1024 KiB.
  const auto remainder = static_cast<long double>(bytes % divisor);
  const int hundredths = static_cast<int>(remainder * 100 / static_cast<long double>(divisor));
  std::string text = std::to_string(bytes / divisor);
  if (hundredths != 0) {
    text.append(hundredths < 10 ? ".0" : ".").append(std::to_string(hundredths));
  }
  return text.append(kByteUnits[unit]);
}

}  // namespace isulad::output
