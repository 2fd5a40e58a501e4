// Feeds arbitrary bytes to the decoder of log entries: what the quick way takes must be what the
// JSON parser makes of it. And to the parser of cursors, which come from clients.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "daemon/modules/logs/log_cursor.h"
#include "daemon/modules/logs/log_entry.h"
#include "require.h"

namespace isulad::logs {
namespace {

void CheckEntry(std::string_view line) {
  const std::optional<LogEntry> quick = DecodeOwnForm(line);
  const std::optional<LogEntry> slow = DecodeJson(line);
  REQUIRE(!quick || quick == slow);
  REQUIRE(DecodeLogEntry(line) == slow);
}

void CheckCursor(std::string_view text) {
  if (const Result<LogCursor> cursor = ParseCursor(text)) {
    REQUIRE(ParseCursor(FormatCursor(*cursor)).value_or(LogCursor{}) == *cursor);
  }
}

}  // namespace
}  // namespace isulad::logs

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  isulad::logs::CheckEntry(text);
  isulad::logs::CheckCursor(text);
  return 0;
}
