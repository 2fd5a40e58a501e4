#include "cmd/isula/output/event_view.h"

#include <map>

#include "utils/base/clock.h"
#include "utils/base/strings.h"

namespace isulad::output {
namespace {

constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;

std::map<std::string, std::string> SortedAttributes(const client::ContainerEvent& event) {
  std::map<std::string, std::string> attributes(event.attributes.begin(), event.attributes.end());
  attributes["name"] = event.name;
  return attributes;
}

// Returns the text unchanged unless it could break the line.
std::string OneLine(const std::string& text) {
  return HasControlCharacter(text) ? Quote(text) : text;
}

}  // namespace

std::string EventText(const client::ContainerEvent& event) {
  std::string text = FormatTimestamp({event.time});
  text.append(" container ").append(OneLine(event.type)).append(" ").append(OneLine(event.id));
  std::string_view separator = " (";
  for (const auto& [key, value] : SortedAttributes(event)) {
    text.append(separator).append(OneLine(key)).append("=").append(OneLine(value));
    separator = ", ";
  }
  return text.append(")");
}

json::Object EventFields(const client::ContainerEvent& event) {
  json::Object attributes;
  for (const auto& [key, value] : SortedAttributes(event)) {
    attributes.Append(key, value);
  }
  json::Object actor;
  actor.Set("ID", event.id);
  actor.Set("Attributes", std::move(attributes));
  json::Object fields;
  fields.Set("Type", "container");
  fields.Set("Action", event.type);
  fields.Set("Actor", std::move(actor));
  fields.Set("time", event.time / kNanosecondsPerSecond);
  fields.Set("timeNano", event.time);
  return fields;
}

}  // namespace isulad::output
