// An event in the life of a container, as a plain value. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_EVENTS_EVENT_H_
#define ISULAD_DAEMON_MODULES_EVENTS_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/clock.h"

namespace isulad::events {

enum class EventType {
  kCreate,
  kStart,
  kDie,
  kStop,
  kKill,
  kPause,
  kUnpause,
  kRestart,
  kRename,
  kUpdate,
  kExecCreate,
  kExecStart,
  kExecDie,
  kAttach,
  kOom,
  kDestroy,
  kChannelMount,
  kChannelUnmount,
  kChannelResize,
  kChannelAttach,
  kChannelDetach,
  kHealthHealthy,
  kHealthUnhealthy,
};

// The name that users see and that the journal stores: "create", "exec_start", "channel_mount",
// "health_status: healthy".
std::string_view TypeName(EventType type);
std::optional<EventType> ParseType(std::string_view name);

struct Attribute {
  std::string key;  // unique in its event
  std::string value;
  friend bool operator==(const Attribute&, const Attribute&) = default;
};
using Attributes = std::vector<Attribute>;

struct Event {
  Timestamp time;  // when it was published; set by the journal
  EventType type = EventType::kCreate;
  std::string id;    // of the container
  std::string name;  // of the container at that time
  Attributes attributes;
  friend bool operator==(const Event&, const Event&) = default;
};

// nullptr if `event` has no such attribute.
const std::string* FindAttribute(const Event& event, std::string_view key);

// An event with its place in the journal: 1, 2, 3, ... in the order of publication.
struct Entry {
  uint64_t sequence = 0;
  Event event;
  friend bool operator==(const Entry&, const Entry&) = default;
};

}  // namespace isulad::events

#endif  // ISULAD_DAEMON_MODULES_EVENTS_EVENT_H_
