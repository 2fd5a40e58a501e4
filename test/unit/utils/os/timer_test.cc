#include "utils/os/timer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <thread>

#include "support/result_matchers.h"

namespace isulad::os {
namespace {

using std::chrono::steady_clock;

class TimerTest : public testing::Test {
 protected:
  TimerTest() : loop_(*EventLoop::Create()) {}
  // Runs what has been posted until now, and what that leads to at once.
  void RunLoop() {
    loop_->Post([this] { loop_->Stop(); });
    EXPECT_OK(loop_->Run());
  }
  std::unique_ptr<EventLoop> loop_;
};

TEST_F(TimerTest, FiresOnceWhenItsTimeHasCome) {
  int fired = 0;
  const Timer timer(loop_.get(), steady_clock::now(), [&] {
    ++fired;
    loop_->Stop();
  });
  EXPECT_OK(loop_->Run());
  EXPECT_EQ(fired, 1);
}

TEST_F(TimerTest, DoesNotFireEarly) {
  const auto when = steady_clock::now() + std::chrono::milliseconds(5);
  steady_clock::time_point fired;
  const Timer timer(loop_.get(), when, [&] {
    fired = steady_clock::now();
    loop_->Stop();
  });
  EXPECT_OK(loop_->Run());
  EXPECT_GE(fired, when);
}

TEST_F(TimerTest, DoesNotFireWhenItIsGone) {
  bool fired = false;
  {
    const Timer timer(loop_.get(), steady_clock::now(), [&] { fired = true; });
  }
  const Timer later(loop_.get(), steady_clock::now() + std::chrono::milliseconds(5),
                    [&] { loop_->Stop(); });
  EXPECT_OK(loop_->Run());
  EXPECT_FALSE(fired);
}

TEST_F(TimerTest, MayOutliveTheRunOfItsLoop) {
  RunLoop();
  const Timer timer(loop_.get(), steady_clock::now(), [] { FAIL() << "nobody runs it"; });
}

}  // namespace
}  // namespace isulad::os
