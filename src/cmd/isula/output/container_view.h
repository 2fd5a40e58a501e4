// A container as `ps` shows it. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_CONTAINER_VIEW_H_
#define ISULAD_CMD_ISULA_OUTPUT_CONTAINER_VIEW_H_

#include <string>
#include <vector>

#include "cmd/isula/client/container_types.h"
#include "utils/base/clock.h"
#include "utils/json/value.h"

namespace isulad::output {

// "Created", "Up 5 minutes", "Up 2 hours (Paused)", "Up 1 second (healthy)", "Exited (137) 3
// seconds ago", ...
std::string StatusText(const client::ContainerSummary& container, Timestamp now);

// The arguments as one quoted text, shortened to 20 characters if `shorten` is set.
std::string CommandText(const std::vector<std::string>& command, bool shorten);

// The members that a template of `ps` can name: ID, Image, Command, CreatedAt, RunningFor, Status,
// State, Ports, Names; all strings.
json::Object ContainerFields(const client::ContainerSummary& container, Timestamp now,
                             bool shorten);
// The same members, with the titles of their columns as values.
json::Object ContainerTitles();

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_CONTAINER_VIEW_H_
