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
#include "utils/os/file.h"

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
      const Result<DirectoryLock> lock = DirectoryLock::Acquire("data", directory);
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
  EXPECT_THAT(DirectoryLock::Acquire("data", directory.path()),
              IsErrorWith(Code::kAlreadyExists, "data directory \"" + directory.path() +
                                                    "\" is in use by another daemon (pid "));
}

TEST(DirectoryLock, GoesWithADaemonThatIsKilledWhileItStartsAProgram) {
  test::TempDir directory;
  Holder holder(directory.path());
  ASSERT_TRUE(holder.locked());
  holder.Kill();  // its child, which has not run a program yet, lives on
  EXPECT_OK(DirectoryLock::Acquire("data", directory.path()));
}

TEST(DirectoryLock, WaitsForADaemonThatIsAboutToEnd) {
  test::TempDir directory;
  Holder holder(directory.path());
  ASSERT_TRUE(holder.locked());
  std::thread killer([&holder] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    holder.Kill();
  });
  EXPECT_OK(DirectoryLock::Acquire("data", directory.path()));
  killer.join();
}

TEST(PidFile, IsRefusedWhileItsDaemonLives) {
  test::TempDir directory;
  const std::string path = directory.Sub("isulad.pid");
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t other = ::fork();
  if (other == 0) {
    const Result<PidFile> file = PidFile::Claim(path);
    const char claimed = file ? 1 : 0;
    const bool told = ::write(ends[1], &claimed, 1) == 1;
    ::pause();
    ::_exit(told ? 0 : 1);
  }
  char claimed = 0;
  ASSERT_EQ(::read(ends[0], &claimed, 1), 1);
  EXPECT_EQ(claimed, 1);
  EXPECT_THAT(PidFile::Claim(path),
              IsErrorWith(Code::kAlreadyExists,
                          "is in use by another daemon (pid " + std::to_string(other) + ")"));
  EXPECT_EQ(os::ReadFile(path).value_or(""), std::to_string(other) + "\n");
  ::kill(other, SIGKILL);
  ::waitpid(other, nullptr, 0);
  {
    EXPECT_OK(PidFile::Claim(path));  // what it has left
  }
  EXPECT_NE(::access(path.c_str(), F_OK), 0);
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace isulad
