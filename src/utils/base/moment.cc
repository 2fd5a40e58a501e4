#include "utils/base/moment.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "utils/base/duration.h"
#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMinute = 60 * kSecond;
constexpr int64_t kHour = 60 * kMinute;
constexpr size_t kDateLength = std::string_view("2026-01-02").size();
constexpr size_t kMinutesLength = std::string_view("2026-01-02T03:04").size();
constexpr size_t kSecondsLength = std::string_view("2026-01-02T03:04:05").size();

using Wide = __int128;  // holds the product of two 64-bit numbers

std::optional<int64_t> Narrow(Wide number) {
  if (number < std::numeric_limits<int64_t>::min() ||
      number > std::numeric_limits<int64_t>::max()) {
    return std::nullopt;
  }
  return static_cast<int64_t>(number);
}

std::optional<int64_t> ParseUnixSeconds(std::string_view text) {
  if (text.find_first_not_of("0123456789.") != std::string_view::npos) {
    return std::nullopt;
  }
  const auto since_epoch = ParseDuration(std::string(text) + "s");
  return since_epoch ? std::optional<int64_t>(since_epoch->count()) : std::nullopt;
}

// The offset of a time zone ahead of UTC, in nanoseconds: "Z", "+01:00", "-0330".
std::optional<int64_t> ParseZone(std::string_view text) {
  if (text == "Z" || text == "z") {
    return 0;
  }
  std::string digits(text.substr(std::min<size_t>(1, text.size())));
  if (digits.size() == 5 && digits[2] == ':') {
    digits.erase(2, 1);
  }
  const std::optional<uint64_t> number = ParseUint64(digits);
  if (digits.size() != 4 || !number || *number / 100 > 23 || *number % 100 > 59) {
    return std::nullopt;
  }
  const auto ahead =
      static_cast<int64_t>(*number / 100) * kHour + static_cast<int64_t>(*number % 100) * kMinute;
  return text[0] == '-' ? -ahead : ahead;
}

// Converts a date with or without a time to the form that ParseTimestamp reads.
std::string CompleteDate(std::string_view text) {
  std::string whole(text);
  if (whole.size() == kDateLength) {
    return whole.append("T00:00:00Z");
  }
  if (whole.size() > kDateLength && (whole[kDateLength] == ' ' || whole[kDateLength] == 't')) {
    whole[kDateLength] = 'T';
  }
  return whole.append(whole.size() == kMinutesLength ? ":00Z" : "Z");
}

std::optional<int64_t> ParseDate(std::string_view text, const LocalToUtc& utc_of_local) {
  const size_t sign = text.find_first_of("Zz+-", std::min(kMinutesLength, text.size()));
  const std::string_view zone = sign == std::string_view::npos ? "" : text.substr(sign);
  const std::string_view date = text.substr(0, text.size() - zone.size());
  if (date.size() > kMinutesLength && date.size() < kSecondsLength) {
    return std::nullopt;
  }
  const Result<Timestamp> as_utc = ParseTimestamp(CompleteDate(date));
  if (!as_utc) {
    return std::nullopt;
  }
  if (zone.empty()) {
    const int64_t whole = as_utc->nanoseconds / kSecond;
    return Narrow(Wide{utc_of_local(whole)} * kSecond + as_utc->nanoseconds % kSecond);
  }
  const std::optional<int64_t> ahead = ParseZone(zone);
  return ahead ? Narrow(Wide{as_utc->nanoseconds} - *ahead) : std::nullopt;
}

}  // namespace

Timestamp Moment::At(Timestamp now) const {
  if (!ago) {
    return {nanoseconds};
  }
  return {
      Narrow(Wide{now.nanoseconds} - nanoseconds).value_or(std::numeric_limits<int64_t>::min())};
}

Result<Moment> ParseMoment(std::string_view text, const LocalToUtc& utc_of_local) {
  if (const auto since_epoch = ParseUnixSeconds(text)) {
    return Moment{false, *since_epoch};
  }
  if (const auto duration = ParseDuration(text)) {
    return Moment{true, duration->count()};
  }
  if (const auto date = ParseDate(text, utc_of_local)) {
    return Moment{false, *date};
  }
  return InvalidArgument(
      "must be a time such as 2026-01-02T03:04:05Z, a date, seconds since 1970, or a duration "
      "before now such as 1h30m");
}

}  // namespace isulad
