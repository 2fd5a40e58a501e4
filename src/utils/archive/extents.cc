#include "utils/archive/extents.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace isulad::archive {
namespace {

constexpr size_t kMaxExtents = 16384;

}  // namespace

std::vector<Extent> FindExtents(int fd, uint64_t size) {
  const auto end = static_cast<off_t>(size);
  std::vector<Extent> extents;
  for (off_t at = 0; at < end && extents.size() < kMaxExtents;) {
    const off_t data = ::lseek(fd, at, SEEK_DATA);
    if (data < 0 && errno != ENXIO) {
      return {};  // data that cannot be read must not become zeros
    }
    if (data < 0 || data >= end) {
      break;  // only a hole from here on
    }
    const off_t hole = std::min(::lseek(fd, data, SEEK_HOLE), end);
    if (hole <= data) {
      return {};
    }
    extents.push_back({static_cast<uint64_t>(data), static_cast<uint64_t>(hole - data)});
    at = hole;
  }
  if (extents.size() == kMaxExtents) {
    extents.back().length = size - extents.back().offset;
  }
  if (extents.empty()) {
    extents.push_back({size, 0});
  }
  return extents;
}

}  // namespace isulad::archive
