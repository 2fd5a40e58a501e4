#include "utils/base/key_value.h"

#include <algorithm>

#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr std::string_view kRuntimePrefixes[] = {"run.oci.", "org.systemd.property.",
                                                 "io.katacontainers."};

}  // namespace

Result<std::pair<std::string, std::string>> ParseKeyValue(std::string_view text) {
  const size_t equals = text.find('=');
  const std::string_view key = text.substr(0, equals);
  if (key.empty()) {
    return InvalidArgument(Quote(text) + " must be KEY=VALUE");
  }
  if (!IsValidUtf8(text) || HasControlCharacter(text)) {
    return InvalidArgument(Quote(text) + " must be a line of text");
  }
  return std::pair(std::string(key), equals == std::string_view::npos
                                         ? std::string()
                                         : std::string(text.substr(equals + 1)));
}

Result<KeyValues> ParseKeyValues(const std::vector<std::string>& texts) {
  KeyValues pairs;
  for (const std::string& text : texts) {
    ASSIGN_OR_RETURN(auto pair, ParseKeyValue(text));
    const auto same = std::find_if(pairs.begin(), pairs.end(),
                                   [&](const auto& other) { return other.first == pair.first; });
    if (same != pairs.end()) {
      same->second = std::move(pair.second);
    } else {
      pairs.push_back(std::move(pair));
    }
  }
  return pairs;
}

std::vector<std::string_view> KeyValueLines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::string_view line : Split(text, '\n')) {
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    const std::string_view content = Trim(line);
    if (!content.empty() && !content.starts_with('#')) {
      lines.push_back(line.substr(line.find_first_not_of(" \t")));
    }
  }
  return lines;
}

Status CheckAnnotation(std::string_view key) {
  for (const std::string_view prefix : kRuntimePrefixes) {
    if (key.starts_with(prefix)) {
      return InvalidArgument("annotation " + Quote(key) + " would tell the runtime what to do: " +
                             std::string(prefix) + "* is not for users");
    }
  }
  return OkStatus();
}

}  // namespace isulad
