// One entry of a json-file log: an object {"log": text, "stream": name, "time": ...} on a line of
// its own, with the bytes of the text as "b64" if they are not UTF-8. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_ENTRY_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_ENTRY_H_

#include <optional>
#include <string>
#include <string_view>

namespace isulad::logs {

struct LogEntry {
  bool error = false;  // standard error, else standard output
  std::string text;
  std::string time;  // as written: RFC 3339; empty if there is none
  friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

// `line` is without its newline; nullopt if it is not an entry.
std::optional<LogEntry> DecodeLogEntry(std::string_view line);

// The two ways to decode. DecodeOwnForm() reads entries in exactly the form that the monitor writes
// in a fraction of the time; nullopt if the line differs from that form in any way, whether it is
// an entry or not.
std::optional<LogEntry> DecodeOwnForm(std::string_view line);
std::optional<LogEntry> DecodeJson(std::string_view line);

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_ENTRY_H_
