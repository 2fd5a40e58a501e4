// One mount, asked of the kernel by its id: statmount(2) and listmount(2), since Linux 6.13 with
// all that is needed here. What it costs does not grow with the number of mounts, as reading the
// table does.
#ifndef ISULAD_UTILS_OS_MOUNT_QUERY_H_
#define ISULAD_UTILS_OS_MOUNT_QUERY_H_

#include <cstdint>
#include <string>

#include "utils/base/result.h"

namespace isulad::os {

struct QueriedMount {
  uint64_t id = 0;  // for these calls; another one than that in mountinfo, and never used twice
  uint64_t parent_id = 0;  // the same
  std::string root;        // the path inside the file system that is mounted
  std::string type;        // "tmpfs"
  std::string source;      // "isulad:..."
};

// The mount that a descriptor is on, as the calling thread's mount namespace has it. Any error:
// read the table (mountinfo.h), for this kernel or this place cannot be asked.
Result<QueriedMount> QueryMountOf(int fd);
Result<QueriedMount> QueryMount(uint64_t id);
// Whether anything is mounted in the mount, or in one that is mounted in it.
Result<bool> HasMountsInside(uint64_t id);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_MOUNT_QUERY_H_
