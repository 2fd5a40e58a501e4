#include "daemon/modules/container/list.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "utils/base/strings.h"

namespace isulad::container {
namespace {

using Filters = std::map<std::string, std::vector<std::string>>;

constexpr std::string_view kStatusWords[] = {"created", "running",    "paused",
                                             "exited",  "restarting", "dead"};

// The word that `ps --filter status=` uses.
std::string_view StatusWord(Phase phase) {
  switch (phase) {
    case Phase::kCreated:
    case Phase::kStarting:
      return "created";
    case Phase::kRunning:
      return "running";
    case Phase::kPaused:
      return "paused";
    case Phase::kRestarting:
      return "restarting";
    case Phase::kExited:
      return "exited";
    case Phase::kRemoving:
      return "dead";
  }
  return "";
}

// Whether `ps` without -a shows the container.
bool IsShown(Phase phase) { return IsUp(phase) || phase == Phase::kRestarting; }

Result<Filters> ParseFilters(const std::vector<std::string>& texts) {
  Filters filters;
  for (const std::string& text : texts) {
    const size_t equals = text.find('=');
    const std::string key = text.substr(0, equals);
    if (equals == std::string::npos ||
        (key != "id" && key != "name" && key != "status" && key != "label" && key != "health")) {
      return InvalidArgument("filter " + Quote(text) +
                             " is not valid: id=, name=, label=, status= or health= and a value");
    }
    std::string value = text.substr(equals + 1);
    if (key == "status" && std::find(std::begin(kStatusWords), std::end(kStatusWords), value) ==
                               std::end(kStatusWords)) {
      return InvalidArgument("status " + Quote(value) +
                             " is not valid: created, running, paused, restarting, exited or dead");
    }
    if (key == "health" && !ParseHealthStatus(value)) {
      return InvalidArgument("health " + Quote(value) +
                             " is not valid: starting, healthy, unhealthy or none");
    }
    filters[key].push_back(std::move(value));
  }
  return filters;
}

// "KEY" or "KEY=VALUE".
bool HasLabel(const KeyValues& labels, const std::string& wanted) {
  return std::any_of(labels.begin(), labels.end(), [&wanted](const auto& label) {
    return wanted == label.first || wanted == label.first + "=" + label.second;
  });
}

bool MatchesOne(const Summary& summary, const KeyValues& labels, const std::string& key,
                const std::string& value) {
  if (key == "label") {
    return HasLabel(labels, value);
  }
  if (key == "id") {
    return summary.id.compare(0, value.size(), value) == 0;
  }
  if (key == "name") {
    return summary.name.find(value) != std::string::npos;
  }
  if (key == "health") {
    return HealthStatusName(summary.health) == value;
  }
  return StatusWord(summary.state.phase) == value;
}

bool Matches(const Summary& summary, const KeyValues& labels, const Filters& filters) {
  return std::all_of(filters.begin(), filters.end(), [&](const auto& filter) {
    return std::any_of(filter.second.begin(), filter.second.end(), [&](const std::string& value) {
      return MatchesOne(summary, labels, filter.first, value);
    });
  });
}

uint32_t& CountOf(Counts& counts, Phase phase) {
  if (phase == Phase::kPaused) {
    return counts.paused;
  }
  return phase == Phase::kRunning ? counts.running : counts.stopped;
}

Summary Summarise(const Container& container) {
  const ContainerConfig& config = container.config();
  State state = container.state();
  const HealthStatus health = IsUp(state.phase) ? container.health().status : HealthStatus::kNone;
  return {config.id,           container.name(),
          config.spec.image(), spec::CommandOf(config.process()),
          config.created,      config.host().runtime(),
          std::move(state),    health};
}

}  // namespace

Result<std::vector<Summary>> List(const Context& context, bool all,
                                  const std::vector<std::string>& texts) {
  ASSIGN_OR_RETURN(const Filters filters, ParseFilters(texts));
  const bool any_phase = all || filters.count("status") > 0;
  std::vector<Summary> summaries;
  for (const auto& container : context.registry.All()) {
    Summary summary = Summarise(*container);
    if ((any_phase || IsShown(summary.state.phase)) &&
        Matches(summary, container->config().labels, filters)) {
      summaries.push_back(std::move(summary));
    }
  }
  return summaries;
}

Counts Count(const Context& context) {
  Counts counts;
  for (const auto& container : context.registry.All()) {
    ++counts.all;
    ++CountOf(counts, container->state().phase);
  }
  return counts;
}

}  // namespace isulad::container
