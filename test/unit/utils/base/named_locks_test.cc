#include "utils/base/named_locks.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace isulad {
namespace {

using Names = std::vector<std::string>;

// Not atomic on purpose: only the lock keeps the additions apart.
TEST(NamedLocks, LetOneThreadInForEachName) {
  NamedLocks locks;
  int counts[2] = {};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&locks, &counts, which = i % 2] {
      for (int round = 0; round < 5000; ++round) {
        const NamedLock lock(locks, std::to_string(which));
        counts[which] = counts[which] + 1;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(counts[0], 10000);
  EXPECT_EQ(counts[1], 10000);
}

TEST(NamedLocks, OtherNamesAreFree) {
  NamedLocks locks;
  const NamedLock held(locks, "a");
  std::thread([&locks] { const NamedLock other(locks, "b"); }).join();
}

TEST(NamedLocks, ManyAreTakenInOneOrderAndEachOnce) {
  NamedLocks locks;
  std::thread one([&locks] {
    for (int round = 0; round < 1000; ++round) {
      const NamedLock lock(locks, Names{"a", "b", "a"});
    }
  });
  for (int round = 0; round < 1000; ++round) {
    const NamedLock lock(locks, Names{"b", "a"});
  }
  one.join();
}

TEST(NamedLocks, WhoWaitsComesInWhenItIsGivenBack) {
  NamedLocks locks;
  std::atomic<bool> given_back = false;
  std::thread waiting;
  {
    const NamedLock held(locks, "a");
    waiting = std::thread([&] {
      const NamedLock lock(locks, "a");
      EXPECT_TRUE(given_back);
    });
    std::this_thread::yield();
    given_back = true;
  }
  waiting.join();
}

}  // namespace
}  // namespace isulad
