#include "utils/os/user_namespace.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>

#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::os {
namespace {

// Owns a process; kills and reaps it on destruction.
class Sitter {
 public:
  explicit Sitter(Process process) : process_(std::move(process)) {}
  ~Sitter() {
    IgnoreError(SendSignal(process_.pidfd, SIGKILL));  // it may have exited already
    IgnoreError(WaitForExit(process_.pidfd));          // the exit status does not matter
  }
  Sitter(const Sitter&) = delete;
  Sitter& operator=(const Sitter&) = delete;

  std::string Proc(const char* name) const {
    return "/proc/" + std::to_string(process_.pid) + "/" + name;
  }

 private:
  Process process_;
};

// Waits in the new namespace until the other end of the pipe is closed, which also happens if the
// parent dies. Only async-signal-safe calls are allowed here.
[[noreturn]] void Sit(int reader, int writer) {
  ::close(writer);
  char byte;
  while (::read(reader, &byte, 1) < 0 && errno == EINTR) {
  }
  ::_exit(0);
}

Result<Process> CloneSitter(int reader, int writer) {
  // No shared memory: both processes run at the same time, each on its own copy of the stack.
  int pidfd = -1;
  clone_args arguments = {};
  arguments.flags = CLONE_NEWUSER | CLONE_PIDFD;
  arguments.pidfd = reinterpret_cast<uintptr_t>(&pidfd);
  arguments.exit_signal = SIGCHLD;
  const long pid = ::syscall(SYS_clone3, &arguments, sizeof(arguments));
  if (pid == 0) {
    Sit(reader, writer);
  }
  if (pid < 0) {
    return SystemError(errno, "make a user namespace");
  }
  Process process;
  process.pid = static_cast<pid_t>(pid);
  process.pidfd.reset(pidfd);
  return process;
}

Status WriteMap(const std::string& path, uint32_t first, uint32_t size) {
  return WriteKernelFile(path, "0 " + std::to_string(first) + " " + std::to_string(size));
}

}  // namespace

Result<UniqueFd> CreateUserNamespace(const UserRemap& remap) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return SystemError(errno, "make a pipe");
  }
  const UniqueFd reader(ends[0]);
  const UniqueFd writer(ends[1]);
  ASSIGN_OR_RETURN(Process process, CloneSitter(reader.get(), writer.get()));
  const Sitter sitter(std::move(process));
  RETURN_IF_ERROR(WriteMap(sitter.Proc("uid_map"), remap.uid, remap.size));
  RETURN_IF_ERROR(WriteMap(sitter.Proc("gid_map"), remap.gid, remap.size));
  return Open(sitter.Proc("ns/user"), O_RDONLY);
}

}  // namespace isulad::os
