#include "utils/base/strings.h"

#include <algorithm>
#include <charconv>

namespace isulad {
namespace {

constexpr std::string_view kWhitespace = " \t\r\n";
constexpr char kHexDigits[] = "0123456789abcdef";

unsigned char Byte(std::string_view text, size_t index) {
  return static_cast<unsigned char>(text[index]);
}

bool IsBetween(unsigned char byte, unsigned char low, unsigned char high) {
  return low <= byte && byte <= high;
}

bool IsControl(unsigned char byte) { return byte < 0x20 || byte == 0x7f; }

// The bounds of the second byte exclude overlong forms, surrogates and code points beyond U+10FFFF
// (RFC 3629, section 4).
bool IsSecondByteAllowed(unsigned char first, unsigned char second) {
  switch (first) {
    case 0xe0:
      return IsBetween(second, 0xa0, 0xbf);
    case 0xed:
      return IsBetween(second, 0x80, 0x9f);
    case 0xf0:
      return IsBetween(second, 0x90, 0xbf);
    case 0xf4:
      return IsBetween(second, 0x80, 0x8f);
    default:
      return IsBetween(second, 0x80, 0xbf);
  }
}

size_t ExpectedSequenceLength(unsigned char first) {
  if (first < 0x80) {
    return 1;
  }
  if (IsBetween(first, 0xc2, 0xdf)) {
    return 2;
  }
  if (IsBetween(first, 0xe0, 0xef)) {
    return 3;
  }
  return IsBetween(first, 0xf0, 0xf4) ? 4 : 0;
}

template <typename Integer>
std::optional<Integer> ParseWhole(std::string_view text) {
  Integer value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end) {
    return std::nullopt;
  }
  return value;
}

void AppendEscaped(std::string& out, unsigned char byte) {
  switch (byte) {
    case '\n':
      out.append("\\n");
      return;
    case '\r':
      out.append("\\r");
      return;
    case '\t':
      out.append("\\t");
      return;
    case '"':
    case '\\':
      out.append({'\\', static_cast<char>(byte)});
      return;
    default:
      out.append({'\\', 'x', kHexDigits[byte >> 4], kHexDigits[byte & 0xf]});
  }
}

// U+0080 to U+009F are control characters too: terminals obey some of them.
bool IsPrintable(std::string_view sequence) {
  if (sequence.size() == 1) {
    return !IsControl(Byte(sequence, 0)) && sequence != "\"" && sequence != "\\";
  }
  return !(Byte(sequence, 0) == 0xc2 && Byte(sequence, 1) < 0xa0);
}

}  // namespace

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  for (size_t end = text.find(separator); end != std::string_view::npos;
       end = text.find(separator, begin)) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string joined;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) {
      joined.append(separator);
    }
    joined.append(parts[i]);
  }
  return joined;
}

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kWhitespace);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(kWhitespace) - begin + 1);
}

std::optional<uint64_t> ParseUint64(std::string_view text) { return ParseWhole<uint64_t>(text); }

std::optional<int64_t> ParseInt64(std::string_view text) { return ParseWhole<int64_t>(text); }

size_t Utf8SequenceLength(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  const unsigned char first = Byte(text, 0);
  const size_t length = ExpectedSequenceLength(first);
  if (length <= 1) {
    return length;
  }
  if (text.size() < length || !IsSecondByteAllowed(first, Byte(text, 1))) {
    return 0;
  }
  for (size_t i = 2; i < length; ++i) {
    if (!IsBetween(Byte(text, i), 0x80, 0xbf)) {
      return 0;
    }
  }
  return length;
}

bool IsValidUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    if (length == 0) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

bool HasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return IsControl(static_cast<unsigned char>(c)); });
}

std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const size_t length = std::max<size_t>(Utf8SequenceLength(text), 1);
    const std::string_view sequence = text.substr(0, length);
    if (Utf8SequenceLength(text) > 0 && IsPrintable(sequence)) {
      quoted.append(sequence);
    } else {
      for (const char c : sequence) {
        AppendEscaped(quoted, static_cast<unsigned char>(c));
      }
    }
    text.remove_prefix(length);
  }
  return quoted.append("\"");
}

}  // namespace isulad
