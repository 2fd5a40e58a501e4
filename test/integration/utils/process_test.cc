#include "utils/os/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

using test::IsErrorWith;

SpawnOptions Shell(std::string script) {
  SpawnOptions options;
  options.program = "/bin/sh";
  options.argv = {"sh", "-c", std::move(script)};
  return options;
}

std::string OutputOf(const SpawnOptions& options) {
  const Result<Output> output = RunAndCapture(options);
  EXPECT_OK(output);
  return output ? output->text : "";
}

TEST(Spawn, ReportsHowTheChildEnded) {
  ASSERT_OK_AND_ASSIGN(const Process exits, Spawn(Shell("exit 7")));
  ASSERT_OK_AND_ASSIGN(const ExitStatus exited, WaitForExit(exits.pidfd));
  EXPECT_EQ(exited.code, 7);
  EXPECT_EQ(exited.ShellStatus(), 7);

  ASSERT_OK_AND_ASSIGN(const Process dies, Spawn(Shell("kill -TERM $$")));
  ASSERT_OK_AND_ASSIGN(const ExitStatus died, WaitForExit(dies.pidfd));
  EXPECT_EQ(died.signal, SIGTERM);
  EXPECT_EQ(died.ShellStatus(), 128 + SIGTERM);
}

TEST(Spawn, PassesArgumentsAndEnvironmentAndNothingElse) {
  SpawnOptions options;
  options.program = "/usr/bin/env";
  options.argv = {"env"};
  options.env = {"A=1", "B=two words"};
  EXPECT_EQ(OutputOf(options), "A=1\nB=two words\n");
}

TEST(Spawn, PassesTheNamedDescriptorsOnly) {
  ASSERT_OK_AND_ASSIGN(const UniqueFd extra, Open("/dev/zero", O_RDONLY));
  const UniqueFd leaky(::open("/dev/zero", O_RDONLY));  // without close-on-exec
  SpawnOptions options;
  options.descriptors = {{extra.get(), 9}};
  options.program = "/bin/ls";
  options.argv = {"ls", "/proc/self/fd"};
  EXPECT_EQ(OutputOf(options), "0\n1\n2\n3\n9\n") << "3 is the directory that ls itself reads";
  options.program = "/usr/bin/readlink";
  options.argv = {"readlink", "/proc/self/fd/0", "/proc/self/fd/9"};
  EXPECT_EQ(OutputOf(options), "/dev/null\n/dev/zero\n");
}

TEST(Spawn, SwapsDescriptorsWhoseNumbersCollide) {
  const test::TempDir directory;
  ASSERT_OK_AND_ASSIGN(const UniqueFd a, Open(directory.Sub("a"), O_RDWR | O_CREAT, 0600));
  ASSERT_OK_AND_ASSIGN(const UniqueFd b, Open(directory.Sub("b"), O_RDWR | O_CREAT, 0600));
  SpawnOptions options;
  options.program = "/usr/bin/readlink";
  const std::string fd = "/proc/self/fd/";
  options.argv = {"readlink", fd + std::to_string(a.get()), fd + std::to_string(b.get())};
  options.descriptors = {{a.get(), b.get()}, {b.get(), a.get()}};
  EXPECT_EQ(OutputOf(options), directory.Sub("b") + "\n" + directory.Sub("a") + "\n");
}

TEST(Spawn, RefusesADescriptorThatIsNamedTwice) {
  SpawnOptions options = Shell("true");
  options.descriptors = {{0, 5}, {1, 5}};
  EXPECT_THAT(Spawn(options), IsErrorWith(Code::kInvalidArgument, "descriptor 5"));
}

TEST(Spawn, ReturnsErrorsBeforeExecAndLeavesNoChild) {
  SpawnOptions missing = Shell("true");
  missing.program = "/nonexistent/program";
  EXPECT_THAT(Spawn(missing),
              IsErrorWith(Code::kNotFound, "start \"/nonexistent/program\": execute"));

  SpawnOptions lost = Shell("true");
  lost.working_directory = "/nonexistent";
  EXPECT_THAT(Spawn(lost), IsErrorWith(Code::kNotFound, "change to directory \"/nonexistent\""));

  SpawnOptions closed = Shell("true");
  closed.descriptors = {{1000, 5}};
  EXPECT_THAT(Spawn(closed), test::IsErrno(EBADF));

  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Spawn, GivesDefaultSignalsAndAnEmptyMask) {
  test::RunInChild([] {
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGUSR1, [](int) {});
    sigset_t mask;
    ::sigemptyset(&mask);
    ::sigaddset(&mask, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &mask, nullptr);
    SpawnOptions options;
    options.program = "/bin/sed";
    options.argv = {"sed", "-n", "-E", "/^Sig(Blk|Ign|Cgt)/p", "/proc/self/status"};
    EXPECT_EQ(OutputOf(options),
              "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\nSigCgt:\t0000000000000000\n");
    sigset_t after;
    ::sigprocmask(SIG_BLOCK, nullptr, &after);
    EXPECT_TRUE(::sigismember(&after, SIGTERM));
    EXPECT_FALSE(::sigismember(&after, SIGINT));
  });
}

