// What a container uses, as `stats` shows it. Pure, thread-safe.
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

// The members that a template of `stats` can name. `before` is an earlier look at the same
// container: what processors did since then, in percent of one of them. `host_memory` (bytes) is
// the limit of a container that has none. What is not known is "--".
json::Object StatsFields(const client::ContainerStats& before, const client::ContainerStats& now,
                         uint64_t host_memory, bool shorten);
// The same members with the titles of their columns.
json::Object StatsTitles();

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_STATS_VIEW_H_
