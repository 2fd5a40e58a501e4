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

constexpr Phase kPhases[] = {Phase::kCreated, Phase::kStarting, Phase::kRunning, Phase::kExited,
                             Phase::kRemoving};
constexpr Event kEvents[] = {Event::kStart,  Event::kStarted, Event::kStartFailed,
                             Event::kExited, Event::kRemove,  Event::kRemoveFailed};

State InPhase(Phase phase, bool has_ended = false) {
  State state;
  state.phase = phase;
  state.finished_at = {has_ended ? 1 : 0};
  return state;
}

// The whole of what is allowed to a container that has never ended; everything else is not.
const std::map<std::pair<Phase, Event>, Phase> kAllowed = {
    {{Phase::kCreated, Event::kStart}, Phase::kStarting},
    {{Phase::kCreated, Event::kRemove}, Phase::kRemoving},
    {{Phase::kStarting, Event::kStarted}, Phase::kRunning},
    {{Phase::kStarting, Event::kStartFailed}, Phase::kCreated},
    {{Phase::kStarting, Event::kExited}, Phase::kExited},
    {{Phase::kRunning, Event::kExited}, Phase::kExited},
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
  EXPECT_THAT(Next(InPhase(Phase::kCreated), Event::kExited),
              IsErrorWith(Code::kFailedPrecondition, "is not running"));
}

TEST(PhaseName, IsOneOfTheWordsThatScriptsKnow) {
  EXPECT_EQ(PhaseName(Phase::kCreated), "inited");
  EXPECT_EQ(PhaseName(Phase::kStarting), "starting");
  EXPECT_EQ(PhaseName(Phase::kRunning), "running");
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
  return state;
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

TEST(StateJson, NamesTheMemberThatIsMissing) {
  const json::Value value = ToJson(FullState());
  for (const json::Member& member : value.AsObject()->members()) {
    json::Object without;
    for (const json::Member& other : value.AsObject()->members()) {
      if (other.first != member.first) {
        without.Set(other.first, other.second);
      }
    }
    EXPECT_THAT(StateFromJson(without),
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

TEST(StateJson, RefusesAnotherVersionAndAnUnknownStatus) {
  json::Object object = *ToJson(FullState()).AsObject();
  object.Set("Version", 2);
  EXPECT_THAT(StateFromJson(object), IsErrorWith(Code::kInvalidArgument, "\"Version\""));
  object.Set("Version", 1);
  object.Set("Status", "sleeping");
  EXPECT_THAT(StateFromJson(object), IsErrorWith(Code::kInvalidArgument, "\"Status\""));
}

TEST(StateJson, RefusesWhatIsNoObject) {
  EXPECT_THAT(StateFromJson(json::Array()), IsErrorWith(Code::kInvalidArgument, "state.json"));
  EXPECT_THAT(StateFromJson(nullptr), IsErrorWith(Code::kInvalidArgument, "state.json"));
}

}  // namespace
}  // namespace isulad::container
