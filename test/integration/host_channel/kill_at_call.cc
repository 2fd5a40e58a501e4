#include "kill_at_call.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <set>

namespace isulad::host_channel::test {
namespace {

constexpr int kSyscallStop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD

bool Changes(const __ptrace_syscall_info& info) {
  static const std::set<uint64_t> kCalls = {
#ifdef SYS_mkdir  // newer architectures have the *at calls only
      SYS_mkdir,    SYS_rmdir,
#endif
      SYS_mkdirat,  SYS_unlinkat, SYS_renameat2,  SYS_setxattr,  SYS_fchmod,
      SYS_fchown,   SYS_fsmount,  SYS_move_mount, SYS_open_tree, SYS_mount_setattr,
      SYS_fsconfig, SYS_umount2,  SYS_write,      SYS_fsync,
  };
  if (info.entry.nr == SYS_openat) {
    return (info.entry.args[2] & O_CREAT) != 0;
  }
  return kCalls.count(info.entry.nr) != 0;
}

// Lets the stopped child run to its next stop. False where it has ended.
bool Resume(pid_t child, int& status) {
  return ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0 &&
         ::waitpid(child, &status, 0) == child && WIFSTOPPED(status);
}

bool LooksUp(const __ptrace_syscall_info& info) {
  return info.entry.nr == SYS_openat2 || Changes(info);
}

using Predicate = bool (*)(const __ptrace_syscall_info&);

bool IsEntryOf(Predicate wanted, pid_t child, int status) {
  __ptrace_syscall_info info = {};
  return WSTOPSIG(status) == kSyscallStop &&
         ::ptrace(PTRACE_GET_SYSCALL_INFO, child, reinterpret_cast<void*>(sizeof(info)), &info) >
             0 &&
         info.op == PTRACE_SYSCALL_INFO_ENTRY && wanted(info);
}

// The child, stopped before `body`; 0 where it cannot be traced.
pid_t ForkTraced(const std::function<void()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) {
      ::_exit(1);
    }
    ::raise(SIGSTOP);
    body();
    ::_exit(0);
  }
  int status = 0;
  if (::waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) {
    return 0;
  }
  ::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  return child;
}

// Lets it run up to the `number`th call that is `wanted`. False where it has ended before.
bool RunUpTo(Predicate wanted, int number, pid_t child) {
  int status = 0;
  while (Resume(child, status)) {
    if (IsEntryOf(wanted, child, status) && number-- == 0) {
      return true;
    }
  }
  return false;
}

}  // namespace

Ended RunAndKillAtCall(int number, const std::function<void()>& body) {
  const pid_t child = ForkTraced(body);
  if (child == 0) {
    return Ended::kNotTraced;
  }
  if (!RunUpTo(Changes, number, child)) {
    return Ended::kByItself;
  }
  int status = 0;
  ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return Ended::kKilled;
}

Acted RunAndActAtCall(int number, const std::function<void()>& act,
                      const std::function<void()>& body) {
  const pid_t child = ForkTraced(body);
  if (child == 0) {
    return Acted::kNotTraced;
  }
  if (!RunUpTo(LooksUp, number, child)) {
    return Acted::kTooFewCalls;
  }
  act();
  int status = 0;
  ::ptrace(PTRACE_DETACH, child, nullptr, nullptr);
  ::waitpid(child, &status, 0);
  return Acted::kYes;
}

}  // namespace isulad::host_channel::test
