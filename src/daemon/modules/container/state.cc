#include "daemon/modules/container/state.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "utils/json/reader.h"

namespace isulad::container {
namespace {

constexpr int64_t kStateVersion = 1;
constexpr int32_t kMaxExitCode = 255;
constexpr int32_t kStartFailedExitCode = 125;

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
    {Phase::kRunning, Event::kPause, Phase::kPaused},
    {Phase::kPaused, Event::kUnpause, Phase::kRunning},
    {Phase::kPaused, Event::kExited, Phase::kExited},
    {Phase::kExited, Event::kAwaitRestart, Phase::kRestarting},
    {Phase::kRestarting, Event::kStart, Phase::kStarting},
    {Phase::kRestarting, Event::kGiveUp, Phase::kExited},
    {Phase::kCreated, Event::kRemove, Phase::kRemoving},
    {Phase::kExited, Event::kRemove, Phase::kRemoving},
    {Phase::kRemoving, Event::kRemove, Phase::kRemoving},  // resumed after a crash
};

constexpr std::array<std::string_view, 7> kPhaseNames = {
    "inited", "starting", "running", "paused", "restarting", "exited", "dead"};

// The phase that a failed start or removal leads back to: a container that never ran is still only
// created.
Phase RestingPhase(const State& state) {
  return state.finished_at.nanoseconds == 0 ? Phase::kCreated : Phase::kExited;
}

std::string RemovalHint(Event event) {
  return event == Event::kRemove ? ": stop it first, or remove it with -f" : "";
}

std::string Refusal(Phase phase, Event event) {
  switch (phase) {
    case Phase::kStarting:
      return "is being started";
    case Phase::kRunning:
      return event == Event::kUnpause ? "is not paused" : "is running" + RemovalHint(event);
    case Phase::kPaused:
      return event == Event::kPause ? "is paused already" : "is paused" + RemovalHint(event);
    case Phase::kRestarting:
      return event == Event::kPause ? "is not running: its restart policy will start it"
                                    : "is being restarted" + RemovalHint(event);
    case Phase::kRemoving:
      return "is being removed";
    case Phase::kCreated:
    case Phase::kExited:
      break;
  }
  return "is not running";
}

json::Value RestartToJson(const RestartState& restart) {
  json::Object object;
  object.Set("Count", restart.count);
  object.Set("ShortRuns", restart.short_runs);
  object.Set("Due", restart.due.nanoseconds);
  object.Set("StoppedByUser", restart.stopped_by_user);
  return object;
}

Result<uint32_t> ReadCount(const json::Reader& reader, const char* name) {
  ASSIGN_OR_RETURN(const uint64_t count, reader.Uint64(name));
  return static_cast<uint32_t>(
      std::min<uint64_t>(count, std::numeric_limits<uint32_t>::max()));  // never written
}

Result<RestartState> RestartStateFromJson(const json::Reader& reader) {
  RestartState restart;
  ASSIGN_OR_RETURN(restart.count, ReadCount(reader, "Count"));
  ASSIGN_OR_RETURN(restart.short_runs, ReadCount(reader, "ShortRuns"));
  ASSIGN_OR_RETURN(restart.due.nanoseconds, reader.Int64("Due"));
  ASSIGN_OR_RETURN(restart.stopped_by_user, reader.Bool("StoppedByUser"));
  return restart;
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

void BeginRun(State& state, const Begun& begun) {
  state.pid = begun.pid;
  state.start_time = begun.start_time;
  state.boot_id = begun.boot_id;
  state.started_at = begun.at;
  state.finished_at = {};
  state.exit_code = 0;
  state.oom_killed = false;
  state.error.clear();
}

void EndRun(State& state, Ended ended) {
  state.pid = 0;
  state.start_time = 0;
  state.exit_code = ended.exit_code;
  state.oom_killed = ended.oom_killed;
  state.finished_at = ended.at;
  if (state.started_at.nanoseconds == 0 || state.started_at > ended.at) {
    state.started_at = ended.at;  // the daemon died between the start and its record
  }
  state.error = std::move(ended.error);
}

void FailStart(State& state, const Error& error) {
  state.error = error.message();
  state.exit_code = error.exit_code() != 0 ? error.exit_code() : kStartFailedExitCode;
}

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

bool IsUp(Phase phase) { return phase == Phase::kRunning || phase == Phase::kPaused; }

bool IsActive(Phase phase) {
  return IsUp(phase) || phase == Phase::kStarting || phase == Phase::kRestarting;
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
  object.Set("Restart", RestartToJson(state.restart));
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
  ASSIGN_OR_RETURN(state.pid, reader.Int32("Pid", 0, std::numeric_limits<int32_t>::max()));
  ASSIGN_OR_RETURN(state.start_time, reader.Uint64("PidStartTime"));
  ASSIGN_OR_RETURN(state.boot_id, reader.String("BootId"));
  ASSIGN_OR_RETURN(state.exit_code, reader.Int32("ExitCode", 0, kMaxExitCode));
  ASSIGN_OR_RETURN(state.oom_killed, reader.Bool("OOMKilled"));
  ASSIGN_OR_RETURN(state.error, reader.String("Error"));
  ASSIGN_OR_RETURN(state.started_at.nanoseconds, reader.Int64("StartedAt"));
  ASSIGN_OR_RETURN(state.finished_at.nanoseconds, reader.Int64("FinishedAt"));
  if (reader.Has("Restart")) {  // else written before there were policies
    ASSIGN_OR_RETURN(const json::Reader restart, reader.Child("Restart"));
    ASSIGN_OR_RETURN(state.restart, RestartStateFromJson(restart));
  }
  return state;
}

}  // namespace isulad::container
