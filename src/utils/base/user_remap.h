// The value of --user-remap: the host ids to which a container's ids 0, 1, 2... are mapped. Pure,
// thread-safe.
#ifndef ISULAD_UTILS_BASE_USER_REMAP_H_
#define ISULAD_UTILS_BASE_USER_REMAP_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

// User id N in the container, below `size`, is the host's `uid` + N; likewise for groups.
struct UserRemap {
  uint32_t uid = 0;
  uint32_t gid = 0;
  uint32_t size = 0;

  // Whether the container has the id `inside`.
  bool Contains(uint32_t inside) const { return inside < size; }
  friend bool operator==(const UserRemap&, const UserRemap&) = default;
};

// Covers every id that passwd(5) usually contains; a container has no use for more.
inline constexpr uint32_t kMaxRemapSize = 65536;

// Reads UID:GID:SIZE, three whole numbers. The ids must not be 0 (the container's root would be the
// host's), and no id may exceed 4294967294, the largest that the kernel has. kInvalidArgument with
// the field and its range.
Result<UserRemap> ParseUserRemap(std::string_view text);
// The form that ParseUserRemap reads.
std::string FormatUserRemap(const UserRemap& remap);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_USER_REMAP_H_
