#include "utils/json/text_check.h"

#include <charconv>

#include "utils/base/strings.h"

namespace isulad::json {
namespace {

constexpr size_t kUnicodeEscapeBytes = 6;  // \uXXXX

// The code unit of the escape at the start of `text`; nullopt if there is no well-formed one.
std::optional<unsigned> UnicodeEscape(std::string_view text) {
  if (text.size() < kUnicodeEscapeBytes || text.substr(0, 2) != "\\u") {
    return std::nullopt;
  }
  unsigned unit = 0;
  const char* end = text.data() + kUnicodeEscapeBytes;
  const auto [rest, error] = std::from_chars(text.data() + 2, end, unit, 16);
  return error == std::errc() && rest == end ? std::optional<unsigned>(unit) : std::nullopt;
}

bool IsHighSurrogate(unsigned unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool IsLowSurrogate(unsigned unit) { return unit >= 0xdc00 && unit < 0xe000; }

// The length of the escape at the start of `text`, counting a surrogate pair as one; 0 for half a
// pair. Other malformed escapes are left to the parser.
size_t EscapeLength(std::string_view text) {
  const std::optional<unsigned> unit = UnicodeEscape(text);
  if (!unit) {
    return 2;
  }
  if (IsLowSurrogate(*unit)) {
    return 0;
  }
  if (!IsHighSurrogate(*unit)) {
    return kUnicodeEscapeBytes;
  }
  const std::optional<unsigned> next = UnicodeEscape(text.substr(kUnicodeEscapeBytes));
  return next && IsLowSurrogate(*next) ? 2 * kUnicodeEscapeBytes : 0;
}

}  // namespace

std::optional<TextFault> FindTextFault(std::string_view text) {
  size_t offset = 0;
  while (offset < text.size()) {
    const std::string_view rest = text.substr(offset);
    const size_t character = Utf8SequenceLength(rest);
    if (character == 0) {
      return TextFault{offset, "not UTF-8"};
    }
    // An escaped byte may be the first of a longer sequence: in that case only the backslash is
    // skipped.
    const bool is_escape =
        rest.size() >= 2 && rest[0] == '\\' && Utf8SequenceLength(rest.substr(1)) == 1;
    const size_t length = is_escape ? EscapeLength(rest) : character;
    if (length == 0) {
      return TextFault{offset, "half a surrogate pair"};
    }
    offset += length;
  }
  return std::nullopt;
}

}  // namespace isulad::json
