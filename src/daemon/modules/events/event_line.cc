#include "daemon/modules/events/event_line.h"

#include <algorithm>
#include <utility>

#include "utils/base/strings.h"
#include "utils/json/reader.h"
#include "utils/json/value.h"

namespace isulad::events {
namespace {

constexpr int64_t kVersion = 1;
// An escaped byte takes at most six; some punctuation and numbers come on top.
static_assert(6 * ((kMaxAttributes + 2) * kMaxTextBytes + kMaxAttributes * kMaxKeyBytes) + 1024 <=
              kMaxLineBytes);

// Cuts `text` to at most `limit` bytes, but not in the middle of a character.
void Shorten(std::string& text, size_t limit) {
  if (text.size() <= limit) {
    return;
  }
  size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
    --end;
  }
  text.resize(end);
}

Result<Attributes> ReadAttributes(const json::Reader& reader) {
  ASSIGN_OR_RETURN(const json::Reader child, reader.Child("Attributes"));
  Attributes attributes;
  if (child.value().AsObject() == nullptr) {
    return reader.Fault("Attributes", "must be an object");
  }
  for (const json::Member& member : child.value().AsObject()->members()) {
    if (member.second.AsString() == nullptr) {
      return child.Fault(member.first, "must be a string");
    }
    attributes.push_back({member.first, *member.second.AsString()});
  }
  return attributes;
}

}  // namespace

Event Bounded(Event event) {
  Shorten(event.id, kMaxTextBytes);
  Shorten(event.name, kMaxTextBytes);
  event.attributes.resize(std::min(event.attributes.size(), kMaxAttributes));
  for (Attribute& attribute : event.attributes) {
    Shorten(attribute.key, kMaxKeyBytes);
    Shorten(attribute.value, kMaxTextBytes);
  }
  return event;
}

std::string FormatEntry(const Entry& entry) {
  json::Object attributes;
  for (const Attribute& attribute : entry.event.attributes) {
    attributes.Set(attribute.key, attribute.value);
  }
  json::Object line;
  line.Append("Seq", entry.sequence);
  line.Append("Time", entry.event.time.nanoseconds);
  line.Append("Type", TypeName(entry.event.type));
  line.Append("Id", entry.event.id);
  line.Append("Name", entry.event.name);
  line.Append("Attributes", std::move(attributes));
  return json::Serialize(json::Value(std::move(line))) + "\n";
}

Result<Entry> ParseEntry(std::string_view line) {
  ASSIGN_OR_RETURN(const json::Value value, json::Parse(line));
  const json::Reader reader(value, "event");
  Entry entry;
  ASSIGN_OR_RETURN(entry.sequence, reader.Uint64("Seq"));
  ASSIGN_OR_RETURN(entry.event.time.nanoseconds, reader.Int64("Time"));
  ASSIGN_OR_RETURN(const std::string name, reader.String("Type"));
  const std::optional<EventType> type = ParseType(name);
  if (!type) {
    return reader.Fault("Type", "is unknown: " + Quote(name));
  }
  entry.event.type = *type;
  ASSIGN_OR_RETURN(entry.event.id, reader.String("Id"));
  ASSIGN_OR_RETURN(entry.event.name, reader.String("Name"));
  ASSIGN_OR_RETURN(entry.event.attributes, ReadAttributes(reader));
  return entry;
}

std::string FormatHeader(Timestamp since) {
  json::Object header;
  header.Append("Version", kVersion);
  header.Append("Since", since.nanoseconds);
  return json::Serialize(json::Value(std::move(header))) + "\n";
}

Result<Timestamp> ParseHeader(std::string_view line) {
  ASSIGN_OR_RETURN(const json::Value value, json::Parse(line));
  const json::Reader reader(value, "journal of events");
  ASSIGN_OR_RETURN(const int64_t version, reader.Int64("Version"));
  if (version != kVersion) {
    return reader.Fault("Version", "is unknown: " + std::to_string(version));
  }
  ASSIGN_OR_RETURN(const int64_t since, reader.Int64("Since"));
  return Timestamp{since};
}

}  // namespace isulad::events
