// at_call PID NUMBER kill|fail|hold: follows a running process and, at the NUMBERth of its system
// calls that change something (counted from 0), kills it on the way in, lets the call fail with EIO
// instead of being carried out, or holds the process there. What it starts is not followed.
// Source: ptrace(2).
//
// Says "ready" when it follows all threads. SIGTERM lets go of the process. Then, or when the
// process has ended, it says `seen N` and, where a call was hit, `hit NAME PATH`; at once where it
// holds the process. Exit status 77 where processes cannot be followed here.
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace isulad::test {
namespace {

constexpr int kSyscallStop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD
constexpr int kCannot = 77;
constexpr int kNone = -1;

using SyscallInfo = __ptrace_syscall_info;

struct Call {
  const char* name;
  int path;  // which argument is one, or kNone
};

const std::map<uint64_t, Call>& ChangingCalls() {
  static const std::map<uint64_t, Call> kCalls = {
#ifdef SYS_mkdir  // newer architectures have the *at calls only
      {SYS_mkdir, {"mkdir", 0}},
      {SYS_rmdir, {"rmdir", 0}},
      {SYS_unlink, {"unlink", 0}},
      {SYS_rename, {"rename", 0}},
      {SYS_vfork, {"vfork", kNone}},
#endif
      {SYS_mkdirat, {"mkdirat", 1}},
      {SYS_unlinkat, {"unlinkat", 1}},
      {SYS_renameat, {"renameat", 1}},
      {SYS_renameat2, {"renameat2", 1}},
      {SYS_openat, {"openat", 1}},
      {SYS_openat2, {"openat2", 1}},
      {SYS_linkat, {"linkat", 3}},
      {SYS_symlinkat, {"symlinkat", 2}},
      {SYS_setxattr, {"setxattr", 0}},
      {SYS_fsetxattr, {"fsetxattr", kNone}},
      {SYS_fchmod, {"fchmod", kNone}},
      {SYS_fchown, {"fchown", kNone}},
      {SYS_ftruncate, {"ftruncate", kNone}},
      {SYS_fsync, {"fsync", kNone}},
      {SYS_fdatasync, {"fdatasync", kNone}},
      {SYS_write, {"write", kNone}},
      {SYS_writev, {"writev", kNone}},
      {SYS_pwrite64, {"pwrite64", kNone}},
      {SYS_fsopen, {"fsopen", 0}},
      {SYS_fsconfig, {"fsconfig", kNone}},
      {SYS_fsmount, {"fsmount", kNone}},
      {SYS_move_mount, {"move_mount", kNone}},
      {SYS_open_tree, {"open_tree", 1}},
      {SYS_mount_setattr, {"mount_setattr", kNone}},
      {SYS_mount, {"mount", 1}},
      {SYS_umount2, {"umount2", 0}},
      {SYS_setns, {"setns", kNone}},
      {SYS_bind, {"bind", kNone}},
      {SYS_connect, {"connect", kNone}},
      {SYS_socketpair, {"socketpair", kNone}},
      {SYS_clone, {"clone", kNone}},
      {SYS_clone3, {"clone3", kNone}},
  };
  return kCalls;
}

// Up to `size` bytes of the process's memory; less where it ends.
size_t Read(pid_t thread, uint64_t address, void* bytes, size_t size) {
  iovec local = {bytes, size};
  iovec remote = {reinterpret_cast<void*>(address), size};
  const ssize_t count = ::process_vm_readv(thread, &local, 1, &remote, 1, 0);
  return count < 0 ? 0 : static_cast<size_t>(count);
}

// What a descriptor of the process is, as /proc tells it: a path, or "socket:[1]" and the like.
std::string Descriptor(pid_t thread, uint64_t fd) {
  std::error_code ignored;
  return std::filesystem::read_symlink(
      "/proc/" + std::to_string(thread) + "/fd/" + std::to_string(fd), ignored);
}

std::string PathOf(pid_t thread, const SyscallInfo& info) {
  const Call& call = ChangingCalls().at(info.entry.nr);
  if (call.path == kNone) {
    return Descriptor(thread, info.entry.args[0]);
  }
  char text[128] = {};
  Read(thread, info.entry.args[call.path], text, sizeof(text) - 1);
  return text;
}

bool StartsAProcess(pid_t thread, const SyscallInfo& info) {
  uint64_t flags = info.entry.args[0];
  if (info.entry.nr == SYS_clone3) {
    Read(thread, info.entry.args[0], &flags, sizeof(flags));  // the first member of clone_args
  }
  return (flags & CLONE_THREAD) == 0;
}

bool Changes(pid_t thread, const SyscallInfo& info) {
  if (ChangingCalls().count(info.entry.nr) == 0) {
    return false;
  }
  switch (info.entry.nr) {
    case SYS_openat:
      return (info.entry.args[2] & O_CREAT) != 0;
    case SYS_openat2: {
      uint64_t flags = 0;  // the first member of open_how
      Read(thread, info.entry.args[2], &flags, sizeof(flags));
      return (flags & O_CREAT) != 0;
    }
    case SYS_write:
    case SYS_writev:
    case SYS_pwrite64:  // to a file that is not the process's own log
      return info.entry.args[0] > 2 && Descriptor(thread, info.entry.args[0]).starts_with('/');
    case SYS_clone:
    case SYS_clone3:
      return StartsAProcess(thread, info);
    default:
      return true;
  }
}

// Both act on a thread that stands at the entry, or the exit, of a call.
#if defined(__x86_64__)
bool SkipCall(pid_t thread) {
  user_regs_struct registers = {};
  if (::ptrace(PTRACE_GETREGS, thread, nullptr, &registers) != 0) {
    return false;
  }
  registers.orig_rax = static_cast<uint64_t>(-1);
  return ::ptrace(PTRACE_SETREGS, thread, nullptr, &registers) == 0;
}
void SetResult(pid_t thread, int64_t result) {
  user_regs_struct registers = {};
  ::ptrace(PTRACE_GETREGS, thread, nullptr, &registers);
  registers.rax = static_cast<uint64_t>(result);
  ::ptrace(PTRACE_SETREGS, thread, nullptr, &registers);
}
#elif defined(__aarch64__)
bool SkipCall(pid_t thread) {
  int number = -1;
  iovec set = {&number, sizeof(number)};
  return ::ptrace(PTRACE_SETREGSET, thread, 0x404 /* NT_ARM_SYSTEM_CALL */, &set) == 0;
}
void SetResult(pid_t thread, int64_t result) {
  user_regs_struct registers = {};
  iovec set = {&registers, sizeof(registers)};
  ::ptrace(PTRACE_GETREGSET, thread, 1 /* NT_PRSTATUS */, &set);
  registers.regs[0] = static_cast<uint64_t>(result);
  ::ptrace(PTRACE_SETREGSET, thread, 1 /* NT_PRSTATUS */, &set);
}
#else
bool SkipCall(pid_t) { return false; }
void SetResult(pid_t, int64_t) {}
#endif

enum class Action { kKill, kFail, kHold };

class Follower {
 public:
  Follower(pid_t pid, int number, Action action) : pid_(pid), number_(number), action_(action) {}

  // False where it cannot.
  bool FollowAll() {
    const std::string tasks = "/proc/" + std::to_string(pid_) + "/task";
    for (bool more = true; more;) {  // until no thread came while we looked
      more = false;
      std::error_code error;
      for (const auto& entry : std::filesystem::directory_iterator(tasks, error)) {
        const pid_t thread = std::atoi(entry.path().filename().c_str());
        if (threads_.count(thread) == 0 && Seize(thread)) {
          more = true;
        }
      }
    }
    return !threads_.empty();
  }

  // One thing that happened, if any did. False when there is nothing left to follow.
  bool Step() {
    int status = 0;
    const pid_t thread = ::waitpid(-1, &status, __WALL | WNOHANG);
    if (thread <= 0) {
      return thread == 0;
    }
    progress_ = true;
    if (!WIFSTOPPED(status)) {
      threads_.erase(thread);
      return !threads_.empty();
    }
    threads_.insert(thread);  // one that the process has just started
    Continue(thread, status);
    return true;
  }

  // Whether Step() did something since the last question.
  bool TakeProgress() { return std::exchange(progress_, false); }

  void LetGo() {
    if (held_) {
      return;  // our end lets it go
    }
    for (const pid_t thread : threads_) {
      ::ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr);
    }
    while (!threads_.empty()) {
      int status = 0;
      const pid_t thread = ::waitpid(-1, &status, __WALL);
      if (thread < 0) {
        return;
      }
      FinishFailing(thread, status);
      const int signal = WIFSTOPPED(status) ? SignalToPassOn(status) : 0;
      ::ptrace(PTRACE_DETACH, thread, nullptr, static_cast<uintptr_t>(signal));
      threads_.erase(thread);
    }
  }

  void Report() const {
    std::printf("seen %d\n", seen_);
    if (!hit_.empty() && !held_) {
      std::printf("hit %s\n", hit_.c_str());
    }
  }

 private:
  bool Seize(pid_t thread) {
    if (::ptrace(PTRACE_SEIZE, thread, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE) != 0) {
      return false;
    }
    threads_.insert(thread);
    return ::ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr) == 0;
  }

  // A signal that waits for delivery; 0 for the stops that are only ours.
  static int SignalToPassOn(int status) {
    const int signal = WSTOPSIG(status);
    return status >> 16 != 0 || signal == kSyscallStop || signal == SIGTRAP ? 0 : signal;
  }

  void Continue(pid_t thread, int status) {
    if (held_ || (WSTOPSIG(status) == kSyscallStop && !AtCall(thread, status))) {
      return;  // stays where it is, or was killed
    }
    ::ptrace(PTRACE_SYSCALL, thread, nullptr, static_cast<uintptr_t>(SignalToPassOn(status)));
  }

  bool AtCall(pid_t thread, int status) {
    SyscallInfo info = {};
    if (::ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof(info), &info) <= 0) {
      return true;
    }
    FinishFailing(thread, status);
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY || !Changes(thread, info) || seen_++ != number_) {
      return true;
    }
    hit_ = std::string(ChangingCalls().at(info.entry.nr).name) + " " + PathOf(thread, info);
    switch (action_) {
      case Action::kKill:
        ::kill(pid_, SIGKILL);
        return false;
      case Action::kHold:
        Hold();
        return false;
      case Action::kFail:
        failing_ = SkipCall(thread) ? thread : kNone;
    }
    return true;
  }

  // The thread at the call goes no further; the others stop where they are, too.
  void Hold() {
    held_ = true;
    for (const pid_t thread : threads_) {
      ::ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr);
    }
    std::printf("hit %s\n", hit_.c_str());
    std::fflush(stdout);
  }

  // The call that was skipped has come to its exit.
  void FinishFailing(pid_t thread, int status) {
    SyscallInfo info = {};
    if (thread == failing_ && WIFSTOPPED(status) && WSTOPSIG(status) == kSyscallStop &&
        ::ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof(info), &info) > 0 &&
        info.op == PTRACE_SYSCALL_INFO_EXIT) {
      SetResult(thread, -EIO);
      failing_ = kNone;
    }
  }

  const pid_t pid_;
  const int number_;
  const Action action_;
  std::set<pid_t> threads_;
  int seen_ = 0;
  std::string hit_;
  pid_t failing_ = kNone;
  bool held_ = false;
  bool progress_ = false;
};

