// The scheduler over a clock that the test advances, and over checks that the test ends.
#include "daemon/modules/container/health_scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sample.h"
#include "support/fakes/fake_clock.h"

namespace isulad::container {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

// Runs the timers that are due when the test lets time pass.
class FakeTimers final : public HealthTimers {
 public:
  void Post(Task task) override { task(); }
  std::chrono::steady_clock::time_point Now() const override { return now_; }
  TimerId After(nanoseconds delay, Task task) override {
    tasks_[{now_ + delay, ++last_}] = std::move(task);
    return last_;
  }
  void Cancel(TimerId id) override {
    std::erase_if(tasks_, [id](const auto& entry) { return entry.first.second == id; });
  }
  void Pass(nanoseconds time) {
    const auto end = now_ + time;
    while (!tasks_.empty() && tasks_.begin()->first.first <= end) {
      now_ = tasks_.begin()->first.first;
      const Task task = std::move(tasks_.begin()->second);
      tasks_.erase(tasks_.begin());
      task();
    }
    now_ = end;
  }
  size_t waiting() const { return tasks_.size(); }

 private:
  std::chrono::steady_clock::time_point now_;
  TimerId last_ = 0;
  std::map<std::pair<std::chrono::steady_clock::time_point, TimerId>, Task> tasks_;
};

struct FakeProbe final : public Probe {
  void Kill() override { killed = true; }
  std::string output() const override { return "so far"; }
  std::string name;
  ProbeNews news;
  bool killed = false;
};

class FakeProber final : public Prober {
 public:
  std::shared_ptr<Probe> Start(const std::shared_ptr<Container>& container,
                               Container::RunId /*run*/, ProbeNews news) override {
    auto probe = std::make_shared<FakeProbe>();
    probe->name = container->name();
    probe->news = std::move(news);
    probes.push_back(probe);
    return probe;
  }
  std::vector<std::shared_ptr<FakeProbe>> probes;  // in order of their starts
};

class HealthSchedulerTest : public testing::Test {
 protected:
  std::shared_ptr<Container> Add(char digit, seconds start_period = seconds(0)) {
    ContainerConfig config = MinimalConfig(IdOf(digit), std::string(1, digit));
    config.health.command = "check";
    config.health.interval = seconds(10);
    config.health.timeout = seconds(3);
    config.health.retries = 2;
    State state;
    state.phase = Phase::kRunning;
    auto container = std::make_shared<Container>(std::move(config), state);
    container->UpdateHealth(BeginHealth);
    scheduler_.Begin(container, start_period);
    return container;
  }
  FakeProbe& Last() { return *prober_.probes.back(); }
  size_t Started() const { return prober_.probes.size(); }
  void LetGo(FakeProbe& probe) {
    probe.news.under_way();
    probe.news.let_go();
  }
  void End(FakeProbe& probe, std::optional<ProbeEnd> end) {
    const ProbeNews news = probe.news;
    news.under_way();
    news.ended(std::move(end));
  }
  void Check(int exit_code) {
    timers_.Pass(seconds(10));
    End(Last(), ProbeEnd{exit_code, "out"});
  }
  static void SetPaused(Container& container, bool paused) {
    ASSERT_TRUE(container.Apply(paused ? Event::kPause : Event::kUnpause));
  }

