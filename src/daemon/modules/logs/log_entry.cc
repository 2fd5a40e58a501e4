#include "daemon/modules/logs/log_entry.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "utils/base/base64.h"
#include "utils/base/strings.h"
#include "utils/json/value.h"

namespace isulad::logs {
namespace {

constexpr size_t kMaxNumberDigits = 18;  // as many always fit into 64 bits

bool Skip(std::string_view& text, std::string_view literal) {
  if (!text.starts_with(literal)) {
    return false;
  }
  text.remove_prefix(literal.size());
  return true;
}

// Whether none of 8 bytes is a quote, a backslash, a control character or outside ASCII. The sum of
// bit tricks may report a plain byte next to one that is not plain as not plain, but a true result
// is always right.
bool IsPlain(uint64_t bytes) {
  constexpr uint64_t kEach = 0x0101010101010101;
  constexpr uint64_t kHighBits = kEach * 0x80;
  const uint64_t quotes = bytes ^ (kEach * '"');
  const uint64_t backslashes = bytes ^ (kEach * '\\');
  return ((bytes | (bytes - kEach * 0x20) | (quotes - kEach) | (backslashes - kEach)) &
          kHighBits) == 0;
}

// The number of bytes at the start of `text` that stand for themselves within a JSON string.
size_t PlainLength(std::string_view text) {
  size_t length = 0;
  uint64_t block = 0;
  while (length + sizeof(block) <= text.size()) {
    std::memcpy(&block, text.data() + length, sizeof(block));
    if (!IsPlain(block)) {
      break;
    }
    length += sizeof(block);
  }
  const auto* const end =
      std::find_if(text.begin() + static_cast<std::ptrdiff_t>(length), text.end(), [](char c) {
        return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 ||
               static_cast<unsigned char>(c) >= 0x80;
      });
  return static_cast<size_t>(end - text.begin());
}

std::optional<unsigned> HexDigit(char c) {
  if (c >= '0' && c <= '9') {
    return static_cast<unsigned>(c - '0');
  }
  return c >= 'a' && c <= 'f' ? std::optional<unsigned>(static_cast<unsigned>(c - 'a') + 10)
                              : std::nullopt;
}

// The meaning of `escape`, the character after a backslash.
std::optional<char> ShortEscape(char escape) {
  switch (escape) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case '"':
    case '\\':
      return escape;
    default:
      return std::nullopt;
  }
}

// Removes an escape that the monitor writes from the front of `text` and appends its meaning to
// `out`.
bool TakeEscape(std::string_view& text, std::string& out) {
  if (text.size() < 2) {
    return false;
  }
  if (const std::optional<char> character = ShortEscape(text[1])) {
    out.push_back(*character);
    text.remove_prefix(2);
    return true;
  }
  if (Skip(text, "\\ufffd")) {
    out.append("\xef\xbf\xbd");
    return true;
  }
  constexpr size_t kLength = std::string_view("\\u001b").size();
  if (text.size() < kLength || !text.starts_with("\\u00")) {
    return false;
  }
  const std::optional<unsigned> high = HexDigit(text[4]);
  const std::optional<unsigned> low = HexDigit(text[5]);
  if (!high || !low || *high > 7) {
    return false;
  }
  out.push_back(static_cast<char>(*high << 4 | *low));
  text.remove_prefix(kLength);
  return true;
}

// Removes the rest of a string, whose opening quote is already gone, from the front of `text`,
// closing quote included, and appends its value to `out`.
bool TakeString(std::string_view& text, std::string& out) {
  for (;;) {
    const size_t plain = PlainLength(text);
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) {
      return false;
    }
    if (text[0] == '"') {
      text.remove_prefix(1);
      return true;
    }
    if (text[0] == '\\') {
      if (!TakeEscape(text, out)) {
        return false;
      }
      continue;
    }
    const size_t length = Utf8SequenceLength(text);
    if (length < 2) {
      return false;  // a bare control character, or not UTF-8
    }
    out.append(text.substr(0, length));
    text.remove_prefix(length);
  }
}

// Like TakeString(), but only for a string of plain characters.
std::optional<std::string_view> TakePlainString(std::string_view& text) {
  const size_t length = PlainLength(text);
  if (length == text.size() || text[length] != '"') {
    return std::nullopt;
  }
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length + 1);
  return taken;
}

bool SkipFileNumber(std::string_view& text) {
  if (!Skip(text, "\"file\":")) {
    return true;
  }
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > kMaxNumberDigits || (text[0] == '0' && digits > 1)) {
    return false;
  }
  text.remove_prefix(digits);
  return Skip(text, ",");
}

std::string StringOf(const json::Object& object, std::string_view key) {
  const json::Value* const value = object.Find(key);
  return value != nullptr && value->AsString() != nullptr ? *value->AsString() : std::string();
}

}  // namespace

std::optional<LogEntry> DecodeOwnForm(std::string_view line) {
  LogEntry entry;
  if (!Skip(line, "{") || !SkipFileNumber(line) || !Skip(line, "\"log\":\"")) {
    return std::nullopt;
  }
  entry.text.reserve(line.size());
  if (!TakeString(line, entry.text) || !Skip(line, ",\"stream\":\"std")) {
    return std::nullopt;
  }
  entry.error = Skip(line, "err\"");
  if (!entry.error && !Skip(line, "out\"")) {
    return std::nullopt;
  }
  const std::optional<std::string_view> time =
      Skip(line, ",\"time\":\"") ? TakePlainString(line) : std::nullopt;
  if (!time) {
    return std::nullopt;
  }
  entry.time = *time;
  if (Skip(line, ",\"b64\":\"")) {
    const std::optional<std::string_view> base64 = TakePlainString(line);
    if (!base64) {
      return std::nullopt;
    }
    // Damaged base64 cannot be what the text stands for: the text itself is shown then.
    entry.text = Base64Decode(*base64).value_or(std::move(entry.text));
  }
  return line == "}" ? std::optional<LogEntry>(std::move(entry)) : std::nullopt;
}

std::optional<LogEntry> DecodeJson(std::string_view line) {
  const Result<json::Value> value = json::Parse(line);
  if (!value || value->AsObject() == nullptr) {
    return std::nullopt;
  }
  const json::Object& object = *value->AsObject();
  const json::Value* const text = object.Find("log");
  const json::Value* const stream = object.Find("stream");
  if (text == nullptr || text->AsString() == nullptr || stream == nullptr ||
      stream->AsString() == nullptr) {
    return std::nullopt;
  }
  LogEntry entry{*stream->AsString() == "stderr", *text->AsString(), StringOf(object, "time")};
  const json::Value* const base64 = object.Find("b64");
  if (base64 != nullptr && base64->AsString() != nullptr) {
    entry.text = Base64Decode(*base64->AsString()).value_or(std::move(entry.text));
  }
  return entry;
}

std::optional<LogEntry> DecodeLogEntry(std::string_view line) {
  std::optional<LogEntry> entry = DecodeOwnForm(line);
  return entry ? entry : DecodeJson(line);
}

}  // namespace isulad::logs
