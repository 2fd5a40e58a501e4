// The option "mpol": which NUMA nodes the pages of a channel come from. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MEMORY_POLICY_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MEMORY_POLICY_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad::host_channel {

// MODE[:NODES] in canonical form: nodes in ascending order, in the fewest ranges ("bind:3+0-1+2"
// becomes "bind:0-3"). Empty for "default", which is the policy of a channel without this option.
// kInvalidArgument with the allowed values, to be put into a message about the item.
Result<std::string> ParseMemoryPolicy(std::string_view text);

// Converts the policy to the syntax of tmpfs, which joins ranges with commas.
std::string KernelMemoryPolicy(std::string policy);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_MEMORY_POLICY_H_
