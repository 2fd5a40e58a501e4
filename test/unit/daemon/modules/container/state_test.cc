#include "daemon/modules/container/state.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "support/result_matchers.h"
#include "utils/json/value.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;

constexpr Phase kPhases[] = {Phase::kCreated,    Phase::kStarting, Phase::kRunning, Phase::kPaused,
                             Phase::kRestarting, Phase::kExited,   Phase::kRemoving};
constexpr Event kEvents[] = {Event::kStart,        Event::kStarted, Event::kStartFailed,
                             Event::kPause,        Event::kUnpause, Event::kExited,
                             Event::kAwaitRestart, Event::kGiveUp,  Event::kRemove,
                             Event::kRemoveFailed};

State InPhase(Phase phase, bool has_ended = false) {
  State state;
  state.phase = phase;
  state.finished_at = {has_ended ? 1 : 0};
  return state;
}

// All transitions allowed to a container that has never ended; everything else is not.
const std::map<std::pair<Phase, Event>, Phase> kAllowed = {
    {{Phase::kCreated, Event::kStart}, Phase::kStarting},
    {{Phase::kCreated, Event::kRemove}, Phase::kRemoving},
    {{Phase::kStarting, Event::kStarted}, Phase::kRunning},
    {{Phase::kStarting, Event::kStartFailed}, Phase::kCreated},
    {{Phase::kStarting, Event::kExited}, Phase::kExited},
    {{Phase::kRunning, Event::kExited}, Phase::kExited},
    {{Phase::kRunning, Event::kPause}, Phase::kPaused},
    {{Phase::kPaused, Event::kUnpause}, Phase::kRunning},
    {{Phase::kPaused, Event::kExited}, Phase::kExited},
    {{Phase::kExited, Event::kAwaitRestart}, Phase::kRestarting},
    {{Phase::kRestarting, Event::kStart}, Phase::kStarting},
    {{Phase::kRestarting, Event::kGiveUp}, Phase::kExited},
    {{Phase::kExited, Event::kStart}, Phase::kStarting},
    {{Phase::kExited, Event::kRemove}, Phase::kRemoving},
    {{Phase::kRemoving, Event::kRemove}, Phase::kRemoving},
    {{Phase::kRemoving, Event::kRemoveFailed}, Phase::kCreated},
};

TEST(NextPhase, AllowsExactlyTheTable) {
  for (const Phase phase : kPhases) {
    for (const Event event : kEvents) {
      SCOPED_TRACE(std::string(PhaseName(phase)) + ", event " +
                   std::to_string(static_cast<int>(event)));
      const Result<Phase> next = Next(InPhase(phase), event);
      const auto allowed = kAllowed.find({phase, event});
      if (allowed == kAllowed.end()) {
        EXPECT_THAT(next, IsErrorWith(Code::kFailedPrecondition, ""));
        continue;
      }
      ASSERT_OK(next);
      EXPECT_EQ(*next, allowed->second);
    }
  }
}

TEST(NextPhase, ReturnsToExitedWhereARunHasEndedBefore) {
  for (const auto& [from, event] : {std::pair{Phase::kStarting, Event::kStartFailed},
                                    {Phase::kRemoving, Event::kRemoveFailed}}) {
    ASSERT_OK_AND_ASSIGN(const Phase next, Next(InPhase(from, /*has_ended=*/true), event));
    EXPECT_EQ(next, Phase::kExited);
  }
}

TEST(NextPhase, SaysWhyItRefuses) {
  EXPECT_THAT(
      Next(InPhase(Phase::kRunning), Event::kRemove),
      IsErrorWith(Code::kFailedPrecondition, "is running: stop it first, or remove it with -f"));
  EXPECT_THAT(Next(InPhase(Phase::kRunning), Event::kStart),
              IsErrorWith(Code::kFailedPrecondition, "is running"));
  EXPECT_THAT(Next(InPhase(Phase::kStarting), Event::kRemove),
              IsErrorWith(Code::kFailedPrecondition, "is being started"));
  EXPECT_THAT(Next(InPhase(Phase::kRemoving), Event::kStart),
              IsErrorWith(Code::kFailedPrecondition, "is being removed"));
  EXPECT_THAT(
      Next(InPhase(Phase::kPaused), Event::kRemove),
      IsErrorWith(Code::kFailedPrecondition, "is paused: stop it first, or remove it with -f"));
  EXPECT_THAT(Next(InPhase(Phase::kPaused), Event::kPause),
              IsErrorWith(Code::kFailedPrecondition, "is paused already"));
  EXPECT_THAT(Next(InPhase(Phase::kRunning), Event::kUnpause),
              IsErrorWith(Code::kFailedPrecondition, "is not paused"));
  EXPECT_THAT(Next(InPhase(Phase::kRestarting), Event::kRemove),
              IsErrorWith(Code::kFailedPrecondition,
                          "is being restarted: stop it first, or remove it with -f"));
  EXPECT_THAT(Next(InPhase(Phase::kCreated), Event::kExited),
              IsErrorWith(Code::kFailedPrecondition, "is not running"));
}

TEST(PhaseName, IsOneOfTheWordsThatScriptsKnow) {
  EXPECT_EQ(PhaseName(Phase::kCreated), "inited");
  EXPECT_EQ(PhaseName(Phase::kStarting), "starting");
  EXPECT_EQ(PhaseName(Phase::kRunning), "running");
  EXPECT_EQ(PhaseName(Phase::kPaused), "paused");
  EXPECT_EQ(PhaseName(Phase::kRestarting), "restarting");
  EXPECT_EQ(PhaseName(Phase::kExited), "exited");
  EXPECT_EQ(PhaseName(Phase::kRemoving), "dead");
}

