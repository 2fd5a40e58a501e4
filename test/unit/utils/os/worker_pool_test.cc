#include "utils/os/worker_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "support/lowered_limit.h"
#include "support/result_matchers.h"

namespace isulad::os {
namespace {

constexpr std::chrono::seconds kFarAbove(30);

// Tasks that wait until they are let go, and how many have begun and ended.
class Tasks {
 public:
  void PostTo(WorkerPool& pool, int number) {
    for (int task = 0; task < number; ++task) {
      pool.Post([this] {
        ++begun_;
        open_.wait();
        ++ended_;
      });
    }
  }
  void LetGo() { gate_.set_value(); }
  bool HaveBegun(int number) const {
    const auto end = std::chrono::steady_clock::now() + kFarAbove;
    while (begun_ < number && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
    }
    return begun_ >= number;
  }
  int ended() const { return ended_; }

 private:
  std::promise<void> gate_;
  const std::shared_future<void> open_ = gate_.get_future().share();
  std::atomic<int> begun_ = 0;
  std::atomic<int> ended_ = 0;
};

TEST(WorkerPool, RunsAsManyTasksAtOnceAsItMayHaveThreads) {
  Tasks tasks;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<WorkerPool> pool, WorkerPool::Create(3));
  tasks.PostTo(*pool, 4);
  EXPECT_TRUE(tasks.HaveBegun(3));
  EXPECT_EQ(tasks.ended(), 0);
  tasks.LetGo();
  pool->Drain();
  EXPECT_EQ(tasks.ended(), 4);
}

TEST(WorkerPool, GoesOnAfterItsThreadsWereIdle) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<WorkerPool> pool,
                       WorkerPool::Create(3, std::chrono::milliseconds(1)));
  for (int round = 0; round < 20; ++round) {
    Tasks tasks;
    tasks.PostTo(*pool, 3);
    EXPECT_TRUE(tasks.HaveBegun(3));
    tasks.LetGo();
    pool->Drain();
    EXPECT_EQ(tasks.ended(), 3);
  }
}

TEST(WorkerPool, RunsAllTasksWhereTheSystemHasNoFurtherThread) {
  Tasks tasks;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<WorkerPool> pool, WorkerPool::Create(64));
  {
    const test::LoweredLimit no_memory(RLIMIT_AS, 1);  // for a stack
    tasks.PostTo(*pool, 64);
  }
  EXPECT_TRUE(tasks.HaveBegun(1));
  tasks.LetGo();
  pool->Drain();
  EXPECT_EQ(tasks.ended(), 64);
}

TEST(WorkerPool, CannotBeMadeWithoutAThread) {
  const test::LoweredLimit no_memory(RLIMIT_AS, 1);
  int made = 0;
  std::vector<std::unique_ptr<WorkerPool>>
      pools;  // stacks of threads that have ended are used again
  for (; made < 100; ++made) {
    Result<std::unique_ptr<WorkerPool>> pool = WorkerPool::Create(1);
    if (!pool) {
      EXPECT_EQ(pool.error().code(), Code::kResourceExhausted);
      EXPECT_THAT(pool.error().message(), testing::HasSubstr("start a thread"));
      break;
    }
    pools.push_back(*std::move(pool));
  }
  EXPECT_LT(made, 100);
}

}  // namespace
}  // namespace isulad::os
