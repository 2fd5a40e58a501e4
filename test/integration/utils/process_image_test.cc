#include "utils/os/process_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/process.h"

namespace isulad::os {
namespace {

// How this process takes a signal; nothing where that cannot be read.
std::optional<Hearing> Of(int signal) {
  const Result<Hearing> hearing = HearingOf(::getpid(), signal);
  return hearing ? std::optional<Hearing>(*hearing) : std::nullopt;
}

// `sleep`, by a name of its own; ended at the end of the test.
class ProcessImageTest : public ::testing::Test {
 protected:
  void Start(const std::string& program, const std::string& argument) {
    SpawnOptions options;
    options.program = program;
    options.argv = {argument, "1000"};
    ASSERT_OK_AND_ASSIGN(process_, Spawn(options));
    // It has left us by then, but the kernel lays out its arguments a moment later.
    while (FirstArgument(process_.pid).value_or("gone").empty()) {
      std::this_thread::yield();
    }
  }
  ~ProcessImageTest() override {
    if (process_.pidfd) {
      IgnoreError(SendSignal(process_.pidfd, SIGKILL));
      IgnoreError(WaitForExit(process_.pidfd));
    }
  }

  Process process_;
};

TEST_F(ProcessImageTest, NamesTheProgramThatALinkLeadsTo) {
  const test::TempDir directory;
  const std::string program = directory.path() + "/the-program";
  std::filesystem::copy_file("/bin/sleep", program);
  std::filesystem::create_symlink(program, directory.path() + "/link");
  Start(directory.path() + "/link", "/sbin/init");
  EXPECT_EQ(ProgramName(process_.pid).value_or(""), "the-program");
  EXPECT_EQ(FirstArgument(process_.pid).value_or(""), "/sbin/init");
  std::filesystem::remove(program);  // as an upgrade of what runs does
  EXPECT_EQ(ProgramName(process_.pid).value_or(""), "the-program");
}

TEST_F(ProcessImageTest, TellsWhatIsCaughtOrBlockedFromWhatIsLost) {
  ::signal(SIGUSR1, [](int) {});
  EXPECT_EQ(Of(SIGUSR1), Hearing::kCaught);
  ::signal(SIGUSR1, SIG_IGN);
  EXPECT_EQ(Of(SIGUSR1), Hearing::kLost);
  ::signal(SIGUSR1, SIG_DFL);
  EXPECT_EQ(Of(SIGUSR1), Hearing::kLost);

  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGRTMIN + 3);
  sigset_t before;
  ASSERT_EQ(::sigprocmask(SIG_BLOCK, &set, &before), 0);
  EXPECT_EQ(Of(SIGRTMIN + 3), Hearing::kBlocked);
  EXPECT_EQ(Of(SIGRTMIN + 4), Hearing::kLost);
  ASSERT_EQ(::sigprocmask(SIG_SETMASK, &before, nullptr), 0);
}

TEST(ProcessImage, FailsWhereThereIsNoSuchProcess) {
  EXPECT_THAT(ProgramName(INT32_MAX), test::IsErrno(ENOENT));
  EXPECT_THAT(FirstArgument(INT32_MAX), test::IsErrno(ENOENT));
  EXPECT_THAT(HearingOf(INT32_MAX, SIGTERM), test::IsErrno(ENOENT));
}

}  // namespace
}  // namespace isulad::os