TEST(Spawn, StartsASessionAndADirectoryWhereAsked) {
  SpawnOptions options = Shell("pwd; ps -o sid= -p $$ | tr -d ' '; echo $$");
  options.env = {"PATH=/usr/bin:/bin"};
  options.new_session = true;
  options.working_directory = "/usr";
  const std::string text = OutputOf(options);
  const std::vector<std::string_view> lines = Split(text, '\n');
  ASSERT_EQ(lines.size(), 4u) << text;
  EXPECT_EQ(lines[0], "/usr");
  EXPECT_EQ(lines[1], lines[2]);
}

TEST(Spawn, SetsTheOomScoreOfTheChildAlone) {
  ASSERT_OK_AND_ASSIGN(const std::string own, ReadFile("/proc/self/oom_score_adj"));
  SpawnOptions options = Shell("cat /proc/self/oom_score_adj");
  EXPECT_EQ(OutputOf(options), own);
  options.oom_score_adj = 700;
  EXPECT_EQ(OutputOf(options), "700\n");
  EXPECT_EQ(ReadFile("/proc/self/oom_score_adj").value_or(""), own);
  options.oom_score_adj = 1001;
  EXPECT_THAT(Spawn(options), test::IsErrno(EINVAL));
}

TEST(Spawn, SetsTheUmaskOfTheChildAlone) {
  const mode_t before = ::umask(0022);
  SpawnOptions options = Shell("umask");
  EXPECT_EQ(OutputOf(options), "0022\n");
  options.umask = 0027;
  EXPECT_EQ(OutputOf(options), "0027\n");
  EXPECT_EQ(::umask(before), 0022u);
}

TEST(Spawn, SetsTheLimitOfDescriptorsOfTheChildAlone) {
  struct rlimit before = {};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  SpawnOptions options = Shell("ulimit -Sn; ulimit -Hn");
  options.descriptor_limit = 77;
  EXPECT_EQ(OutputOf(options), "77\n" + std::to_string(before.rlim_max) + "\n");
  options.descriptor_limit = before.rlim_max + 1;  // no more than there is
  EXPECT_EQ(OutputOf(options),
            std::to_string(before.rlim_max) + "\n" + std::to_string(before.rlim_max) + "\n");
  struct rlimit after = {};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &after), 0);
  EXPECT_EQ(after.rlim_cur, before.rlim_cur);
}

TEST(Spawn, HidesTheUnifiedHierarchyFromTheChildOnly) {
  test::RunInMountNamespace([] {
    const std::string table = "/proc/self/mountinfo";
    ASSERT_OK_AND_ASSIGN(const std::string before, ReadFile(table));
    SpawnOptions options;
    options.program = "/bin/cat";
    options.argv = {"cat", table};
    options.hide_unified_cgroup = true;
    const std::string seen = OutputOf(options);
    EXPECT_FALSE(seen.empty());
    EXPECT_EQ(seen.find(" /sys/fs/cgroup/unified "), std::string::npos);
    EXPECT_EQ(ReadFile(table).value_or(""), before);
  });
}

