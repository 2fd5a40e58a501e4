#include "cmd/isulad-shim/log_line.h"

#include <algorithm>
#include <cstdint>

#include "utils/base/base64.h"
#include "utils/base/strings.h"

namespace isulad::monitor {
namespace {

constexpr size_t kMaxUtf8Bytes = 4;
constexpr std::string_view kFileKey = "{\"file\":";

bool IsContinuation(char byte) { return (static_cast<uint8_t>(byte) & 0xc0) == 0x80; }

// The length of the well-formed character at the start of `text`; 0 if there is none.
size_t CharacterLength(std::string_view text) {
  const auto first = static_cast<uint8_t>(text[0]);
  if (first < 0x80) {
    return 1;
  }
  const size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  return length <= text.size() && IsValidUtf8(text.substr(0, length)) ? length : 0;
}

void AppendEscaped(std::string& out, char character) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (character) {
    case '"':
      out.append("\\\"");
      return;
    case '\\':
      out.append("\\\\");
      return;
    case '\n':
      out.append("\\n");
      return;
    case '\r':
      out.append("\\r");
      return;
    case '\t':
      out.append("\\t");
      return;
    default:
      break;
  }
  const auto byte = static_cast<uint8_t>(character);
  if (byte >= 0x20 && byte != 0x7f) {
    out.push_back(character);
    return;
  }
  out.append("\\u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 0xf]);
}

void AppendJsonText(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const size_t length = CharacterLength(text);
    if (length == 0) {
      out.append("\\ufffd");
      text.remove_prefix(1);
      continue;
    }
    if (length == 1) {
      AppendEscaped(out, text[0]);
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
}

// The position at which to cut a text that is too long: not within a character, if the text has
// characters there.
size_t CutPosition(std::string_view text) {
  size_t cut = kMaxLogText;
  while (cut > kMaxLogText - kMaxUtf8Bytes && IsContinuation(text[cut])) {
    --cut;
  }
  return IsContinuation(text[cut]) ? kMaxLogText : cut;
}

}  // namespace

std::string EncodeLogEntry(bool error, std::string_view text, Timestamp time) {
  std::string entry;
  entry.reserve(text.size() + 80);
  entry.append("{\"log\":\"");
  AppendJsonText(entry, text);
  entry.append(error ? "\",\"stream\":\"stderr" : "\",\"stream\":\"stdout");
  entry.append("\",\"time\":\"").append(FormatTimestamp(time));
  if (!IsValidUtf8(text)) {
    entry.append("\",\"b64\":\"").append(Base64Encode(text));
  }
  return entry.append("\"}\n");
}

std::string WithFileNumber(std::string entry, uint64_t number) {
  return entry.replace(0, 1, std::string(kFileKey) + std::to_string(number) + ",");
}

uint64_t FileNumberOf(std::string_view text) {
  const size_t comma = text.find(',');
  if (!text.starts_with(kFileKey) || comma == std::string_view::npos) {
    return 0;
  }
  return ParseUint64(text.substr(kFileKey.size(), comma - kFileKey.size())).value_or(0);
}

void LineSplitter::Feed(std::string_view bytes, const Emit& emit) {
  partial_.append(bytes);
  std::string_view rest = partial_;
  while (!rest.empty()) {
    const size_t newline = rest.substr(0, kMaxLogText).find('\n');
    if (newline != std::string_view::npos) {
      emit(rest.substr(0, newline + 1));
      rest.remove_prefix(newline + 1);
    } else if (rest.size() > kMaxLogText) {
      const size_t cut = CutPosition(rest);
      emit(rest.substr(0, cut));
      rest.remove_prefix(cut);
    } else {
      break;
    }
  }
  // Replaces the buffer, so that it does not stay allocated: most output ends with a newline and
  // leaves nothing to keep.
  partial_ = rest.empty() ? std::string() : std::string(rest);
}

void LineSplitter::Flush(const Emit& emit) {
  if (!partial_.empty()) {
    emit(partial_);
    partial_ = std::string();
  }
}

}  // namespace isulad::monitor
