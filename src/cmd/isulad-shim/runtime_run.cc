#include "cmd/isulad-shim/runtime_run.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <limits>
#include <optional>
#include <utility>

#include "cmd/isulad-shim/linux_process.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/nonblocking_io.h"

namespace isulad::monitor {
namespace {

constexpr size_t kMaxReasonBytes = 64u << 10;

std::string PathIn(const std::string& directory, const char* name) {
  return directory + "/" + name;
}

Status RemoveStale(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove " + Quote(path));
  }
  return OkStatus();
}

std::string Tail(std::string text) {
  if (text.size() > kMaxReasonBytes) {
    text.erase(0, text.size() - kMaxReasonBytes);
  }
  return text;
}

// Reads what is in the pipe now.
std::string ReadWaiting(int fd) {
  std::string text;
  char buffer[4096];
  while (text.size() < kMaxReasonBytes) {
    const auto count = os::ReadSome(fd, buffer, sizeof(buffer));
    if (!count || count->value_or(0) == 0) {
      break;
    }
    text.append(buffer, **count);
  }
  return text;
}

Result<pid_t> ReadPidFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, os::ReadFile(path, 64));
  const std::optional<uint64_t> pid = ParseUint64(Trim(text));
  if (!pid || *pid == 0 || *pid > static_cast<uint64_t>(std::numeric_limits<pid_t>::max())) {
    return Internal("the runtime's pid file says " + Quote(text));
  }
  return static_cast<pid_t>(*pid);
}

}  // namespace

Result<std::unique_ptr<RuntimeRun>> RuntimeRun::Start(os::EventLoop* loop,
                                                      const shim::Config& config,
                                                      const ChildStdio& stdio, int error_output,
                                                      Done done) {
  if (config.start_command.empty()) {
    return InvalidArgument("no start command");
  }
  RETURN_IF_ERROR(RemoveStale(PathIn(config.directory, shim::kPidFileName)));
  RETURN_IF_ERROR(RemoveStale(PathIn(config.directory, shim::kRuntimeLogName)));
  os::SpawnOptions options;
  options.program = config.start_command.front();
  options.argv = config.start_command;
  options.env = config.environment;
  // The command's arguments may be relative to this directory, since the path of a socket is
  // limited to 107 bytes.
  options.working_directory = config.directory;
  options.descriptors = stdio.Mapping();
  options.oom_score_adj = config.oom_score_adj;
  options.umask = config.umask;
  options.hide_unified_cgroup = config.hide_unified_cgroup;
  os::UniqueFd mount_namespace;  // closed after the start: it would last as long as the container
  if (!config.namespace_trees.empty()) {
    mount_namespace.reset(shim::kNamespaceDescriptor);
    options.mount_namespace = {shim::kNamespaceDescriptor, config.namespace_mounts,
                               config.namespace_trees};
  }
  std::unique_ptr<RuntimeRun> run(
      new RuntimeRun(loop, config.directory, error_output, std::move(done)));
  ASSIGN_OR_RETURN(run->runtime_, os::Spawn(options));
  RuntimeRun* const raw = run.get();
  RETURN_IF_ERROR(
      loop->Add(run->runtime_.pidfd.get(), EPOLLIN, [raw](uint32_t) { raw->OnEnded(); }));
  return run;
}

RuntimeRun::RuntimeRun(os::EventLoop* loop, std::string directory, int error_output, Done done)
    : loop_(loop),
      directory_(std::move(directory)),
      error_output_(error_output),
      done_(std::move(done)) {}

RuntimeRun::~RuntimeRun() {
  if (runtime_.pidfd) {
    loop_->Remove(runtime_.pidfd.get());
  }
}

void RuntimeRun::OnEnded() {
  loop_->Remove(runtime_.pidfd.get());
  if (const Status ended = TakeEnd(); !ended) {
    return FinishWith(ended.error());
  }
  OnChildSignal();
}

Status RuntimeRun::TakeEnd() {
  ASSIGN_OR_RETURN(const os::ExitStatus status, os::TryReap(runtime_.pidfd));
  runtime_.pidfd.reset();
  if (status.ShellStatus() != 0) {
    return Internal(FailureReason(status));
  }
  ASSIGN_OR_RETURN(process_, OpenProcess());
  return OkStatus();
}

Result<ContainerProcess> RuntimeRun::OpenProcess() const {
  ASSIGN_OR_RETURN(const pid_t pid, ReadPidFile(PathIn(directory_, shim::kPidFileName)));
  ContainerProcess process;
  process.started.pid = pid;
  // The process may have exited already; a zombie still has a pidfd and a start time.
  ASSIGN_OR_RETURN(process.pidfd, os::OpenPidfd(pid));
  ASSIGN_OR_RETURN(process.started.start_time, os::StartTime(pid));
  return process;
}

void RuntimeRun::OnChildSignal() {
  // Nothing is reaped before that: a child could be the container's process, which is not known
  // yet.
  if (!process_.pidfd) {
    return;
  }
  const pid_t pid = process_.started.pid;
  ReapOrphans(/*spared=*/pid);
  if (IsOurChild(process_.pidfd)) {
    return FinishWith(std::move(process_));
  }
  if (!HasChildren()) {
    IgnoreError(os::SendSignal(process_.pidfd, SIGKILL));  // its exit status could not be observed
    FinishWith(
        Internal("process " + std::to_string(pid) + " did not become a child of the monitor"));
  }
}

void RuntimeRun::FinishWith(Result<ContainerProcess> outcome) {
  process_ = {};
  const Done done = std::move(done_);
  done(std::move(outcome));
}

std::string RuntimeRun::FailureReason(const os::ExitStatus& status) const {
  std::string reason =
      Tail(os::ReadFile(PathIn(directory_, shim::kRuntimeLogName)).value_or(std::string()));
  if (reason.empty()) {
    reason = ReadWaiting(error_output_);
  }
  if (reason.empty()) {
    reason = status.signal != 0 ? "the runtime was ended by signal " + std::to_string(status.signal)
                                : "the runtime ended with status " + std::to_string(status.code);
  }
  return reason;
}

}  // namespace isulad::monitor
