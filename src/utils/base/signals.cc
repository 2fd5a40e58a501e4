#include "utils/base/signals.h"

#include <array>
#include <cctype>
#include <csignal>
#include <cstring>
#include <optional>
#include <utility>

#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr int kStandardSignals = 31;
constexpr std::string_view kSignalPrefix = "SIG";
constexpr std::string_view kRealTimeMin = "RTMIN";
constexpr std::string_view kRealTimeMax = "RTMAX";

// Alternative names of signals that the C library knows by another name.
constexpr std::array<std::pair<std::string_view, int>, 4> kAliases = {
    {{"IOT", SIGIOT}, {"CLD", SIGCHLD}, {"IO", SIGIO}, {"POLL", SIGPOLL}}};

std::string ToUpper(std::string_view text) {
  std::string upper;
  for (const char c : text) {
    upper.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  }
  return upper;
}

std::optional<int> StandardSignal(std::string_view name) {
  for (int signal = 1; signal <= kStandardSignals; ++signal) {
    const char* known = ::sigabbrev_np(signal);
    if (known != nullptr && name == known) {
      return signal;
    }
  }
  for (const auto& [alias, signal] : kAliases) {
    if (name == alias) {
      return signal;
    }
  }
  return std::nullopt;
}

// Reads "RTMIN", "RTMIN+n", "RTMAX", "RTMAX-n". The bounds are those of the C library, which
// reserves some signals for itself.
std::optional<int> RealTimeSignal(std::string_view name) {
  const bool from_min = name.substr(0, kRealTimeMin.size()) == kRealTimeMin;
  if (!from_min && name.substr(0, kRealTimeMax.size()) != kRealTimeMax) {
    return std::nullopt;
  }
  const std::string_view offset_text = name.substr(kRealTimeMin.size());
  if (offset_text.empty()) {
    return from_min ? SIGRTMIN : SIGRTMAX;
  }
  const std::optional<uint64_t> offset = ParseUint64(offset_text.substr(1));
  if (offset_text[0] != (from_min ? '+' : '-') || !offset ||
      *offset > static_cast<uint64_t>(SIGRTMAX - SIGRTMIN)) {
    return std::nullopt;
  }
  return from_min ? SIGRTMIN + static_cast<int>(*offset) : SIGRTMAX - static_cast<int>(*offset);
}

std::optional<int> SignalOfNumber(std::string_view text) {
  const std::optional<uint64_t> number = ParseUint64(text);
  if (!number || *number < 1 || *number > static_cast<uint64_t>(SIGRTMAX)) {
    return std::nullopt;
  }
  return static_cast<int>(*number);
}

}  // namespace

Result<int> ParseSignal(std::string_view text) {
  if (const std::optional<int> number = SignalOfNumber(text)) {
    return *number;
  }
  const std::string upper = ToUpper(text);
  std::string_view name = upper;
  if (name.substr(0, kSignalPrefix.size()) == kSignalPrefix) {
    name.remove_prefix(kSignalPrefix.size());
  }
  if (const std::optional<int> signal = StandardSignal(name)) {
    return *signal;
  }
  if (const std::optional<int> signal = RealTimeSignal(name)) {
    return *signal;
  }
  return InvalidArgument("unknown signal " + Quote(text));
}

std::string SignalName(int signal) {
  std::string name(kSignalPrefix);
  if (signal == SIGRTMIN) {
    return name.append(kRealTimeMin);
  }
  if (signal > SIGRTMIN && signal <= SIGRTMAX) {
    return name.append(kRealTimeMin).append("+").append(std::to_string(signal - SIGRTMIN));
  }
  const char* known = signal <= kStandardSignals ? ::sigabbrev_np(signal) : nullptr;
  return known != nullptr ? name.append(known) : std::to_string(signal);
}

}  // namespace isulad
