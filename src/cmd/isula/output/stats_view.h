// A container's resource usage as `stats` shows it. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_STATS_VIEW_H_
#define ISULAD_CMD_ISULA_OUTPUT_STATS_VIEW_H_

#include <cstdint>
#include <string_view>

#include "cmd/isula/client/container_types.h"
#include "utils/json/value.h"

namespace isulad::output {

inline constexpr std::string_view kStatsColumns =
    "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.Channels}}\t{{.BlockIO}}\t"
    "{{.PIDs}}";

// The members that a template of `stats` can name. `before` is an earlier reading of the same
// container: processor use is that since then, in percent of one processor. `host_memory` (bytes)
// is taken as the limit of a container without one. Unknown values are "--".
json::Object StatsFields(const client::ContainerStats& before, const client::ContainerStats& now,
                         uint64_t host_memory, bool shorten);
// The same members, with the titles of their columns as values.
json::Object StatsTitles();

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_STATS_VIEW_H_
