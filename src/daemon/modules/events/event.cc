#include "daemon/modules/events/event.h"

#include <algorithm>
#include <array>

namespace isulad::events {
namespace {

constexpr std::array<std::string_view, 23> kNames = {
    "create",
    "start",
    "die",
    "stop",
    "kill",
    "pause",
    "unpause",
    "restart",
    "rename",
    "update",
    "exec_create",
    "exec_start",
    "exec_die",
    "attach",
    "oom",
    "destroy",
    "channel_mount",
    "channel_unmount",
    "channel_resize",
    "channel_attach",
    "channel_detach",
    "health_status: healthy",
    "health_status: unhealthy",
};
static_assert(static_cast<size_t>(EventType::kHealthUnhealthy) + 1 == kNames.size());

}  // namespace

std::string_view TypeName(EventType type) { return kNames[static_cast<size_t>(type)]; }

std::optional<EventType> ParseType(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) {
    return std::nullopt;
  }
  return static_cast<EventType>(found - kNames.begin());
}

const std::string* FindAttribute(const Event& event, std::string_view key) {
  const auto found =
      std::find_if(event.attributes.begin(), event.attributes.end(),
                   [key](const Attribute& attribute) { return attribute.key == key; });
  return found == event.attributes.end() ? nullptr : &found->value;
}

}  // namespace isulad::events
