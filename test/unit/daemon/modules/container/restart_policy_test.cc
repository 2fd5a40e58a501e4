#include "daemon/modules/container/restart_policy.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMillisecond = 1'000'000;
constexpr Timestamp kNow{1'700'000'000 * kSecond};

RestartPolicy PolicyOf(const std::string& text) {
  const Result<RestartPolicy> policy = ParseRestartPolicy(text);
  EXPECT_OK(policy);
  return policy.value_or(RestartPolicy{});
}

State Ended(int exit_code, int64_t ran_seconds = 1) {
  State state;
  state.phase = Phase::kExited;
  state.exit_code = exit_code;
  state.finished_at = kNow;
  state.started_at = {kNow.nanoseconds - ran_seconds * kSecond};
  return state;
}

bool Restarts(const std::string& policy, const State& state) {
  return RestartAfterRun(PolicyOf(policy), state, kNow).has_value();
}

TEST(ParseRestartPolicy, ReadsWhatFormatWrites) {
  for (const std::string text :
       {"no", "always", "unless-stopped", "on-reboot", "on-failure", "on-failure:7"}) {
    ASSERT_OK_AND_ASSIGN(const RestartPolicy policy, ParseRestartPolicy(text));
    EXPECT_EQ(FormatRestartPolicy(policy), text);
  }
}

TEST(ParseRestartPolicy, TakesNothingForNo) {
  ASSERT_OK_AND_ASSIGN(const RestartPolicy policy, ParseRestartPolicy(""));
  EXPECT_EQ(policy.rule, RestartRule::kNo);
}

TEST(ParseRestartPolicy, RefusesWhatItDoesNotKnowByItsText) {
  for (const std::string text :
       {"never", "Always", " always", "always:3", "no:1", "on-failure:", "on-failure:0",
        "on-failure:-1", "on-failure:x", "on-failure:1:2", "on-failure:4294967296", ":"}) {
    EXPECT_THAT(ParseRestartPolicy(text), IsErrorWith(Code::kInvalidArgument, "\"" + text + "\""));
  }
}

TEST(RestartAfterRun, FollowsTheRule) {
  for (const int exit_code : {0, 1, kRebootExitCode, 137, 255}) {
    SCOPED_TRACE(exit_code);
    const State state = Ended(exit_code);
    EXPECT_FALSE(Restarts("no", state));
    EXPECT_TRUE(Restarts("always", state));
    EXPECT_TRUE(Restarts("unless-stopped", state));
    EXPECT_EQ(Restarts("on-failure", state), exit_code != 0);
    EXPECT_EQ(Restarts("on-reboot", state), exit_code == kRebootExitCode);
  }
}

TEST(RestartAfterRun, LeavesAloneWhatAUserHasStopped) {
  for (const std::string policy : {"always", "unless-stopped", "on-failure", "on-reboot"}) {
    State state = Ended(kRebootExitCode);
    state.restart.stopped_by_user = true;
    EXPECT_FALSE(Restarts(policy, state)) << policy;
  }
}

TEST(RestartAfterRun, TriesAsOftenAsTheRuleSays) {
  State state = Ended(1);
  state.restart.count = 2;
  EXPECT_TRUE(Restarts("on-failure:3", state));
  state.restart.count = 3;
  EXPECT_FALSE(Restarts("on-failure:3", state));
  EXPECT_TRUE(Restarts("on-failure", state));
  EXPECT_TRUE(Restarts("always", state));
}

TEST(RestartAfterRun, DoublesTheDelayUpToAMinute) {
  State state = Ended(1);
  std::vector<int64_t> delays;
  for (int i = 0; i < 12; ++i) {
    const std::optional<RestartState> next = RestartAfterRun(PolicyOf("always"), state, kNow);
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(next->count, state.restart.count + 1);
    delays.push_back((next->due.nanoseconds - kNow.nanoseconds) / kMillisecond);
    state.restart = *next;
  }
  EXPECT_EQ(delays, (std::vector<int64_t>{100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200,
                                          60000, 60000}));
}

TEST(RestartAfterRun, KeepsTheLongestDelayHoweverOftenItFailed) {
  State state = Ended(1);
  state.restart.short_runs = UINT32_MAX;
  const std::optional<RestartState> next = RestartAfterRun(PolicyOf("always"), state, kNow);
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->due.nanoseconds - kNow.nanoseconds, 60 * kSecond);
}

TEST(RestartAfterRun, BeginsAgainAfterALongRun) {
  State state = Ended(1, /*ran_seconds=*/10);
  state.restart.short_runs = 6;
  state.restart.count = 6;
  const std::optional<RestartState> next = RestartAfterRun(PolicyOf("always"), state, kNow);
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->due.nanoseconds - kNow.nanoseconds, 100 * kMillisecond);
  EXPECT_EQ(next->short_runs, 1u);
  EXPECT_EQ(next->count, 7u);
}

TEST(RestartAfterFailedStart, GoesOnWhateverTheExitCode) {
  for (const std::string policy : {"always", "unless-stopped", "on-failure", "on-reboot"}) {
    State state = Ended(0, /*ran_seconds=*/100);
    state.restart.short_runs = 2;
    const std::optional<RestartState> next = RestartAfterFailedStart(PolicyOf(policy), state, kNow);
    ASSERT_TRUE(next.has_value()) << policy;
    EXPECT_EQ(next->due.nanoseconds - kNow.nanoseconds, 400 * kMillisecond);
  }
}

TEST(RestartAfterFailedStart, GivesUpWhereThePolicyDoes) {
  State state = Ended(1);
  EXPECT_FALSE(RestartAfterFailedStart(PolicyOf("no"), state, kNow).has_value());
  state.restart.count = 3;
  EXPECT_FALSE(RestartAfterFailedStart(PolicyOf("on-failure:3"), state, kNow).has_value());
  state.restart.stopped_by_user = true;
  EXPECT_FALSE(RestartAfterFailedStart(PolicyOf("always"), state, kNow).has_value());
}

TEST(StartsWithHost, TellsAlwaysFromUnlessStopped) {
  State state = Ended(0);
  EXPECT_TRUE(StartsWithHost(PolicyOf("always"), state));
  EXPECT_TRUE(StartsWithHost(PolicyOf("unless-stopped"), state));
  EXPECT_FALSE(StartsWithHost(PolicyOf("on-failure"), state));
  EXPECT_FALSE(StartsWithHost(PolicyOf("on-reboot"), state));
  EXPECT_FALSE(StartsWithHost(PolicyOf("no"), state));
  state.restart.stopped_by_user = true;
  EXPECT_TRUE(StartsWithHost(PolicyOf("always"), state));
  EXPECT_FALSE(StartsWithHost(PolicyOf("unless-stopped"), state));
}

}  // namespace
}  // namespace isulad::container
