// Feeds arbitrary text to the readers of the journal's lines. What they take can be written and
// read again, as one line.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "daemon/modules/events/event_line.h"
#include "require.h"

namespace isulad::events {
namespace {

void CheckEntry(std::string_view text) {
  const Result<Entry> entry = ParseEntry(text);
  if (!entry) {
    return;
  }
  std::string line = FormatEntry(*entry);
  REQUIRE(line.find('\n') == line.size() - 1);
  line.pop_back();
  const Result<Entry> again = ParseEntry(line);
  REQUIRE(again.has_value() && *again == *entry);
  REQUIRE(FormatEntry({entry->sequence, Bounded(entry->event)}).size() <= kMaxLineBytes);
}

void CheckHeader(std::string_view text) {
  if (const Result<Timestamp> since = ParseHeader(text); since) {
    std::string line = FormatHeader(*since);
    line.pop_back();
    const Result<Timestamp> again = ParseHeader(line);
    REQUIRE(again.has_value() && *again == *since);
  }
}

}  // namespace
}  // namespace isulad::events

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  isulad::events::CheckEntry(text);
  isulad::events::CheckHeader(text);
  return 0;
}
