// The value of --user-remap: which ids of the host a container's ids 0, 1, 2... are. Pure,
// thread-safe.
#ifndef ISULAD_UTILS_BASE_USER_REMAP_H_
#define ISULAD_UTILS_BASE_USER_REMAP_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

// In the container user id N, below `size`, is the host's `uid` + N; the same for groups.
struct UserRemap {
  uint32_t uid = 0;
  uint32_t gid = 0;
  uint32_t size = 0;

  // Whether the container has the id `inside`.
  bool Contains(uint32_t inside) const { return inside < size; }
  friend bool operator==(const UserRemap&, const UserRemap&) = default;
};

// Every id that passwd(5) usually names; more is of no use to a container.
inline constexpr uint32_t kMaxRemapSize = 65536;

// Reads UID:GID:SIZE, three whole numbers: ids not 0 (the container's root would be the host's),
// and no id above 4294967294, which is the largest that the kernel has. kInvalidArgument with the
// field and its range.
Result<UserRemap> ParseUserRemap(std::string_view text);
// What ParseUserRemap reads.
std::string FormatUserRemap(const UserRemap& remap);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_USER_REMAP_H_
