#include "daemon/modules/container/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/modules/container/health_json.h"
#include "daemon/modules/container/validate_health.h"
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

TEST(ValidateHealth, SetsTheDefaults) {
  HealthRequest request;
  EXPECT_EQ(*ValidateHealth(request), HealthOptions{});
  request.command = "true";
  const HealthOptions options = *ValidateHealth(request);
  EXPECT_EQ(options.command, "true");
  EXPECT_EQ(options.interval, seconds(30));
  EXPECT_EQ(options.timeout, seconds(30));
  EXPECT_EQ(options.retries, 3u);
  EXPECT_EQ(options.start_period, nanoseconds(0));
  EXPECT_FALSE(options.exit_on_unhealthy);
}

TEST(ValidateHealth, TakesWhatIsGiven) {
  const HealthRequest request{"x", 1'000'000, hours(720) / nanoseconds(1), 1, 0, true, false};
  const HealthOptions options = *ValidateHealth(request);
  EXPECT_EQ(options.interval, milliseconds(1));
  EXPECT_EQ(options.timeout, hours(720));
  EXPECT_EQ(options.retries, 1u);
  EXPECT_TRUE(options.exit_on_unhealthy);
}

TEST(ValidateHealth, NamesWhatIsWrong) {
  const struct {
    HealthRequest request;
    const char* reason;
  } cases[] = {
      {{"", {}, {}, {}, {}, false, false}, "--health-cmd \"\" is empty"},
      {{" ", {}, {}, {}, {}, false, false}, "is empty"},
      {{std::string("a\0b", 3), {}, {}, {}, {}, false, false}, "NUL"},
      {{std::string(65537, 'x'), {}, {}, {}, {}, false, false}, "allowed are 65536"},
      {{"x", 0, {}, {}, {}, false, false}, "--health-interval \"0s\" must be 1ms to 720h"},
      {{"x", {}, 999'999, {}, {}, false, false},
       "--health-timeout \"999.999us\" must be 1ms to 720h"},
      {{"x", {}, {}, 0, {}, false, false}, "--health-retries \"0\" must be 1 to 1000000"},
      {{"x", {}, {}, 1000001, {}, false, false}, "--health-retries"},
      {{"x", {}, {}, {}, -1, false, false}, "--health-start-period \"-1ns\" must be 0s to 720h"},
      {{{}, 1, {}, {}, {}, false, false}, "--health-interval needs --health-cmd"},
      {{{}, {}, 1, {}, {}, false, false}, "--health-timeout needs"},
      {{{}, {}, {}, 1, {}, false, false}, "--health-retries needs"},
      {{{}, {}, {}, {}, 1, false, false}, "--health-start-period needs"},
      {{{}, {}, {}, {}, {}, true, false}, "--health-exit-on-unhealthy needs"},
      {{"x", {}, {}, {}, {}, false, true}, "--no-healthcheck and --health-cmd exclude"},
      {{{}, {}, {}, 3, {}, false, true}, "--no-healthcheck and --health-retries exclude"},
  };
  for (const auto& each : cases) {
    EXPECT_THAT(ValidateHealth(each.request), IsErrorWith(Code::kInvalidArgument, each.reason));
  }
}

json::Value InObject(const HealthOptions& options) {
  json::Object object;
  object.Set("Healthcheck", HealthOptionsToJson(options));
  return object;
}

TEST(HealthJson, ReadsBackWhatItWrote) {
  HealthOptions none;
  none.none = true;
  HealthOptions full;
  full.command = "curl -f http://localhost";
  full.interval = milliseconds(1);
  full.retries = 9;
  full.start_period = seconds(5);
  full.exit_on_unhealthy = true;
  for (const HealthOptions& options : {HealthOptions{}, none, full}) {
    const json::Value value = InObject(options);
    EXPECT_EQ(*HealthOptionsFromJson(json::Reader(value, "")), options);
  }
  EXPECT_EQ(json::Serialize(InObject(none)), R"({"Healthcheck":{"Test":["NONE"]}})");
}

TEST(HealthJson, RefusesWhatCannotBe) {
  for (
      const char* text :
      {R"({"Healthcheck":1})", R"({"Healthcheck":{}})", R"({"Healthcheck":{"Test":["CMD","x"]}})",
       R"({"Healthcheck":{"Test":["CMD-SHELL","x"]}})",
       R"({"Healthcheck":{"Test":["CMD-SHELL","x"],"Interval":0,"Timeout":1000000,"StartPeriod":0,)"
       R"("Retries":1,"ExitOnUnhealthy":false}})",
       R"({"Healthcheck":{"Test":["CMD-SHELL",""],"Interval":1000000,"Timeout":1000000,)"
       R"("StartPeriod":0,"Retries":1,"ExitOnUnhealthy":false}})"}) {
    const json::Value value = *json::Parse(text);
    EXPECT_THAT(HealthOptionsFromJson(json::Reader(value, "c")),
                IsErrorWith(Code::kInvalidArgument, "Healthcheck"))
        << text;
  }
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
