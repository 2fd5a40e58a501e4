#include "utils/base/task.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

// Goes on where it is resumed from.
const Wait<int>::Resume kInPlace = [](std::coroutine_handle<> task) { task.resume(); };

// Something that calls back when it is told to.
struct Event {
  std::function<void(int)> done;
  std::optional<int> known;

  Wait<int> Waiting() {
    return {kInPlace, [this](Wait<int>::Done callback) {
              done = std::move(callback);
              return known;
            }};
  }
};

Task<int> Sum(Event* event, int number) {
  Wait<int> wait = event->Waiting();
  const int got = co_await wait;
  co_return got + number;
}

Task<Result<std::string>> Text(Event* event, Result<int> number) {
  CO_ASSIGN_OR_RETURN(const int plain, number);
  const int sum = co_await Sum(event, plain);
  CO_RETURN_IF_ERROR(sum == 0 ? Status(InvalidArgument("nothing")) : OkStatus());
  co_return std::to_string(sum);
}

TEST(Task, GoesOnWhenWhatItWaitsForCallsBack) {
  Event event;
  std::optional<Result<std::string>> outcome;
  Begin(Text(&event, 2),
        std::function<void(Result<std::string>)>([&](auto text) { outcome = text; }));
  EXPECT_FALSE(outcome.has_value());
  event.done(3);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(**outcome, "5");
}

TEST(Task, DoesNotWaitForWhatIsKnown) {
  Event event;
  event.known = 40;
  EXPECT_EQ(Await(Sum(&event, 2)), 42);
}

TEST(Task, ReturnsErrorsEarly) {
  Event event;
  EXPECT_THAT(Await(Text(&event, InvalidArgument("no number"))),
              IsErrorWith(Code::kInvalidArgument, "no number"));
  EXPECT_EQ(event.done, nullptr);
  event.known = -2;
  EXPECT_THAT(Await(Text(&event, 2)), IsErrorWith(Code::kInvalidArgument, "nothing"));
}

TEST(Task, DoesNothingUnlessItIsAwaited) {
  Event event;
  { const Task<int> never = Sum(&event, 1); }
  EXPECT_EQ(event.done, nullptr);
}

Task<int> Holding(Event* event, std::shared_ptr<int> held) {
  const std::shared_ptr<int> also = held;
  co_return co_await Sum(event, *also);
}

TEST(Task, FreesWhatItHolds) {
  auto held = std::make_shared<int>(7);
  const std::weak_ptr<int> watched = held;
  Event event;
  int outcome = 0;
  Begin(Holding(&event, std::move(held)),
        std::function<void(int)>([&](int sum) { outcome = sum; }));
  EXPECT_FALSE(watched.expired());
  event.done(1);
  EXPECT_EQ(outcome, 8);
  EXPECT_TRUE(watched.expired());
}

Task<std::unique_ptr<int>> Moved(Event* event) {
  auto value = std::make_unique<int>(co_await Sum(event, 1));
  co_return std::move(value);
}

TEST(Task, MovesItsValue) {
  Event event;
  event.known = 1;
  EXPECT_EQ(*Await(Moved(&event)), 2);
}

// As in the daemon: the call back comes on one thread, the task goes on on another, the caller
// waits on a third; often before the wait has been registered to its end.
TEST(Task, PassesFromThreadToThread) {
  for (int round = 0; round < 500; ++round) {
    std::vector<std::thread> threads;
    std::thread resuming;
    const auto task = [&]() -> Task<int> {
      Wait<int> wait(
          [&](std::coroutine_handle<> handle) {
            resuming = std::thread([handle] { handle.resume(); });
          },
          [&](Wait<int>::Done done) {
            threads.emplace_back([done] { done(5); });
            return std::optional<int>();
          });
      co_return co_await wait;
    };
    EXPECT_EQ(Await(task()), 5);
    for (std::thread& thread : threads) {
      thread.join();
    }
    resuming.join();
  }
}

}  // namespace
}  // namespace isulad
