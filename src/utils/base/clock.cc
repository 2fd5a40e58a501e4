#include "utils/base/clock.h"

#include <chrono>
#include <limits>
#include <optional>
#include <thread>

#include "utils/base/strings.h"

namespace isulad {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::string_view kNever = "0001-01-01T00:00:00Z";
constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr size_t kFractionDigits = 9;
constexpr std::string_view kForm = "####-##-##T##:##:##";

void AppendPadded(std::string& out, int64_t number, size_t width) {
  const std::string digits = std::to_string(number);
  out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
}

bool HasForm(std::string_view text) {
  for (size_t i = 0; i < kForm.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == '#' ? !is_digit : text[i] != kForm[i]) {
      return false;
    }
  }
  return true;
}

// The number in text[begin, begin + width), which HasForm has checked to be digits.
int NumberAt(std::string_view text, size_t begin, size_t width) {
  int number = 0;
  for (const char digit : text.substr(begin, width)) {
    number = number * 10 + (digit - '0');
  }
  return number;
}

// Seconds since the epoch for a text of the form kForm; nullopt if there is no such moment.
std::optional<seconds> ParseSeconds(std::string_view text) {
  const year_month_day date{std::chrono::year(NumberAt(text, 0, 4)),
                            std::chrono::month(static_cast<unsigned>(NumberAt(text, 5, 2))),
                            std::chrono::day(static_cast<unsigned>(NumberAt(text, 8, 2)))};
  const std::chrono::hours hour(NumberAt(text, 11, 2));
  const std::chrono::minutes minute(NumberAt(text, 14, 2));
  const seconds second(NumberAt(text, 17, 2));
  if (!date.ok() || hour.count() > 23 || minute.count() > 59 || second.count() > 59) {
    return std::nullopt;
  }
  return seconds(sys_days(date).time_since_epoch()) + hour + minute + second;
}

// The nanoseconds in the text after the seconds: "Z", or a point, 1 to 9 digits and "Z".
std::optional<int64_t> ParseFraction(std::string_view text) {
  if (text == "Z") {
    return 0;
  }
  if (text.size() < 3 || text.front() != '.' || text.back() != 'Z') {
    return std::nullopt;
  }
  std::string digits(text.substr(1, text.size() - 2));
  if (digits.size() > kFractionDigits) {
    return std::nullopt;
  }
  digits.resize(kFractionDigits, '0');
  const std::optional<uint64_t> value = ParseUint64(digits);
  return value ? std::optional<int64_t>(static_cast<int64_t>(*value)) : std::nullopt;
}

// Logs are read at a million of these a second, so no error text is built here.
std::optional<Timestamp> ReadTimestamp(std::string_view text) {
  if (text.size() <= kForm.size() || !HasForm(text)) {
    return std::nullopt;
  }
  const std::optional<seconds> whole = ParseSeconds(text);
  const std::optional<int64_t> fraction = ParseFraction(text.substr(kForm.size()));
  // 64 bits of nanoseconds cover the years 1677 to 2262.
  constexpr int64_t kLimit = std::numeric_limits<int64_t>::max() / kNanosecondsPerSecond;
  if (!whole || !fraction || whole->count() >= kLimit || whole->count() <= -kLimit) {
    return std::nullopt;
  }
  return Timestamp{whole->count() * kNanosecondsPerSecond + *fraction};
}

}  // namespace

std::string FormatTimestamp(Timestamp time) {
  if (time == Timestamp{}) {
    return std::string(kNever);
  }
  const nanoseconds since_epoch(time.nanoseconds);
  const auto days = std::chrono::floor<std::chrono::days>(since_epoch);
  const year_month_day date{sys_days(days)};
  const std::chrono::hh_mm_ss clock(since_epoch - days);
  std::string text;
  AppendPadded(text, static_cast<int>(date.year()), 4);
  AppendPadded(text.append("-"), static_cast<unsigned>(date.month()), 2);
  AppendPadded(text.append("-"), static_cast<unsigned>(date.day()), 2);
  AppendPadded(text.append("T"), clock.hours().count(), 2);
  AppendPadded(text.append(":"), clock.minutes().count(), 2);
  AppendPadded(text.append(":"), clock.seconds().count(), 2);
  AppendPadded(text.append("."), clock.subseconds().count(), kFractionDigits);
  return text.append("Z");
}

Result<Timestamp> ParseTimestamp(std::string_view text) {
  if (text == kNever) {
    return Timestamp{};
  }
  const std::optional<Timestamp> time = ReadTimestamp(text);
  return time ? Result<Timestamp>(*time)
              : InvalidArgument("not a time in RFC 3339 form with Z: " + Quote(text));
}

Timestamp SystemClock::Now() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Timestamp{std::chrono::duration_cast<nanoseconds>(now).count()};
}

void SystemClock::SleepFor(std::chrono::milliseconds time) const {
  std::this_thread::sleep_for(time);
}

}  // namespace isulad
