// Feeds arbitrary bytes to the JSON parser. What it takes must be written as something that it
// reads as the same value again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.h"
#include "utils/base/strings.h"
#include "utils/json/value.h"

namespace isulad::json {
namespace {

void CheckStyle(const Value& value, Style style) {
  const std::string written = Serialize(value, style);
  REQUIRE(IsValidUtf8(written));
  const Result<Value> read = Parse(written);
  REQUIRE(read.has_value());
  REQUIRE(*read == value);
}

void CheckQuoting(std::string_view text) {
  const Result<Value> read = Parse(QuoteString(text));
  REQUIRE(read.has_value());
  const std::string* unquoted = read->AsString();
  REQUIRE(unquoted != nullptr);
  REQUIRE(!IsValidUtf8(text) || *unquoted == text);
}

}  // namespace
}  // namespace isulad::json

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using isulad::json::Style;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto value = isulad::json::Parse(text)) {
    isulad::json::CheckStyle(*value, Style::kCompact);
    isulad::json::CheckStyle(*value, Style::kIndented);
  }
  isulad::json::CheckQuoting(text);
  return 0;
}