  FakeTimers timers_;
  test::FakeClock clock_{{1}};
  FakeProber prober_;
  std::vector<std::string> changes_;
  HealthScheduler scheduler_{
      &timers_,
      &clock_,
      &prober_,
      {2, 3},
      [this](const std::shared_ptr<Container>& container, Container::RunId, HealthStatus status) {
        changes_.push_back(container->name() + " " + std::string(HealthStatusName(status)));
      }};
};

TEST_F(HealthSchedulerTest, ChecksAnIntervalAfterTheStartAndAfterEachEnd) {
  const auto container = Add('a');
  timers_.Pass(seconds(9));
  EXPECT_EQ(Started(), 0u);
  timers_.Pass(seconds(1));
  ASSERT_EQ(Started(), 1u);
  timers_.Pass(seconds(2));
  End(Last(), ProbeEnd{0, "fine"});
  EXPECT_THAT(changes_, ElementsAre("a healthy"));
  EXPECT_EQ(container->health().log.back(), (HealthResult{{1}, {1}, 0, "fine"}));
  timers_.Pass(seconds(9));
  EXPECT_EQ(Started(), 1u);
  timers_.Pass(seconds(1));
  EXPECT_EQ(Started(), 2u);
}

TEST_F(HealthSchedulerTest, TellsOnlyWhatChanges) {
  Add('a');
  Check(1);
  EXPECT_THAT(changes_, IsEmpty());
  Check(1);
  Check(1);
  Check(0);
  Check(0);
  EXPECT_THAT(changes_, ElementsAre("a unhealthy", "a healthy"));
}

TEST_F(HealthSchedulerTest, DoesNotCountAFailureOfACheckThatBeganInTheStartPeriod) {
  const auto container = Add('a', seconds(25));
  Check(1);
  Check(1);
  EXPECT_EQ(container->health().failing_streak, 0u);
  Check(1);
  EXPECT_EQ(container->health().failing_streak, 1u);
}

TEST_F(HealthSchedulerTest, KillsACheckAtItsTimeLimitAndBeginsTheNextWhenItHasEnded) {
  const auto container = Add('a');
  timers_.Pass(seconds(10));
  LetGo(Last());
  timers_.Pass(seconds(3));
  EXPECT_TRUE(Last().killed);
  EXPECT_EQ(container->health().log.back().exit_code, kNoHealthExitCode);
  EXPECT_EQ(container->health().log.back().output, "health check exceeded timeout (3s): so far");
  timers_.Pass(seconds(2));
  EXPECT_EQ(Started(), 1u);
  End(Last(), ProbeEnd{137, ""});
  EXPECT_EQ(container->health().failing_streak, 1u);
  EXPECT_EQ(container->health().log.size(), 1u);
  timers_.Pass(seconds(10));
  EXPECT_EQ(Started(), 2u);
}

TEST_F(HealthSchedulerTest, OneThatCannotBeKilledIsAFailureMoreEachTime) {
  const auto container = Add('a');
  timers_.Pass(seconds(10));
  LetGo(Last());
  timers_.Pass(seconds(3 + 9));
  EXPECT_EQ(container->health().failing_streak, 1u);
  timers_.Pass(seconds(1));
  EXPECT_EQ(container->health().failing_streak, 2u);
  EXPECT_THAT(changes_, ElementsAre("a unhealthy"));
  End(Last(), ProbeEnd{137, ""});
  Check(0);
  EXPECT_THAT(changes_, ElementsAre("a unhealthy", "a healthy"));
}

TEST_F(HealthSchedulerTest, OnesThatHangTakeNoPlaceOfOthers) {
  for (const char digit : {'a', 'b', 'c'}) {
    Add(digit);
  }
  timers_.Pass(seconds(10));
  LetGo(*prober_.probes[0]);
  LetGo(*prober_.probes[1]);
  ASSERT_EQ(Started(), 3u);  // as many as may be in progress
  LetGo(*prober_.probes[2]);
  timers_.Pass(seconds(3));
  Add('d');
  timers_.Pass(seconds(10));
  EXPECT_EQ(Started(), 4u);
}

TEST_F(HealthSchedulerTest, TheTimeOfACheckBeginsWhenItIsLetGo) {
  const auto container = Add('a');
  timers_.Pass(seconds(10 + 29));
  EXPECT_FALSE(Last().killed);
  LetGo(Last());
  timers_.Pass(seconds(2));
  EXPECT_FALSE(Last().killed);
  timers_.Pass(seconds(1));
  EXPECT_TRUE(Last().killed);
}

TEST_F(HealthSchedulerTest, OneThatIsNeverLetGoIsAFailure) {
  const auto container = Add('a');
  timers_.Pass(seconds(10 + 30));
  EXPECT_TRUE(Last().killed);
  EXPECT_EQ(container->health().log.back().output,
            "health check did not start within its time (30s): so far");
}

TEST_F(HealthSchedulerTest, LetsOthersStartWhereARuntimeStandsStillInAPausedContainer) {
  std::vector<std::shared_ptr<Container>> containers;
  for (const char digit : {'a', 'b', 'c'}) {
    containers.push_back(Add(digit));
  }
  timers_.Pass(seconds(10));
  ASSERT_EQ(Started(), 2u);
  SetPaused(*containers[0], true);
  SetPaused(*containers[1], true);
  timers_.Pass(seconds(30));
  EXPECT_EQ(Started(), 3u);
  EXPECT_FALSE(prober_.probes[0]->killed);
}

TEST_F(HealthSchedulerTest, TakesNothingFromACheckThatCouldTellNothing) {
  const auto container = Add('a');
  timers_.Pass(seconds(10));
  End(Last(), std::nullopt);
  EXPECT_THAT(container->health().log, IsEmpty());
  timers_.Pass(seconds(10));
  EXPECT_EQ(Started(), 2u);
}

TEST_F(HealthSchedulerTest, DoesNotCheckAPausedContainer) {
  const auto container = Add('a');
  SetPaused(*container, true);
  timers_.Pass(seconds(100));
  EXPECT_EQ(Started(), 0u);
  SetPaused(*container, false);
  timers_.Pass(seconds(10));
  EXPECT_EQ(Started(), 1u);
}

TEST_F(HealthSchedulerTest, GivesACheckItsTimeAgainThatStoodStillWithItsContainer) {
  const auto container = Add('a');
  timers_.Pass(seconds(10));
  LetGo(Last());
  timers_.Pass(seconds(2));
  SetPaused(*container, true);
  timers_.Pass(seconds(100));
  EXPECT_FALSE(Last().killed);
  SetPaused(*container, false);
  scheduler_.Resumed(container->id());
  timers_.Pass(nanoseconds(seconds(3)) - nanoseconds(1));
  EXPECT_FALSE(Last().killed);
  timers_.Pass(nanoseconds(1));
  EXPECT_TRUE(Last().killed);
}

TEST_F(HealthSchedulerTest, EndsACheckWithItsRunAndForgetsWhatItTells) {
  const auto container = Add('a');
  timers_.Pass(seconds(10));
  scheduler_.End(container->id());
  EXPECT_TRUE(Last().killed);
  End(Last(), ProbeEnd{1, ""});
  EXPECT_THAT(container->health().log, IsEmpty());
  EXPECT_EQ(timers_.waiting(), 0u);
  timers_.Pass(seconds(100));
  EXPECT_EQ(Started(), 1u);
}

TEST_F(HealthSchedulerTest, DoesNotCountACheckThatWasKilledWithItsContainer) {
  const auto container = Add('a');
  Check(137);
  EXPECT_THAT(container->health().log, IsEmpty());
  scheduler_.End(container->id());
  timers_.Pass(seconds(100));
  EXPECT_THAT(container->health().log, IsEmpty());
}

TEST_F(HealthSchedulerTest, CountsACheckThatWasKilledAlone) {
  const auto container = Add('a');
  Check(137);
  timers_.Pass(seconds(1));
  EXPECT_EQ(container->health().failing_streak, 1u);
  timers_.Pass(seconds(10));
  EXPECT_EQ(Started(), 2u);
}

TEST_F(HealthSchedulerTest, StartsNoMoreThanSoManyAtOnce) {
  for (const char digit : {'a', 'b', 'c', 'd'}) {
    Add(digit);
  }
  timers_.Pass(seconds(10));
  ASSERT_EQ(Started(), 2u);
  prober_.probes[0]->news.under_way();
  ASSERT_EQ(Started(), 3u);  // three in progress: that is the other limit
  prober_.probes[1]->news.under_way();
  EXPECT_EQ(Started(), 3u);
  End(*prober_.probes[0], ProbeEnd{0, ""});
  ASSERT_EQ(Started(), 4u);
  EXPECT_EQ(Last().name, "d");
}

TEST_F(HealthSchedulerTest, LetsOthersStartWhereARuntimeHangs) {
  for (const char digit : {'a', 'b', 'c'}) {
    Add(digit);
  }
  timers_.Pass(seconds(10));
  ASSERT_EQ(Started(), 2u);
  timers_.Pass(seconds(30));
  EXPECT_EQ(Started(), 3u);
}

TEST_F(HealthSchedulerTest, DoesNotStartOneWhoseRunEndedWhileItWaited) {
  Add('a');
  Add('b');
  const auto waiting = Add('c');
  timers_.Pass(seconds(10));
  scheduler_.End(waiting->id());
  End(*prober_.probes[0], ProbeEnd{0, ""});
  EXPECT_EQ(Started(), 2u);
}

TEST_F(HealthSchedulerTest, ANewRunEndsTheWatchOfTheLastOne) {
  const auto container = Add('a');
  timers_.Pass(seconds(10));
  FakeProbe& first = Last();
  scheduler_.Begin(container, seconds(0));
  EXPECT_TRUE(first.killed);
  timers_.Pass(seconds(10));
  EXPECT_EQ(Started(), 2u);
}

TEST_F(HealthSchedulerTest, ShutdownEndsChecksAndBeginsNoOther) {
  Add('a');
  Add('b');
  Add('c');
  timers_.Pass(seconds(10));
  bool done = false;
  scheduler_.Shutdown([&done] { done = true; });
  ASSERT_EQ(Started(), 2u);
  EXPECT_TRUE(prober_.probes[0]->killed);
  EXPECT_FALSE(done);
  End(*prober_.probes[0], std::nullopt);
  End(*prober_.probes[1], std::nullopt);
  EXPECT_TRUE(done);
  Add('d');
  timers_.Pass(seconds(100));
  EXPECT_EQ(Started(), 2u);
}

TEST_F(HealthSchedulerTest, AThousandContainersAreTimersAndNothingElse) {
  std::vector<std::shared_ptr<Container>> containers;
  for (int i = 0; i < 1000; ++i) {
    ContainerConfig config = MinimalConfig(std::string(60, '0') + std::to_string(1000 + i), "n");
    config.health.command = "check";
    State state;
    state.phase = Phase::kRunning;
    containers.push_back(std::make_shared<Container>(std::move(config), state));
    scheduler_.Begin(containers.back(), seconds(0));
  }
  EXPECT_EQ(timers_.waiting(), 1000u);
  timers_.Pass(seconds(30));
  for (size_t i = 0; i < Started(); ++i) {
    End(*prober_.probes[i], ProbeEnd{0, ""});
  }
  EXPECT_EQ(Started(), 1000u);
  EXPECT_EQ(changes_.size(), 1000u);
}

}  // namespace
}  // namespace isulad::container
