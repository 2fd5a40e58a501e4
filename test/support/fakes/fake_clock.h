// A clock that the test sets.
#ifndef ISULAD_TEST_SUPPORT_FAKES_FAKE_CLOCK_H_
#define ISULAD_TEST_SUPPORT_FAKES_FAKE_CLOCK_H_

#include <atomic>
#include <chrono>

#include "utils/base/clock.h"

namespace isulad::test {

// Goes on where it is told to, and while somebody sleeps. Thread-safe.
class FakeClock final : public Clock {
 public:
  // A day in 2001 unless told otherwise.
  explicit FakeClock(Timestamp now = {1'000'000'000'000'000'000}) : now_(now.nanoseconds) {}

  void Set(Timestamp now) { now_ = now.nanoseconds; }
  void Advance(std::chrono::nanoseconds time) { now_ += time.count(); }

  Timestamp Now() const override { return {now_}; }
  // Returns at once: only the clock takes the time.
  void SleepFor(std::chrono::milliseconds time) const override {
    now_ += std::chrono::nanoseconds(time).count();
  }

 private:
  mutable std::atomic<int64_t> now_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_FAKE_CLOCK_H_