// SIGCHLD and SIGTERM, to be read from the descriptor.
int BlockSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigaddset(&set, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  return ::signalfd(-1, &set, SFD_CLOEXEC);
}

// Waits for a signal; whether it asks to let go.
bool AwaitSignal(int signals) {
  signalfd_siginfo information = {};
  return ::read(signals, &information, sizeof(information)) != sizeof(information) ||
         information.ssi_signo == SIGTERM;
}

int Main(pid_t pid, int number, Action action) {
  const int signals = BlockSignals();
  Follower follower(pid, number, action);
  if (!follower.FollowAll()) {
    std::fprintf(stderr, "process %d cannot be followed: %s\n", pid, std::strerror(errno));
    return kCannot;
  }
  std::printf("ready\n");
  std::fflush(stdout);
  bool asked = false;
  bool any = true;
  while (any && !asked) {
    do {
      any = follower.Step();
    } while (any && follower.TakeProgress());
    asked = any && AwaitSignal(signals);
  }
  follower.LetGo();
  follower.Report();
  return 0;
}

}  // namespace
}  // namespace isulad::test

int main(int argc, char** argv) {
  using isulad::test::Action;
  const std::map<std::string, Action> actions = {
      {"kill", Action::kKill}, {"fail", Action::kFail}, {"hold", Action::kHold}};
  if (argc != 4 || actions.count(argv[3]) == 0) {
    std::fprintf(stderr, "usage: at_call PID NUMBER kill|fail|hold\n");
    return 2;
  }
  return isulad::test::Main(std::atoi(argv[1]), std::atoi(argv[2]), actions.at(argv[3]));
}
