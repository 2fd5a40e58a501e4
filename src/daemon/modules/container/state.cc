#include "daemon/modules/container/state.h"

#include <array>
#include <optional>

#include "utils/json/reader.h"

namespace isulad::container {
namespace {

constexpr int64_t kStateVersion = 1;

struct Transition {
  Phase from;
  Event event;
  Phase to;
};

constexpr Transition kTransitions[] = {
    {Phase::kCreated, Event::kStart, Phase::kStarting},
    {Phase::kExited, Event::kStart, Phase::kStarting},
    {Phase::kStarting, Event::kStarted, Phase::kRunning},
    {Phase::kStarting, Event::kExited, Phase::kExited},
    {Phase::kRunning, Event::kExited, Phase::kExited},
    {Phase::kCreated, Event::kRemove, Phase::kRemoving},
    {Phase::kExited, Event::kRemove, Phase::kRemoving},
    {Phase::kRemoving, Event::kRemove, Phase::kRemoving},  // taken up again after a crash
};

constexpr std::array<std::string_view, 5> kPhaseNames = {"inited", "starting", "running", "exited",
                                                         "dead"};

// Where a failed start or removal leads back to: a container that never ran is still only created.
Phase RestingPhase(const State& state) {
  return state.finished_at.nanoseconds == 0 ? Phase::kCreated : Phase::kExited;
}

std::string Refusal(Phase phase, Event event) {
  switch (phase) {
    case Phase::kStarting:
      return "is being started";
    case Phase::kRunning:
      return event == Event::kRemove ? "is running: stop it first, or remove it with -f"
                                     : "is running";
    case Phase::kRemoving:
      return "is being removed";
    case Phase::kCreated:
    case Phase::kExited:
      break;
  }
  return "is not running";
}

std::optional<Phase> PhaseFromName(std::string_view name) {
  for (size_t i = 0; i < kPhaseNames.size(); ++i) {
    if (kPhaseNames[i] == name) {
      return static_cast<Phase>(i);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Phase> Next(const State& state, Event event) {
  if (event == Event::kStartFailed && state.phase == Phase::kStarting) {
    return RestingPhase(state);
  }
  if (event == Event::kRemoveFailed && state.phase == Phase::kRemoving) {
    return RestingPhase(state);
  }
  for (const Transition& transition : kTransitions) {
    if (transition.from == state.phase && transition.event == event) {
      return transition.to;
    }
  }
  return FailedPrecondition(Refusal(state.phase, event));
}

std::string_view PhaseName(Phase phase) { return kPhaseNames[static_cast<size_t>(phase)]; }

json::Value ToJson(const State& state) {
  json::Object object;
  object.Set("Version", kStateVersion);
  object.Set("Status", PhaseName(state.phase));
  object.Set("Pid", state.pid);
  object.Set("PidStartTime", state.start_time);
  object.Set("BootId", state.boot_id);
  object.Set("ExitCode", state.exit_code);
  object.Set("OOMKilled", state.oom_killed);
  object.Set("Error", state.error);
  object.Set("StartedAt", state.started_at.nanoseconds);
  object.Set("FinishedAt", state.finished_at.nanoseconds);
  return object;
}

Result<State> StateFromJson(const json::Value& value) {
  const json::Reader reader(value, "state.json");
  ASSIGN_OR_RETURN(const int64_t version, reader.Int64("Version"));
  if (version != kStateVersion) {
    return reader.Fault("Version", "is not one that this program reads");
  }
  State state;
  ASSIGN_OR_RETURN(const std::string status, reader.String("Status"));
  const std::optional<Phase> phase = PhaseFromName(status);
  if (!phase) {
    return reader.Fault("Status", "is unknown");
  }
  state.phase = *phase;
  ASSIGN_OR_RETURN(const int64_t pid, reader.Int64("Pid"));
  state.pid = static_cast<int32_t>(pid);
  ASSIGN_OR_RETURN(state.start_time, reader.Uint64("PidStartTime"));
  ASSIGN_OR_RETURN(state.boot_id, reader.String("BootId"));
  ASSIGN_OR_RETURN(const int64_t exit_code, reader.Int64("ExitCode"));
  state.exit_code = static_cast<int32_t>(exit_code);
  ASSIGN_OR_RETURN(state.oom_killed, reader.Bool("OOMKilled"));
  ASSIGN_OR_RETURN(state.error, reader.String("Error"));
  ASSIGN_OR_RETURN(state.started_at.nanoseconds, reader.Int64("StartedAt"));
  ASSIGN_OR_RETURN(state.finished_at.nanoseconds, reader.Int64("FinishedAt"));
  return state;
}

}  // namespace isulad::container
