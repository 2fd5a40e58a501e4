#include "utils/base/duration.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>

#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr int64_t kMicrosecond = 1'000;
constexpr int64_t kMillisecond = 1'000'000;
constexpr int64_t kNanosPerSecond = 1'000'000'000;
constexpr int64_t kNanosPerMinute = 60 * kNanosPerSecond;
constexpr int64_t kNanosPerHour = 60 * kNanosPerMinute;
constexpr size_t kMostFractionDigits = 9;

struct Unit {
  std::string_view name;
  int64_t nanoseconds;
};
constexpr Unit kDurationUnits[] = {{"ns", 1},
                                   {"us", kMicrosecond},
                                   {"ms", kMillisecond},
                                   {"s", kNanosPerSecond},
                                   {"m", kNanosPerMinute},
                                   {"h", kNanosPerHour},
                                   {"d", 24 * kNanosPerHour}};

using Wide = __int128;  // holds the product of two 64-bit numbers

constexpr Wide kLongest = std::numeric_limits<int64_t>::max();

// Consumes "12" or "12.5" (1 to 9 fractional digits) at the front of `text`. The result is in
// billionths.
std::optional<Wide> TakeNumber(std::string_view& text) {
  const size_t digits = std::min(text.find_first_not_of(kDigits), text.size());
  const std::optional<uint64_t> whole = ParseUint64(text.substr(0, digits));
  if (!whole) {
    return std::nullopt;
  }
  text.remove_prefix(digits);
  if (text.empty() || text[0] != '.') {
    return Wide{*whole} * kNanosPerSecond;
  }
  text.remove_prefix(1);
  std::string fraction(text.substr(0, text.find_first_not_of(kDigits)));
  text.remove_prefix(fraction.size());
  if (fraction.empty() || fraction.size() > kMostFractionDigits) {
    return std::nullopt;
  }
  fraction.resize(kMostFractionDigits, '0');
  return Wide{*whole} * kNanosPerSecond + Wide{*ParseUint64(fraction)};
}

// `count` expressed in `unit`, without trailing zeros: "1.5".
std::string FormatFraction(int64_t count, int64_t unit, std::string_view name) {
  std::string text = std::to_string(count / unit);
  if (count % unit != 0) {
    std::string fraction = std::to_string(unit + count % unit).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += "." + fraction;
  }
  return text.append(name);
}

}  // namespace

std::optional<std::chrono::nanoseconds> ParseDuration(std::string_view text) {
  if (text == "0") {
    return std::chrono::nanoseconds(0);
  }
  Wide total = 0;
  do {
    const std::optional<Wide> billionths = TakeNumber(text);
    const std::string_view name = text.substr(0, text.find_first_of(kDigits));
    const auto* const unit = std::find_if(std::begin(kDurationUnits), std::end(kDurationUnits),
                                          [name](const Unit& each) { return each.name == name; });
    if (!billionths || unit == std::end(kDurationUnits) ||
        *billionths > kLongest * kNanosPerSecond / unit->nanoseconds) {
      return std::nullopt;
    }
    total += *billionths * unit->nanoseconds / kNanosPerSecond;
    if (total > kLongest) {
      return std::nullopt;
    }
    text.remove_prefix(name.size());
  } while (!text.empty());
  return std::chrono::nanoseconds(static_cast<int64_t>(total));
}

std::string FormatDuration(std::chrono::nanoseconds duration) {
  const int64_t count = duration.count();
  if (count == 0) {
    return "0s";
  }
  if (count < kNanosPerSecond) {
    const auto* unit = std::begin(kDurationUnits);
    while (count >= 1000 * unit->nanoseconds) {
      ++unit;
    }
    return FormatFraction(count, unit->nanoseconds, unit->name);
  }
  std::string text;
  if (count >= kNanosPerHour) {
    text += std::to_string(count / kNanosPerHour) + "h";
  }
  if (count >= kNanosPerMinute) {
    text += std::to_string(count % kNanosPerHour / kNanosPerMinute) + "m";
  }
  return text + FormatFraction(count % kNanosPerMinute, kNanosPerSecond, "s");
}

}  // namespace isulad