State FullState() {
  State state;
  state.phase = Phase::kExited;
  state.pid = 4711;
  state.start_time = UINT64_MAX;
  state.boot_id = "0b0a3a7c-8f1d-4d59-9f0e-1f1f8b1c2d3e";
  state.exit_code = 137;
  state.oom_killed = true;
  state.error = "exec: \"x\": not found";
  state.started_at = {1'700'000'000'000'000'001};
  state.finished_at = {1'700'000'000'000'000'002};
  state.restart = {7, 3, {1'700'000'000'000'000'003}, true};
  return state;
}

TEST(BeginRun, KeepsNothingOfHowAnEarlierRunEnded) {
  State state = FullState();
  state.phase = Phase::kRunning;
  BeginRun(state, {4711, 99, "boot", {5}});
  State wanted;
  wanted.phase = Phase::kRunning;
  wanted.pid = 4711;
  wanted.start_time = 99;
  wanted.boot_id = "boot";
  wanted.started_at = {5};
  wanted.restart = state.restart;
  EXPECT_EQ(state, wanted);
}

TEST(FailStart, SaysWhyAndHasTheExitCodeOfTheCommandOrOfTheEngine) {
  State state;
  FailStart(state, FailedPrecondition("no such program").WithExitCode(127));
  EXPECT_EQ(state.error, "no such program");
  EXPECT_EQ(state.exit_code, 127);
  FailStart(state, Internal("no monitor"));
  EXPECT_EQ(state.exit_code, 125);
}

TEST(StateJson, ReadsBackWhatItWrote) {
  for (const Phase phase : kPhases) {
    State state = FullState();
    state.phase = phase;
    ASSERT_OK_AND_ASSIGN(const json::Value value, json::Parse(json::Serialize(ToJson(state))));
    ASSERT_OK_AND_ASSIGN(const State read, StateFromJson(value));
    EXPECT_EQ(read, state);
  }
}

json::Object Without(const json::Value& value, const std::string& name) {
  json::Object without;
  for (const json::Member& member : value.AsObject()->members()) {
    if (member.first != name) {
      without.Set(member.first, member.second);
    }
  }
  return without;
}

TEST(StateJson, ReadsWhatWasWrittenBeforeThereWereRestartPolicies) {
  ASSERT_OK_AND_ASSIGN(const State read, StateFromJson(Without(ToJson(FullState()), "Restart")));
  State wanted = FullState();
  wanted.restart = {};
  EXPECT_EQ(read, wanted);
}

TEST(StateJson, NamesTheMemberThatIsMissing) {
  const json::Value value = Without(ToJson(FullState()), "Restart");
  for (const json::Member& member : value.AsObject()->members()) {
    EXPECT_THAT(StateFromJson(Without(value, member.first)),
                IsErrorWith(Code::kInvalidArgument, "\"" + member.first + "\""));
  }
}

TEST(StateJson, NamesTheMemberOfTheWrongType) {
  const json::Value value = ToJson(FullState());
  for (const json::Member& member : value.AsObject()->members()) {
    json::Object wrong = *value.AsObject();
    wrong.Set(member.first, json::Array());
    EXPECT_THAT(StateFromJson(wrong),
                IsErrorWith(Code::kInvalidArgument, "\"" + member.first + "\""));
  }
}

TEST(StateJson, NamesTheMemberOfARestartThatIsMissing) {
  const json::Value value = ToJson(FullState());
  const json::Value restart = *value.AsObject()->Find("Restart");
  for (const json::Member& member : restart.AsObject()->members()) {
    json::Object object = *value.AsObject();
    object.Set("Restart", Without(restart, member.first));
    EXPECT_THAT(StateFromJson(object),
                IsErrorWith(Code::kInvalidArgument, "\"Restart." + member.first + "\""));
  }
}

TEST(StateJson, RefusesAnotherVersionAndAnUnknownStatus) {
  json::Object object = *ToJson(FullState()).AsObject();
  object.Set("Version", 2);
  EXPECT_THAT(StateFromJson(object), IsErrorWith(Code::kInvalidArgument, "\"Version\""));
  object.Set("Version", 1);
  object.Set("Status", "sleeping");
  EXPECT_THAT(StateFromJson(object), IsErrorWith(Code::kInvalidArgument, "\"Status\""));
}

// Truncated to 32 bits these numbers would be the pids of other processes, or the exit code of a
// success.
TEST(StateJson, RefusesNumbersThatNoProcessHas) {
  for (const auto& [key, number] : {std::pair<const char*, int64_t>{"Pid", -1},
                                    {"Pid", int64_t{1} << 32},
                                    {"ExitCode", -1},
                                    {"ExitCode", 256}}) {
    json::Object object = *ToJson(FullState()).AsObject();
    object.Set(key, number);
    EXPECT_THAT(StateFromJson(object), IsErrorWith(Code::kInvalidArgument, key));
  }
}

TEST(StateJson, RefusesWhatIsNoObject) {
  EXPECT_THAT(StateFromJson(json::Array()), IsErrorWith(Code::kInvalidArgument, "state.json"));
  EXPECT_THAT(StateFromJson(nullptr), IsErrorWith(Code::kInvalidArgument, "state.json"));
}

}  // namespace
}  // namespace isulad::container
