// A host channel as `channel ls` shows it. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_CHANNEL_VIEW_H_
#define ISULAD_CMD_ISULA_OUTPUT_CHANNEL_VIEW_H_

#include <string_view>

#include "cmd/isula/client/channel_client.h"
#include "utils/json/value.h"

namespace isulad::output {

inline constexpr std::string_view kChannelColumns =
    "{{.ID}}\t{{.HostPath}}\t{{.ContainerPath}}\t{{.Access}}\t{{.Size}}\t{{.Used}}\t{{.Inodes}}\t"
    "{{.Mounted}}\t{{.Containers}}";

// The members that a template of `channel ls` can name. Texts: ID, HostPath, Size, Used, Free
// ("1.50MiB"), Inodes ("12/256"), Mounted ("yes", "no"), Options, and ContainerPath, Access,
// Containers, which have an entry for each container, joined by ",". Numbers, for scripts:
// SizeBytes, UsedBytes, FreeBytes, InodesUsed, InodesLimit. Texts that need the kernel are "-"
// while the channel is not mounted.
json::Object ChannelFields(const client::Channel& channel, bool shorten);
// The same members, with the titles of their columns as values.
json::Object ChannelTitles();

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_CHANNEL_VIEW_H_
