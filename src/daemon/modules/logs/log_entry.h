// One entry of a json-file log: an object {"log": text, "stream": name, "time": ...} on a line,
// with the text's bytes as "b64" where they are not UTF-8. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_ENTRY_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_ENTRY_H_

#include <optional>
#include <string>
#include <string_view>

namespace isulad::logs {

struct LogEntry {
  bool error = false;  // standard error, else standard output
  std::string text;
  std::string time;  // as it stands there: RFC 3339; empty where there is none
  friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

// `line` without its newline; nullopt where it is no entry.
std::optional<LogEntry> DecodeLogEntry(std::string_view line);

// The two ways of doing that. Entries in exactly the form that our monitor writes are read in a
// fraction of the time; nullopt where the line differs from it in any way, be it an entry or not.
std::optional<LogEntry> DecodeOwnForm(std::string_view line);
std::optional<LogEntry> DecodeJson(std::string_view line);

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_ENTRY_H_
