#include "daemon/modules/container/health.h"

#include <algorithm>
#include <array>
#include <utility>

namespace isulad::container {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"none", "starting", "healthy", "unhealthy"};

bool ContinuesCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

}  // namespace

std::string_view HealthStatusName(HealthStatus status) {
  return kNames[static_cast<size_t>(status)];
}

std::optional<HealthStatus> ParseHealthStatus(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) {
    return std::nullopt;
  }
  return static_cast<HealthStatus>(found - kNames.begin());
}

void BeginHealth(Health& health) {
  health.status = HealthStatus::kStarting;
  health.failing_streak = 0;
}

bool TakeHealthResult(Health& health, const HealthOptions& options, HealthResult result,
                      bool in_start_period) {
  const HealthStatus before = health.status;
  const bool passed = result.exit_code == 0;
  health.log.push_back(std::move(result));
  if (health.log.size() > kMaxHealthLog) {
    health.log.erase(health.log.begin());
  }
  if (passed) {
    health.failing_streak = 0;
    health.status = HealthStatus::kHealthy;
  } else if (before != HealthStatus::kStarting || !in_start_period) {
    ++health.failing_streak;
    if (health.failing_streak >= options.retries) {
      health.status = HealthStatus::kUnhealthy;
    }
  }
  return health.status != before;
}

void HealthOutput::Append(std::string_view bytes) {
  const size_t room = kMaxHealthOutputBytes - bytes_.size();
  cut_ = cut_ || bytes.size() > room;
  bytes_.append(bytes.substr(0, room));
}

std::string HealthOutput::Text() const {
  if (!cut_) {
    return bytes_;
  }
  // The last character may have been cut, so it is dropped.
  constexpr size_t kDots = 3;
  size_t end = kMaxHealthOutputBytes - kDots;
  for (size_t steps = 0; steps < kDots && ContinuesCharacter(bytes_[end]); ++steps) {
    --end;
  }
  return bytes_.substr(0, end) + "...";
}

}  // namespace isulad::container
