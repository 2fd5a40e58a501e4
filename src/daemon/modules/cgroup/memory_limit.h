// Changes the memory limit of a cgroup that is in use. Thread-safe for different cgroups.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_MEMORY_LIMIT_H_
#define ISULAD_DAEMON_MODULES_CGROUP_MEMORY_LIMIT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "utils/base/result.h"

namespace isulad::cgroup {

// Hierarchy::SetMemoryLimit(), on the cgroup's directory.
Status SetMemoryLimitV1(const std::string& directory, uint64_t memory,
                        std::optional<uint64_t> memory_and_swap);
Status SetMemoryLimitV2(const std::string& directory, uint64_t memory,
                        std::optional<uint64_t> memory_and_swap);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_MEMORY_LIMIT_H_
