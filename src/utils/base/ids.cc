#include "utils/base/ids.h"

#include <algorithm>

namespace isulad {
namespace {

constexpr size_t kMaxNameBytes = 255;
constexpr char kLowerHexDigits[] = "0123456789abcdef";

// Not isalnum(): the characters allowed in a name must not depend on the locale.
bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsLowerHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

bool IsValidId(std::string_view id) { return id.size() == kIdDigits && IsLowerHex(id); }

bool IsIdPrefix(std::string_view text) {
  return !text.empty() && text.size() <= kIdDigits && IsLowerHex(text);
}

std::string ShortId(std::string_view id) { return std::string(id.substr(0, kShortIdDigits)); }

bool IsValidName(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes || !IsAlphanumeric(name[0])) {
    return false;
  }
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return IsAlphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

std::string HexEncode(std::string_view bytes) {
  std::string digits;
  digits.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    digits.push_back(kLowerHexDigits[byte >> 4]);
    digits.push_back(kLowerHexDigits[byte & 0xf]);
  }
  return digits;
}

}  // namespace isulad
