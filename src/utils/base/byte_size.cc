#include "utils/base/byte_size.h"

#include <array>
#include <cctype>
#include <limits>
#include <optional>

#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr std::string_view kUnitLetters = "kmgt";
constexpr int kBitsPerUnit = 10;

std::string ToLower(std::string_view text) {
  std::string lower;
  for (const char c : text) {
    lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  return lower;
}

// The power of two that a unit stands for; nullopt for an unknown one.
std::optional<int> ShiftOfUnit(std::string_view unit) {
  const std::string lower = ToLower(unit);
  if (lower.empty() || lower == "b") {
    return 0;
  }
  const size_t index = kUnitLetters.find(lower[0]);
  const std::string_view rest = std::string_view(lower).substr(1);
  if (index == std::string_view::npos || !(rest.empty() || rest == "b" || rest == "ib")) {
    return std::nullopt;
  }
  return kBitsPerUnit * (static_cast<int>(index) + 1);
}

bool IsLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

}  // namespace

Result<uint64_t> ParseByteSize(std::string_view text) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view unit = text.substr(digits);
  if (digits == 0 || (!unit.empty() && !IsLetter(unit[0]))) {
    return InvalidArgument("not a whole number");
  }
  const std::optional<int> shift = ShiftOfUnit(unit);
  if (!shift) {
    return InvalidArgument("unknown unit " + Quote(unit));
  }
  const std::optional<uint64_t> number = ParseUint64(text.substr(0, digits));
  if (!number || *number > (std::numeric_limits<uint64_t>::max() >> *shift)) {
    return InvalidArgument("too large");
  }
  return *number << *shift;
}

std::string FormatByteSize(uint64_t bytes) {
  constexpr uint64_t kStep = uint64_t{1} << kBitsPerUnit;
  constexpr std::array kSuffixes = {"", "K", "M", "G", "T"};
  size_t unit = 0;
  while (bytes != 0 && bytes % kStep == 0 && unit + 1 < kSuffixes.size()) {
    bytes /= kStep;
    ++unit;
  }
  return std::to_string(bytes) + kSuffixes[unit];
}

Result<uint64_t> RoundUpToPage(uint64_t bytes, uint64_t page) {
  if (bytes > std::numeric_limits<uint64_t>::max() - (page - 1)) {
    return InvalidArgument("too large");
  }
  return (bytes + page - 1) & ~(page - 1);
}

}  // namespace isulad
