// The lock of a data directory, between processes.
#include "cmd/isulad/instance.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad {
namespace {

using test::IsErrorWith;

// A process that has the lock, and a child of it that has its descriptors.
class Holder {
 public:
  explicit Holder(const std::string& directory) {
    int ready[2];
    if (::pipe(ready) != 0 || ::pipe(life_) != 0) {
      std::abort();
    }
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(life_[1]);
      const Result<DirectoryLock> lock = DirectoryLock::Acquire(directory);
      Live(ready[1], lock.has_value());
    }
    ::close(ready[1]);
    ::close(life_[0]);
    char locked = 0;
    locked_ = ::read(ready[0], &locked, 1) == 1 && locked == 1;
    ::close(ready[0]);
  }
  ~Holder() {
    Kill();
    ::close(life_[1]);  // ends the child
  }
  bool locked() const { return locked_; }
  void Kill() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
      pid_ = -1;
    }
  }

 private:
  [[noreturn]] void Live(int ready, bool locked) {
    const pid_t child = ::fork();
    if (child != 0) {
      const char answer = locked ? 1 : 0;
      IgnoreCount(::write(ready, &answer, 1));
    }
    char none = 0;
    IgnoreCount(::read(life_[0], &none, 1));  // until the test closes its end
    ::_exit(0);
  }
  static void IgnoreCount(ssize_t) {}

  int life_[2];
  pid_t pid_ = -1;
  bool locked_ = false;
};

TEST(DirectoryLock, RefusesASecondDaemonByThePidOfTheFirst) {
  test::TempDir directory;
  const Holder holder(directory.path());
  ASSERT_TRUE(holder.locked());
  EXPECT_THAT(DirectoryLock::Acquire(directory.path()),
              IsErrorWith(Code::kAlreadyExists, "in use by another daemon (pid "));
}

TEST(DirectoryLock, GoesWithADaemonThatIsKilledWhileItStartsAProgram) {
  test::TempDir directory;
  Holder holder(directory.path());
  ASSERT_TRUE(holder.locked());
  holder.Kill();  // its child, which has not run a program yet, lives on
  EXPECT_OK(DirectoryLock::Acquire(directory.path()));
}

TEST(DirectoryLock, WaitsForADaemonThatIsAboutToEnd) {
  test::TempDir directory;
  Holder holder(directory.path());
  ASSERT_TRUE(holder.locked());
  std::thread killer([&holder] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    holder.Kill();
  });
  EXPECT_OK(DirectoryLock::Acquire(directory.path()));
  killer.join();
}

}  // namespace
}  // namespace isulad