// A cgroup v2 directory for one test; the path is empty where this host has no v2 that we may write
// to.
class ScopedCgroup {
 public:
  ScopedCgroup() {
    for (const std::string root : {"/sys/fs/cgroup/unified", "/sys/fs/cgroup"}) {
      const std::string path = root + "/isulad-test-" + std::to_string(::getpid());
      if (PathExists(root + "/cgroup.procs") && PathExists(root + "/cgroup.controllers") &&
          ::mkdir(path.c_str(), 0755) == 0) {
        path_ = path;
        return;
      }
    }
  }
  ~ScopedCgroup() {
    if (!path_.empty()) {
      EXPECT_EQ(::rmdir(path_.c_str()), 0);
    }
  }
  ScopedCgroup(const ScopedCgroup&) = delete;
  ScopedCgroup& operator=(const ScopedCgroup&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Spawn, GivesBirthInTheCgroupThatIsNamed) {
  const ScopedCgroup cgroup;
  if (cgroup.path().empty()) {
    GTEST_SKIP() << "SKIPPED: no cgroup v2 that this test may write to";
  }
  ASSERT_OK_AND_ASSIGN(const UniqueFd directory, Open(cgroup.path(), O_RDONLY | O_DIRECTORY));
  SpawnOptions options;
  options.program = "/bin/sed";
  options.argv = {"sed", "-n", "s/^0:://p", "/proc/self/cgroup"};
  options.cgroup_fd = directory.get();
  const std::string born_in = OutputOf(options);
  const std::string name = "/isulad-test-" + std::to_string(::getpid()) + "\n";
  EXPECT_TRUE(born_in.ends_with(name)) << born_in;

  // A fork this time, and it must report what failed as well.
  options.program = "/nonexistent/program";
  EXPECT_THAT(Spawn(options), IsErrorWith(Code::kNotFound, "execute"));
}

TEST(RunAndCapture, TellsOutputFromError) {
  ASSERT_OK_AND_ASSIGN(const Output output, RunAndCapture(Shell("echo out; echo err >&2; exit 3")));
  EXPECT_EQ(output.text, "out\n");
  EXPECT_EQ(output.error, "err\n");
  EXPECT_EQ(output.status.code, 3);
}

TEST(RunAndCapture, DropsWhatIsBeyondTheLimit) {
  ASSERT_OK_AND_ASSIGN(const Output output,
                       RunAndCapture(Shell("head -c 1000000 /dev/zero; echo x >&2"), 1000));
  EXPECT_EQ(output.text.size(), 1000u);
  EXPECT_EQ(output.error, "x\n");
}

TEST(RunAndCapture, DoesNotWaitForGrandchildrenThatHoldThePipe) {
  // The grandchild ends when our end of its input closes, at the end of this test.
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd reader(ends[0]);
  const UniqueFd writer(ends[1]);
  SpawnOptions options = Shell("cat <&5 & echo started");
  options.env = {"PATH=/usr/bin:/bin"};
  options.descriptors = {{reader.get(), 5}};
  EXPECT_EQ(OutputOf(options), "started\n");
}

TEST(RunAndCapture, KillsWhatDoesNotEndInTimeWithItsChildren) {
  const test::TempDir directory;
  const std::string pids = directory.Sub("pids");
  EXPECT_THAT(RunAndCapture(Shell("sleep 1000 & echo $! >" + pids + "; wait"), 1000,
                            std::chrono::milliseconds(300)),
              IsErrorWith(Code::kDeadlineExceeded, "did not end in time"));
  ASSERT_OK_AND_ASSIGN(const std::string child, ReadFile(pids));
  const std::string status = "/proc/" + std::string(Trim(child)) + "/status";
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  // Whoever reaps orphans may take a while.
  const auto lives = [&] {
    const Result<std::string> text = ReadFile(status);
    return text && text->find("State:\tZ") == std::string::npos;
  };
  while (lives() && std::chrono::steady_clock::now() < end) {
    ::usleep(1000);
  }
  EXPECT_FALSE(lives());
}

TEST(TryReap, IsUnavailableWhileTheChildRuns) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  SpawnOptions options = Shell("read line; exit 4");
  options.descriptors = {{reader.get(), 0}};
  ASSERT_OK_AND_ASSIGN(const Process process, Spawn(options));
  EXPECT_THAT(TryReap(process.pidfd), IsErrorWith(Code::kUnavailable, ""));
  writer.reset();
  ASSERT_OK_AND_ASSIGN(const ExitStatus status, WaitForExit(process.pidfd));
  EXPECT_EQ(status.code, 4);
  EXPECT_THAT(TryReap(process.pidfd), test::IsErrno(ECHILD));
}

TEST(Pidfd, IsVerifiedByTheStartTime) {
  ASSERT_OK_AND_ASSIGN(const uint64_t started, StartTime(::getpid()));
  EXPECT_OK(OpenPidfdVerified(::getpid(), started));
  EXPECT_THAT(OpenPidfdVerified(::getpid(), started + 1), IsErrorWith(Code::kNotFound, "another"));
}

TEST(Pidfd, IsNotFoundOnceTheProcessHasEnded) {
  ASSERT_OK_AND_ASSIGN(const Process process, Spawn(Shell("exit 0")));
  ASSERT_OK(WaitForExit(process.pidfd));
  EXPECT_THAT(SendSignal(process.pidfd, SIGTERM), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(OpenPidfd(process.pid), IsErrorWith(Code::kNotFound, ""));
  EXPECT_THAT(StartTime(process.pid), IsErrorWith(Code::kNotFound, ""));
}

TEST(SendSignal, ReachesTheProcess) {
  SpawnOptions options;
  options.program = "/bin/sleep";
  options.argv = {"sleep", "1000"};
  ASSERT_OK_AND_ASSIGN(const Process process, Spawn(options));
  ASSERT_OK(SendSignal(process.pidfd, SIGINT));
  ASSERT_OK_AND_ASSIGN(const ExitStatus status, WaitForExit(process.pidfd));
  EXPECT_EQ(status.signal, SIGINT);
}

}  // namespace
}  // namespace isulad::os
