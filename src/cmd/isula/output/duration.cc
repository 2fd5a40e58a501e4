#include "cmd/isula/output/duration.h"

#include <algorithm>

namespace isulad::output {
namespace {

constexpr int64_t kMinute = 60;
constexpr int64_t kHour = 60 * kMinute;
constexpr int64_t kDay = 24 * kHour;
constexpr int64_t kWeek = 7 * kDay;
constexpr int64_t kMonth = 30 * kDay;
constexpr int64_t kYear = 365 * kDay;

struct Unit {
  int64_t below;  // used for durations shorter than this
  int64_t seconds;
  const char* name;
};

// A unit is used until two or more of the next one describe the time better.
constexpr Unit kUnits[] = {
    {kMinute, 1, "seconds"},   {kHour, kMinute, "minutes"},  {2 * kDay, kHour, "hours"},
    {2 * kWeek, kDay, "days"}, {2 * kMonth, kWeek, "weeks"}, {2 * kYear, kMonth, "months"},
};

}  // namespace

std::string HumanDuration(int64_t seconds) {
  if (seconds < 1) {
    return "Less than a second";
  }
  if (seconds == 1) {
    return "1 second";
  }
  if (seconds >= kMinute && seconds < 2 * kMinute) {
    return "About a minute";
  }
  if (seconds >= kHour && seconds < 2 * kHour) {
    return "About an hour";
  }
  for (const Unit& unit : kUnits) {
    if (seconds < unit.below) {
      return std::to_string(seconds / unit.seconds) + " " + unit.name;
    }
  }
  return std::to_string(seconds / kYear) + " years";
}

std::string HumanSince(Timestamp then, Timestamp now) {
  const int64_t elapsed = std::max<int64_t>(0, now.nanoseconds - then.nanoseconds);
  return HumanDuration(elapsed / 1'000'000'000);
}

std::string HumanTime(Timestamp time) {
  if (time.nanoseconds == 0) {
    return "";
  }
  std::string text = FormatTimestamp(time);  // "2026-01-02T03:04:05.000000006Z"
  text.resize(std::min(text.size(), text.find('.')));
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text + " +0000 UTC";
}

}  // namespace isulad::output
