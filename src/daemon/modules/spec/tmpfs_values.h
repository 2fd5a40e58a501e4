// Values that --tmpfs and --mount have in common. For this folder only. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_TMPFS_VALUES_H_
#define ISULAD_DAEMON_MODULES_SPEC_TMPFS_VALUES_H_

#include <cstdint>
#include <string_view>

#include "utils/base/result.h"

namespace isulad::spec {

// `name` is the name of the option, for the reason of a kInvalidArgument.

// Bytes with a unit; at least one page.
Result<uint64_t> ParseTmpfsSize(std::string_view name, std::string_view text);
// Octal digits, 0 to 7777.
Result<uint32_t> ParseTmpfsMode(std::string_view name, std::string_view text);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_TMPFS_VALUES_H_
