#include "daemon/modules/container/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/modules/container/health_json.h"
#include "daemon/modules/container/read_health.h"
#include "support/from_text.h"
#include "support/result_matchers.h"

namespace isulad::container {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using test::IsErrorWith;

class HealthTest : public testing::Test {
 protected:
  HealthTest() { BeginHealth(health_); }
  bool Take(int exit_code, bool in_start_period = false) {
    return TakeHealthResult(health_, options_, {{1}, {2}, exit_code, ""}, in_start_period);
  }

  HealthOptions options_;
  Health health_;
};

TEST_F(HealthTest, BecomesHealthyWithTheFirstCheckThatPasses) {
  EXPECT_EQ(health_.status, HealthStatus::kStarting);
  EXPECT_TRUE(Take(0));
  EXPECT_EQ(health_.status, HealthStatus::kHealthy);
  EXPECT_FALSE(Take(0));
}

TEST_F(HealthTest, BecomesUnhealthyWithSoManyFailuresInARow) {
  EXPECT_FALSE(Take(1));
  EXPECT_FALSE(Take(kNoHealthExitCode));
  EXPECT_TRUE(Take(0));
  EXPECT_EQ(health_.failing_streak, 0u);
  EXPECT_FALSE(Take(1));
  EXPECT_FALSE(Take(2));
  EXPECT_EQ(health_.status, HealthStatus::kHealthy);
  EXPECT_TRUE(Take(137));
  EXPECT_EQ(health_.status, HealthStatus::kUnhealthy);
  EXPECT_EQ(health_.failing_streak, 3u);
  EXPECT_FALSE(Take(1));
  EXPECT_EQ(health_.failing_streak, 4u);
  EXPECT_TRUE(Take(0));
  EXPECT_EQ(health_.status, HealthStatus::kHealthy);
}

TEST_F(HealthTest, DoesNotCountFailuresOfTheStartPeriodUntilACheckHasPassed) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_FALSE(Take(1, true));
  }
  EXPECT_EQ(health_.status, HealthStatus::kStarting);
  EXPECT_EQ(health_.failing_streak, 0u);
  EXPECT_TRUE(Take(0, true));
  options_.retries = 1;
  EXPECT_TRUE(Take(1, true));
  EXPECT_EQ(health_.status, HealthStatus::kUnhealthy);
}

TEST_F(HealthTest, KeepsTheLastFiveResultsAndThoseOfAnEarlierRun) {
  for (int i = 1; i <= 7; ++i) {
    Take(i);
  }
  ASSERT_EQ(health_.log.size(), kMaxHealthLog);
  EXPECT_EQ(health_.log.front().exit_code, 3);
  EXPECT_EQ(health_.log.back().exit_code, 7);
  BeginHealth(health_);
  EXPECT_EQ(health_.status, HealthStatus::kStarting);
  EXPECT_EQ(health_.failing_streak, 0u);
  EXPECT_EQ(health_.log.size(), kMaxHealthLog);
}

TEST(HealthOutput, IsBoundedAndCutBetweenCharacters) {
  HealthOutput output;
  output.Append("a");
  output.Append("b");
  EXPECT_EQ(output.Text(), "ab");
  HealthOutput whole;
  whole.Append(std::string(kMaxHealthOutputBytes, 'x'));
  EXPECT_EQ(whole.Text(), std::string(kMaxHealthOutputBytes, 'x'));
  whole.Append("y");
  EXPECT_EQ(whole.Text(), std::string(kMaxHealthOutputBytes - 3, 'x') + "...");
  HealthOutput wide;
  for (size_t i = 0; i < kMaxHealthOutputBytes; ++i) {
    wide.Append("€");
  }
  EXPECT_EQ(wide.Text().size(), 4092u + 3);
}

TEST(HealthStatus, IsReadBackByItsName) {
  for (const HealthStatus status : {HealthStatus::kNone, HealthStatus::kStarting,
                                    HealthStatus::kHealthy, HealthStatus::kUnhealthy}) {
    EXPECT_EQ(ParseHealthStatus(HealthStatusName(status)), status);
  }
  EXPECT_EQ(ParseHealthStatus("well"), std::nullopt);
}

