#include "support/fakes/clock_contract.h"

#include <chrono>
#include <thread>
#include <vector>

namespace isulad::test {
namespace {

// To sleep is what is tested here; it need not be for long.
constexpr std::chrono::milliseconds kNap(1);
constexpr int64_t kNapNs = 1'000'000;
constexpr int64_t kYear2000Ns = 946'684'800'000'000'000;

}  // namespace

TEST_P(ClockContract, TellsATimeThatNobodyTakesForNever) {
  EXPECT_GT(clock_->Now().nanoseconds, kYear2000Ns);
  EXPECT_TRUE(ParseTimestamp(FormatTimestamp(clock_->Now())));
}

TEST_P(ClockContract, DoesNotGoBack) {
  Timestamp last = clock_->Now();
  for (int i = 0; i < 1000; ++i) {
    const Timestamp now = clock_->Now();
    ASSERT_GE(now, last);
    last = now;
  }
}

TEST_P(ClockContract, HasGoneOnByWhatSomebodyHasSlept) {
  const int64_t before = clock_->Now().nanoseconds;
  clock_->SleepFor(kNap);
  const int64_t between = clock_->Now().nanoseconds;
  EXPECT_GE(between - before, kNapNs);
  clock_->SleepFor(kNap);
  EXPECT_GE(clock_->Now().nanoseconds - between, kNapNs);
}

TEST_P(ClockContract, LetsNobodySleepWhoDoesNotWantTo) {
  const int64_t before = clock_->Now().nanoseconds;
  clock_->SleepFor(std::chrono::milliseconds(0));
  EXPECT_LT(clock_->Now().nanoseconds - before, 3600 * int64_t{1'000'000'000});
}

TEST_P(ClockContract, IsSharedByThreads) {
  constexpr int kThreads = 4;
  const int64_t before = clock_->Now().nanoseconds;
  std::vector<int64_t> woken(kThreads);
  std::vector<std::thread> threads;
  for (int64_t& after : woken) {
    threads.emplace_back([this, &after] {
      clock_->SleepFor(kNap);
      after = clock_->Now().nanoseconds;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const int64_t after : woken) {
    EXPECT_GE(after - before, kNapNs);
    EXPECT_LE(after, clock_->Now().nanoseconds);
  }
}

}  // namespace isulad::test
