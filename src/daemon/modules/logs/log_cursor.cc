#include "daemon/modules/logs/log_cursor.h"

#include <optional>
#include <vector>

#include "utils/base/strings.h"

namespace isulad::logs {
namespace {

constexpr std::string_view kVersion = "1";
constexpr char kSeparator = '.';
constexpr size_t kParts = 5;
constexpr uint64_t kOutputOpen = 1;
constexpr uint64_t kErrorOpen = 2;

}  // namespace

uint64_t HashOfLine(std::string_view line) {
  // http://www.isthe.com/chongo/tech/comp/fnv/
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : line) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash == 0 ? 1 : hash;
}

std::string FormatCursor(const LogCursor& cursor) {
  const uint64_t open =
      (cursor.output_open ? kOutputOpen : 0) | (cursor.error_open ? kErrorOpen : 0);
  std::string text(kVersion);
  for (const uint64_t part : {cursor.number, cursor.first_line, cursor.offset, open}) {
    text.append(1, kSeparator).append(std::to_string(part));
  }
  return text;
}

Result<LogCursor> ParseCursor(std::string_view text) {
  const Error fault = InvalidArgument("not a place in a log: " + Quote(text));
  const std::vector<std::string_view> parts = Split(text, kSeparator);
  if (parts.size() != kParts || parts[0] != kVersion) {
    return fault;
  }
  std::vector<uint64_t> numbers;
  for (size_t i = 1; i < kParts; ++i) {
    const std::optional<uint64_t> number = ParseUint64(parts[i]);
    if (!number) {
      return fault;
    }
    numbers.push_back(*number);
  }
  if (numbers[3] > (kOutputOpen | kErrorOpen)) {
    return fault;
  }
  return LogCursor{numbers[0], numbers[1], numbers[2], (numbers[3] & kOutputOpen) != 0,
                   (numbers[3] & kErrorOpen) != 0};
}

}  // namespace isulad::logs
