// The flags that limit what a container may use.
#ifndef ISULAD_CMD_ISULA_OPTIONS_LIMIT_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_LIMIT_OPTIONS_H_

#include <cstdint>
#include <string_view>

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"
#include "utils/base/result.h"

namespace isulad::options {

// Those of create and run. `limits` is borrowed until the flags were parsed.
void AddLimitFlags(cli::FlagSet& flags, client::containers_v1::ResourceLimits* limits);

// What the flags of the limits that update can change do with their values. `limits` is borrowed as
// long as they are used.
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

// "1.5" -> 1500000000. kInvalidArgument for what is not a decimal number with at most nine digits
// behind the point.
Result<int64_t> ParseCpus(std::string_view text);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_LIMIT_OPTIONS_H_
