// The flags that limit a container's resources.
#ifndef ISULAD_CMD_ISULA_OPTIONS_LIMIT_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_LIMIT_OPTIONS_H_

#include <cstdint>
#include <string_view>

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"
#include "utils/base/result.h"

namespace isulad::options {

// The flags of create and run. `limits` is borrowed until the flags have been parsed.
void AddLimitFlags(cli::FlagSet& flags, client::containers_v1::ResourceLimits* limits);

// Setters of the limits that update can change. `limits` is borrowed as long as they are used.
struct LimitSetters {
  explicit LimitSetters(client::containers_v1::ResourceLimits* limits);

  cli::FlagSet::Setter memory;
  cli::FlagSet::Setter memory_swap;
  cli::FlagSet::Setter memory_reservation;
  cli::FlagSet::Setter cpus;
  cli::FlagSet::Setter cpu_shares;
  cli::FlagSet::Setter cpu_period;
  cli::FlagSet::Setter cpu_quota;
  cli::FlagSet::Setter cpuset_cpus;
  cli::FlagSet::Setter cpuset_mems;
};

// "1.5" -> 1500000000. kInvalidArgument unless the text is a decimal number with at most nine
// digits after the point.
Result<int64_t> ParseCpus(std::string_view text);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_LIMIT_OPTIONS_H_