Result<HealthOptions> Read(const std::string& text) {
  return ReadHealth(test::FromText<spec::HealthConfig>(text));
}

TEST(ReadHealth, SetsTheDefaults) {
  EXPECT_EQ(*Read(""), HealthOptions{});
  const HealthOptions options = *Read("command: 'true'");
  EXPECT_EQ(options.command, "true");
  EXPECT_EQ(options.interval, seconds(30));
  EXPECT_EQ(options.timeout, seconds(30));
  EXPECT_EQ(options.retries, 3u);
  EXPECT_EQ(options.start_period, nanoseconds(0));
  EXPECT_FALSE(options.exit_on_unhealthy);
}

TEST(ReadHealth, TakesWhatIsGiven) {
  const HealthOptions options = *Read(
      "command: 'x' interval_ns: 1000000 timeout_ns: 2592000000000000 retries: 1 "
      "start_period_ns: 0 exit_on_unhealthy: true");
  EXPECT_EQ(options.interval, milliseconds(1));
  EXPECT_EQ(options.timeout, hours(720));
  EXPECT_EQ(options.retries, 1u);
  EXPECT_TRUE(options.exit_on_unhealthy);
}

TEST(ReadHealth, NamesWhatIsWrong) {
  const struct {
    std::string texts;
    const char* reason;
  } cases[] = {
      {"command: ''", "--health-cmd \"\" is empty"},
      {"command: ' '", "is empty"},
      {"command: 'a\\000b'", "NUL"},
      {"command: '" + std::string(65537, 'x') + "'", "allowed are 65536"},
      {"command: 'x' interval_ns: 0", "--health-interval \"0s\" must be 1ms to 720h"},
      {"command: 'x' timeout_ns: 999999", "--health-timeout \"999.999us\" must be 1ms to 720h"},
      {"command: 'x' retries: 0", "--health-retries \"0\" must be 1 to 1000000"},
      {"command: 'x' retries: 1000001", "--health-retries"},
      {"command: 'x' start_period_ns: -1", "--health-start-period \"-1ns\" must be 0s to 720h"},
      {"interval_ns: 1", "--health-interval needs --health-cmd"},
      {"timeout_ns: 1", "--health-timeout needs"},
      {"retries: 1", "--health-retries needs"},
      {"start_period_ns: 1", "--health-start-period needs"},
      {"exit_on_unhealthy: true", "--health-exit-on-unhealthy needs"},
      {"command: 'x' none: true", "--no-healthcheck and --health-cmd exclude"},
      {"retries: 3 none: true", "--no-healthcheck and --health-retries exclude"},
  };
  for (const auto& each : cases) {
    EXPECT_THAT(Read(each.texts), IsErrorWith(Code::kInvalidArgument, each.reason));
  }
}

TEST(HealthJson, ShowsChecksAsTheEngineApiDoes) {
  EXPECT_TRUE(HealthOptionsToJson(*Read("")).IsNull());
  EXPECT_EQ(json::Serialize(HealthOptionsToJson(*Read("none: true"))), R"({"Test":["NONE"]})");
  EXPECT_EQ(json::Serialize(HealthOptionsToJson(*Read("command: 'x' retries: 9"))),
            R"({"Test":["CMD-SHELL","x"],"Interval":30000000000,"Timeout":30000000000,)"
            R"("StartPeriod":0,"Retries":9,"ExitOnUnhealthy":false})");
}

TEST(HealthJson, ShowsResultsAsTheEngineApiDoes) {
  Health health;
  health.status = HealthStatus::kUnhealthy;
  health.failing_streak = 4;
  health.log = {{{0}, {1'000'000'000}, -1, "no\n"}};
  EXPECT_EQ(json::Serialize(HealthToJson(health)),
            R"({"Status":"unhealthy","FailingStreak":4,"Log":[{"Start":"0001-01-01T00:00:00Z",)"
            R"("End":"1970-01-01T00:00:01.000000000Z","ExitCode":-1,"Output":"no\n"}]})");
}

}  // namespace
}  // namespace isulad::container
