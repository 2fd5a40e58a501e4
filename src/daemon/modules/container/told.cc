#include "daemon/modules/container/told.h"

#include "daemon/modules/container/event_attributes.h"

namespace isulad::container {
namespace {

std::string AttributeOf(const events::Event& event, std::string_view key) {
  const std::string* value = events::FindAttribute(event, key);
  return value == nullptr ? "" : *value;
}

Timestamp TimeOf(const events::Event& event, std::string_view key) {
  return ParseTimestamp(AttributeOf(event, key)).value_or(Timestamp{});
}

void TakeRun(const events::Event& event, Told& told) {
  told.run_known = true;
  told.running = event.type == events::EventType::kStart;
  told.paused = false;
  told.oom = false;
  if (told.running) {
    told.started_at = TimeOf(event, kStartedAtKey);
  } else {
    told.finished_at = TimeOf(event, kFinishedAtKey);
  }
}

}  // namespace

bool HasToldStart(const Told& told, const State& state) {
  return told.run_known && told.started_at == state.started_at;
}

bool HasToldEnd(const Told& told, const State& state, bool auto_remove) {
  if (!told.run_known || told.running) {
    return false;
  }
  return state.finished_at == told.finished_at || (auto_remove && HasToldStart(told, state));
}

void Take(const events::Event& event, Told& told) {
  using events::EventType;
  told.name = event.name;
  told.image = AttributeOf(event, kImageKey);
  switch (event.type) {
    case EventType::kCreate:
      told.created = true;
      break;
    case EventType::kStart:
    case EventType::kDie:
      TakeRun(event, told);
      break;
    case EventType::kPause:
    case EventType::kUnpause:
      told.paused = event.type == EventType::kPause;
      break;
    case EventType::kOom:
      told.oom = true;
      break;
    case EventType::kExecStart:
      told.execs.insert(AttributeOf(event, kExecIdKey));
      break;
    case EventType::kExecDie:
      told.execs.erase(AttributeOf(event, kExecIdKey));
      break;
    case EventType::kChannelMount:
      told.channels.insert(AttributeOf(event, kHostPathKey));
      break;
    case EventType::kChannelUnmount:
      told.channels.erase(AttributeOf(event, kHostPathKey));
      break;
    default:
      break;
  }
}

}  // namespace isulad::container
