#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/process.h"
#include "utils/os/retry.h"

namespace isulad::os {
namespace {

// proc(5): the start time is field 22. The text after the command's closing parenthesis begins with
// field 3.
constexpr size_t kStartTimeIndex = 22 - 3;

Error ProcessError(int system_errno, const std::string& what) {
  const Error error = SystemError(system_errno, what);
  return system_errno == ESRCH ? Error(Code::kNotFound, ESRCH, error.message()) : error;
}

ExitStatus ToExitStatus(const siginfo_t& info) {
  ExitStatus status;
  (info.si_code == CLD_EXITED ? status.code : status.signal) = info.si_status;
  return status;
}

// nullopt if the child has not exited; only with WNOHANG.
Result<std::optional<ExitStatus>> Reap(const UniqueFd& pidfd, int flags) {
  siginfo_t info = {};
  const auto id = static_cast<id_t>(pidfd.get());
  if (RetryOnEintr([&] { return ::waitid(P_PIDFD, id, &info, WEXITED | flags); }) != 0) {
    return SystemError(errno, "wait for a child");
  }
  if (info.si_pid == 0) {
    return std::optional<ExitStatus>();
  }
  return std::optional<ExitStatus>(ToExitStatus(info));
}

}  // namespace

Result<ExitStatus> WaitForExit(const UniqueFd& pidfd) {
  ASSIGN_OR_RETURN(const std::optional<ExitStatus> status, Reap(pidfd, 0));
  return *status;
}

Result<ExitStatus> TryReap(const UniqueFd& pidfd) {
  ASSIGN_OR_RETURN(const std::optional<ExitStatus> status, Reap(pidfd, WNOHANG));
  if (!status) {
    return Unavailable("the child has not ended");
  }
  return *status;
}

Result<UniqueFd> OpenPidfd(pid_t pid) {
  // Does not use the wrapper of glibc 2.36, whose header lacks extern "C".
  UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!pidfd) {
    return ProcessError(errno, "open process " + std::to_string(pid));
  }
  return pidfd;
}

Status SendSignal(const UniqueFd& pidfd, int signal) {
  if (::syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, 0) != 0) {
    return ProcessError(errno, "send signal " + std::to_string(signal));
  }
  return OkStatus();
}

Result<uint64_t> StartTime(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  Result<std::string> read = ReadFile(path);
  if (!read) {
    const Error& error = read.error();
    return error.system_errno() == ESRCH ? Error(Code::kNotFound, ESRCH, error.message()) : error;
  }
  const std::string_view stat = *read;
  // The last parenthesis, because the command before it may contain any.
  const size_t bracket = stat.rfind(") ");
  if (bracket == std::string_view::npos) {
    return Internal(Quote(path) + " has an unknown form");
  }
  const std::vector<std::string_view> fields = Split(stat.substr(bracket + 2), ' ');
  if (fields.size() <= kStartTimeIndex) {
    return Internal(Quote(path) + " has an unknown form");
  }
  const std::optional<uint64_t> ticks = ParseUint64(fields[kStartTimeIndex]);
  if (!ticks) {
    return Internal(Quote(path) + " has an unknown form");
  }
  return *ticks;
}

Result<UniqueFd> OpenPidfdVerified(pid_t pid, uint64_t start_time) {
  // In this order: the process of the pidfd can only be older than the one whose start time is read
  // afterwards, so equal start times mean that they are the same process.
  ASSIGN_OR_RETURN(UniqueFd pidfd, OpenPidfd(pid));
  ASSIGN_OR_RETURN(const uint64_t started, StartTime(pid));
  if (started != start_time) {
    return NotFound("process " + std::to_string(pid) + " is another one now");
  }
  return pidfd;
}

}  // namespace isulad::os
