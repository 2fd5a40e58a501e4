#include "daemon/modules/container/container.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "sample.h"
#include "support/result_matchers.h"

namespace isulad::container {
namespace {

using std::chrono::steady_clock;
using test::IsErrorWith;

constexpr std::chrono::seconds kLong(60);  // never waited for if the code is right

State InPhase(Phase phase) {
  State state;
  state.phase = phase;
  return state;
}

std::shared_ptr<Container> Make(Phase phase) {
  return std::make_shared<Container>(MinimalConfig(IdOf('a'), "web"), InPhase(phase));
}

void Exit(Container& container, int exit_code) {
  ASSERT_OK(container.Apply(Event::kExited, [&](State& next) { next.exit_code = exit_code; }));
}

TEST(Container, AppliesAnEventWithItsChange) {
  const auto container = Make(Phase::kStarting);
  ASSERT_OK_AND_ASSIGN(const State state,
                       container->Apply(Event::kStarted, [](State& next) { next.pid = 42; }));
  EXPECT_EQ(state.phase, Phase::kRunning);
  EXPECT_EQ(state.pid, 42);
  EXPECT_EQ(container->state(), state);
}

TEST(Container, ChangesNothingWhereTheEventIsForbidden) {
  const auto container = Make(Phase::kCreated);
  bool called = false;
  EXPECT_THAT(container->Apply(Event::kExited, [&](State&) { called = true; }),
              IsErrorWith(Code::kFailedPrecondition, "is not running"));
  EXPECT_FALSE(called);
  EXPECT_EQ(container->state(), InPhase(Phase::kCreated));
}

// What an exit waiter was told; empty before that.
using Heard = std::optional<RunEnd>;

Container::ExitCallback TellOnce(Heard& heard) {
  return [&heard](const RunEnd& end) {
    EXPECT_FALSE(heard.has_value()) << "told twice";
    heard = end;
  };
}

TEST(ContainerWaiters, AreToldAtOnceWhereItDoesNotRun) {
  for (const Phase phase : {Phase::kCreated, Phase::kExited, Phase::kRemoving}) {
    State state = InPhase(phase);
    state.exit_code = 7;
    Container container(MinimalConfig(IdOf('a'), "web"), state);
    Heard heard;
    container.OnExit(false, TellOnce(heard));
    ASSERT_TRUE(heard.has_value());
    EXPECT_EQ(heard->exit_code, 7);
  }
}

TEST(ContainerWaiters, AreToldHowTheRunEnded) {
  for (const Phase phase : {Phase::kStarting, Phase::kRunning}) {
    const auto container = Make(phase);
    Heard first;
    Heard second;
    container->OnExit(false, TellOnce(first));
    container->OnExit(false, TellOnce(second));
    Exit(*container, 3);
    EXPECT_FALSE(first.has_value());  // the end of the run may still have work to do
    container->NotifyExit();
    ASSERT_TRUE(first.has_value());
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(first->exit_code, 3);
    container->NotifyExit();  // nobody is told twice
  }
}

TEST(ContainerWaiters, ForTheRemovalWaitLonger) {
  const auto container = Make(Phase::kRunning);
  Heard heard;
  container->OnExit(true, TellOnce(heard));
  Exit(*container, 5);
  container->NotifyExit();
  EXPECT_FALSE(heard.has_value());
  container->NotifyRemoval(true, {"a notice"});
  ASSERT_TRUE(heard.has_value());
  EXPECT_EQ(heard->exit_code, 5);
  EXPECT_EQ(heard->notices, std::vector<std::string>{"a notice"});
}

TEST(ContainerWaiters, ForTheRemovalHearOfItsFailure) {
  const auto container = Make(Phase::kRunning);
  Heard heard;
  container->OnExit(true, TellOnce(heard));
  Exit(*container, 0);
  container->NotifyRemoval(false, {"it is busy"});
  ASSERT_TRUE(heard.has_value());
  EXPECT_EQ(heard->notices, std::vector<std::string>{"it is busy"});
}

TEST(ContainerWaiters, ForTheRemovalAreToldAtOnceAfterIt) {
  const auto container = Make(Phase::kExited);
  Heard before;
  container->OnExit(true, TellOnce(before));
  EXPECT_FALSE(before.has_value());
  container->NotifyRemoval(true, {});
  Heard after;
  container->OnExit(true, TellOnce(after));
  EXPECT_TRUE(before.has_value());
  EXPECT_TRUE(after.has_value());
}

TEST(ContainerWaiters, ForTheEndForGoodAreToldWhenTheOperationThatSeesItIsOver) {
  const auto container = Make(Phase::kRunning);
  Heard heard;
  container->OnEndForGood(TellOnce(heard));
  {
    ASSERT_OK_AND_ASSIGN(const ScopedOperation operation, ScopedOperation::Acquire(container));
    Exit(*container, 5);
    container->NotifyExit();
    EXPECT_FALSE(heard.has_value());  // its restart policy may have a say yet
  }
  ASSERT_TRUE(heard.has_value());
  EXPECT_EQ(heard->exit_code, 5);
}

TEST(ContainerWaiters, ForTheEndForGoodWaitOverRestarts) {
  const auto container = Make(Phase::kRunning);
  Heard heard;
  container->OnEndForGood(TellOnce(heard));
  {
    ASSERT_OK_AND_ASSIGN(const ScopedOperation operation, ScopedOperation::Acquire(container));
    Exit(*container, 1);
    container->NotifyExit();
    Heard late;
    const Container::WaitId id = container->OnEndForGood(TellOnce(late));
    EXPECT_FALSE(late.has_value());  // not even between the end and the decision
    container->CancelWait(id);
    ASSERT_OK(container->Apply(Event::kAwaitRestart));
  }
  EXPECT_FALSE(heard.has_value());
  {
    ASSERT_OK_AND_ASSIGN(const ScopedOperation operation, ScopedOperation::Acquire(container));
    ASSERT_OK(container->Apply(Event::kGiveUp));
  }
  EXPECT_TRUE(heard.has_value());
}

TEST(ContainerWaiters, ForTheEndForGoodWaitOverARestartByAUser) {
  const auto container = Make(Phase::kRunning);
  Heard heard;
  container->OnEndForGood(TellOnce(heard));
  {
    const ScopedRestart restart(container);
    {
      ASSERT_OK_AND_ASSIGN(const ScopedOperation operation, ScopedOperation::Acquire(container));
      Exit(*container, 1);
      container->NotifyExit();
    }
    EXPECT_FALSE(heard.has_value());
  }
  EXPECT_TRUE(heard.has_value());  // the start did not happen
}

TEST(ContainerWaiters, ForTheEndForGoodAreToldOfARemoval) {
  const auto container = Make(Phase::kRunning);
  Heard heard;
  container->OnEndForGood(TellOnce(heard));
  Exit(*container, 5);
  container->NotifyRemoval(true, {});
  EXPECT_TRUE(heard.has_value());
  Heard after;
  container->OnEndForGood(TellOnce(after));
  EXPECT_TRUE(after.has_value());
}

TEST(ContainerWaiters, ForTheEndForGoodAreToldAtOnceWhereItDoesNotRun) {
  Heard heard;
  Make(Phase::kExited)->OnEndForGood(TellOnce(heard));
  EXPECT_TRUE(heard.has_value());
}

TEST(ContainerWaiters, HearNothingOnceCancelled) {
  const auto container = Make(Phase::kRunning);
  Heard cancelled;
  Heard other;
  const Container::WaitId id = container->OnExit(false, TellOnce(cancelled));
  container->OnExit(false, TellOnce(other));
  container->CancelWait(id);
  container->CancelWait(id);  // repeating it is harmless
  Exit(*container, 0);
  container->NotifyExit();
  EXPECT_FALSE(cancelled.has_value());
  EXPECT_TRUE(other.has_value());
}

TEST(ContainerWaiters, MayCallTheContainerFromTheirCallback) {
  const auto container = Make(Phase::kRunning);
  Phase seen = Phase::kRunning;
  container->OnExit(false, [&](const RunEnd&) {
    seen = container->state().phase;
    container->OnExit(false, [](const RunEnd&) {});
    container->CancelWait(1);
  });
  Exit(*container, 0);
  container->NotifyExit();
  EXPECT_EQ(seen, Phase::kExited);
}

TEST(ContainerWaiters, OfManyThreadsAreAllToldExactlyOnce) {
  constexpr int kWaiters = 64;
  const auto container = Make(Phase::kRunning);
  std::atomic<int> told = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kWaiters; ++i) {
    threads.emplace_back([&] { container->OnExit(false, [&](const RunEnd&) { ++told; }); });
  }
  Exit(*container, 0);
  container->NotifyExit();
  for (std::thread& thread : threads) {
    thread.join();
  }
  container->NotifyExit();  // for waiters added between the two lines above
  EXPECT_EQ(told, kWaiters);
}

// Waits for the current run, on a thread of its own.
std::future<Container::Waited> WaitAside(const std::shared_ptr<Container>& container) {
  return std::async(std::launch::async, [container, run = container->run()] {
    return container->WaitForEnd(run, steady_clock::now() + kLong);
  });
}

TEST(ContainerWait, ReturnsAtOnceWhereItDoesNotRun) {
  const auto container = Make(Phase::kExited);
  EXPECT_EQ(container->WaitForEnd(container->run(), steady_clock::now() + kLong),
            Container::Waited::kEnded);
}

TEST(ContainerWait, GivesUpAtTheDeadline) {
  const auto container = Make(Phase::kRunning);
  EXPECT_EQ(container->WaitForEnd(container->run(), steady_clock::now()),
            Container::Waited::kTimedOut);
}

TEST(ContainerWait, EndsWithTheRun) {
  const auto container = Make(Phase::kRunning);
  std::future<Container::Waited> waited = WaitAside(container);
  Exit(*container, 0);
  container->NotifyExit();
  EXPECT_EQ(waited.get(), Container::Waited::kEnded);
}

TEST(ContainerWait, DoesNotTakeALaterRunForTheOneThatItWaitsFor) {
  const auto container = Make(Phase::kRunning);
  const Container::RunId run = container->run();
  Exit(*container, 0);
  ASSERT_OK(container->Apply(Event::kStart));
  ASSERT_OK(container->Apply(Event::kStarted));
  EXPECT_EQ(container->WaitForEnd(run, steady_clock::now() + kLong), Container::Waited::kEnded);
  EXPECT_EQ(container->WaitForEnd(container->run(), steady_clock::now()),
            Container::Waited::kTimedOut);
}

TEST(ContainerWait, TellsOfAPause) {
  const auto container = Make(Phase::kRunning);
  std::future<Container::Waited> waited = WaitAside(container);
  ASSERT_OK(container->Apply(Event::kPause));
  EXPECT_EQ(waited.get(), Container::Waited::kPaused);
}

TEST(ContainerWait, EndsOnlyWhenTheEndHasBeenTold) {
  const auto container = Make(Phase::kRunning);
  const Container::RunId run = container->run();
  Exit(*container, 3);
  EXPECT_EQ(container->WaitForEnd(run, steady_clock::now()), Container::Waited::kTimedOut);
  int code = -1;
  container->OnExit(false, [&code](const RunEnd& end) { code = end.exit_code; });
  EXPECT_EQ(code, -1);
  container->NotifyExit();
  EXPECT_EQ(code, 3);
  EXPECT_EQ(container->WaitForEnd(run, steady_clock::now()), Container::Waited::kEnded);
}

TEST(ContainerWait, EndsWithTheDaemon) {
  const auto container = Make(Phase::kRunning);
  std::future<Container::Waited> waited = WaitAside(container);
  container->InterruptWaits();
  EXPECT_EQ(waited.get(), Container::Waited::kInterrupted);
}

// Waits without a thread for the current run, until `deadline`, and keeps the outcome.
struct ThreadlessWait {
  ThreadlessWait(const std::shared_ptr<Container>& container, steady_clock::time_point deadline)
      : id(container->NewWaitId()) {
    outcome = container->OnRunEnd(id, container->run(), deadline,
                                  [this](Container::Waited waited) { outcome = waited; });
  }
  const Container::WaitId id;
  std::optional<Container::Waited> outcome;
};

TEST(ContainerThreadlessWait, ComesToWhatAThreadWouldHaveWaitedFor) {
  EXPECT_EQ(ThreadlessWait(Make(Phase::kExited), steady_clock::now() + kLong).outcome,
            Container::Waited::kEnded);
  const auto ends = Make(Phase::kRunning);
  const ThreadlessWait end(ends, steady_clock::now() + kLong);
  Exit(*ends, 0);
  EXPECT_EQ(end.outcome, std::nullopt);
  ends->NotifyExit();
  EXPECT_EQ(end.outcome, Container::Waited::kEnded);

  const auto pauses = Make(Phase::kRunning);
  const ThreadlessWait pause(pauses, steady_clock::now() + kLong);
  ASSERT_OK(pauses->Apply(Event::kPause));
  EXPECT_EQ(pause.outcome, Container::Waited::kPaused);

  const auto stays = Make(Phase::kRunning);
  const ThreadlessWait interrupted(stays, steady_clock::now() + kLong);
  stays->InterruptWaits();
  EXPECT_EQ(interrupted.outcome, Container::Waited::kInterrupted);
}

TEST(ContainerThreadlessWait, ExpiresOnceAndOnlyItself) {
  const auto container = Make(Phase::kRunning);
  const ThreadlessWait first(container, steady_clock::now() + kLong);
  const ThreadlessWait second(container, steady_clock::now() + kLong);
  container->ExpireWait(first.id);
  container->ExpireWait(first.id);
  EXPECT_EQ(first.outcome, Container::Waited::kTimedOut);
  EXPECT_EQ(second.outcome, std::nullopt);
  container->InterruptWaits();
}

// The timer may have fired before the wait was registered.
TEST(ContainerThreadlessWait, DoesNotBeginAfterItsDeadline) {
  EXPECT_EQ(ThreadlessWait(Make(Phase::kRunning), steady_clock::now()).outcome,
            Container::Waited::kTimedOut);
}

TEST(RequireRunning, NamesTheReason) {
  EXPECT_OK(RequireRunning(*Make(Phase::kRunning)));
  EXPECT_THAT(RequireRunning(*Make(Phase::kPaused)),
              IsErrorWith(Code::kFailedPrecondition, "\"web\" is paused: unpause it first"));
  for (const Phase phase :
       {Phase::kCreated, Phase::kStarting, Phase::kRestarting, Phase::kExited, Phase::kRemoving}) {
    EXPECT_THAT(RequireRunning(*Make(phase)),
                IsErrorWith(Code::kFailedPrecondition, "\"web\" is not running"));
  }
}

TEST(ScopedRestart, IsDueWhileOneExists) {
  const auto container = Make(Phase::kRunning);
  {
    const ScopedRestart first(container);
    {
      const ScopedRestart second(container);
      EXPECT_TRUE(container->restart_is_due());
    }
    EXPECT_TRUE(container->restart_is_due());
  }
  EXPECT_FALSE(container->restart_is_due());
}

TEST(ScopedOperation, LetsTheNextOneInWhenItEnds) {
  const auto container = Make(Phase::kCreated);
  std::atomic<bool> second_has_it = false;
  std::thread second;
  {
    ASSERT_OK_AND_ASSIGN(const ScopedOperation first, ScopedOperation::Acquire(container));
    std::promise<void> trying;
    second = std::thread([&] {
      trying.set_value();
      const Result<ScopedOperation> operation = ScopedOperation::Acquire(container);
      EXPECT_OK(operation);
      second_has_it = true;
    });
    trying.get_future().wait();
    EXPECT_FALSE(second_has_it);
  }
  second.join();
  EXPECT_TRUE(second_has_it);
}

TEST(ScopedOperation, ComesInTheOrderOfTheRequestsButForWhatGoesFirst) {
  const auto container = Make(Phase::kCreated);
  std::vector<std::string> order;
  const auto request = [&](const std::string& name, ScopedOperation::Turn turn) {
    return ScopedOperation::Request(container, turn, [&order, name](Result<ScopedOperation> got) {
      order.push_back(name + (got ? "" : " gone"));
    });
  };
  {
    const auto now = request("free", ScopedOperation::Turn::kLast);
    ASSERT_TRUE(now.has_value() && now->has_value());
    EXPECT_FALSE(request("first", ScopedOperation::Turn::kLast).has_value());
    EXPECT_FALSE(request("second", ScopedOperation::Turn::kLast).has_value());
    EXPECT_FALSE(request("exit", ScopedOperation::Turn::kFirst).has_value());
    EXPECT_THAT(order, ElementsAre());
  }
  // Each request gives up the slot immediately, so that the next one gets it.
  EXPECT_THAT(order, ElementsAre("exit", "first", "second"));
  EXPECT_OK(ScopedOperation::Acquire(container));
}

TEST(ScopedOperation, TellsAllThatWaitWhereTheContainerGoes) {
  const auto container = Make(Phase::kExited);
  int told = 0;
  {
    ASSERT_OK_AND_ASSIGN(const ScopedOperation removal, ScopedOperation::Acquire(container));
    for (int i = 0; i < 3; ++i) {
      EXPECT_FALSE(ScopedOperation::Request(
          container, ScopedOperation::Turn::kLast,
          [&told](const Result<ScopedOperation>& got) { told += got ? 0 : 1; }));
    }
    container->NotifyRemoval(true, {});
  }
  EXPECT_EQ(told, 3);
}

TEST(ScopedOperation, KeepsTheSlotWhenMoved) {
  const auto container = Make(Phase::kCreated);
  std::atomic<int> inside = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 100; ++round) {
        Result<ScopedOperation> acquired = ScopedOperation::Acquire(container);
        ASSERT_OK(acquired);
        const ScopedOperation operation = *std::move(acquired);
        EXPECT_EQ(++inside, 1);
        --inside;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

TEST(ScopedOperation, FindsNoContainerAfterItsRemoval) {
  const auto container = Make(Phase::kExited);
  std::thread waiting;
  {
    ASSERT_OK_AND_ASSIGN(const ScopedOperation removal, ScopedOperation::Acquire(container));
    std::promise<void> trying;
    waiting = std::thread([&] {
      trying.set_value();
      EXPECT_THAT(ScopedOperation::Acquire(container),
                  IsErrorWith(Code::kNotFound, "No such container"));
    });
    trying.get_future().wait();
    container->NotifyRemoval(true, {});
  }
  waiting.join();
  EXPECT_THAT(ScopedOperation::Acquire(container),
              IsErrorWith(Code::kNotFound, "No such container"));
}

}  // namespace
}  // namespace isulad::container
