// The lines of the journal's files: a header, then one event per line. docs/on-disk-formats.md has
// the format. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_EVENTS_EVENT_LINE_H_
#define ISULAD_DAEMON_MODULES_EVENTS_EVENT_LINE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "daemon/modules/events/event.h"
#include "utils/base/result.h"

namespace isulad::events {

// The longest line, newline included: a read of this size from the start of a line gets all of it.
inline constexpr size_t kMaxLineBytes = 256u << 10;
inline constexpr size_t kMaxAttributes = 16;
inline constexpr size_t kMaxKeyBytes = 64;
inline constexpr size_t kMaxTextBytes = 2048;  // of an attribute's value, an id, a name

// `event` with what exceeds the limits cut off.
Event Bounded(Event event);

// The line of a bounded event, newline included.
std::string FormatEntry(const Entry& entry);
// Reads what FormatEntry() writes, without its newline. kInvalidArgument for anything else.
Result<Entry> ParseEntry(std::string_view line);

// The first line of a file, newline included. `since`: no event published after the file was begun
// is older than this.
std::string FormatHeader(Timestamp since);
// Reads what FormatHeader() writes, without its newline. kInvalidArgument for anything else,
// including another version.
Result<Timestamp> ParseHeader(std::string_view line);

}  // namespace isulad::events

#endif  // ISULAD_DAEMON_MODULES_EVENTS_EVENT_LINE_H_
