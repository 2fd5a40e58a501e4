// Queries the kernel for one mount by its id: statmount(2) and listmount(2), complete for this
// purpose since Linux 6.13. Unlike reading the mount table, the cost does not grow with the number
// of mounts.
#ifndef ISULAD_UTILS_OS_MOUNT_QUERY_H_
#define ISULAD_UTILS_OS_MOUNT_QUERY_H_

#include <cstdint>
#include <string>

#include "utils/base/result.h"

namespace isulad::os {

struct QueriedMount {
  uint64_t id = 0;  // valid for these calls; differs from the id in mountinfo and is never reused
  uint64_t parent_id = 0;  // as for `id`
  std::string root;        // the path within the file system that is mounted
  std::string type;        // "tmpfs"
  std::string source;      // "isulad:..."
};

// The mount that a descriptor is on, in the calling thread's mount namespace. Any error means that
// this kernel or this place cannot be queried: read the table instead (mountinfo.h).
Result<QueriedMount> QueryMountOf(int fd);
Result<QueriedMount> QueryMount(uint64_t id);
// Whether anything is mounted in the mount or in a mount inside it.
Result<bool> HasMountsInside(uint64_t id);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_MOUNT_QUERY_H_
