#include "cmd/isulad-shim/monitor.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <utility>

#include "cmd/isulad-shim/linux_process.h"
#include "cmd/isulad-shim/own_cgroups.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::monitor {
namespace {

constexpr mode_t kExitRecordMode = 0600;
constexpr pid_t kNobody = -1;
// Killed processes exit at once, unless they wait for a disk.
constexpr std::chrono::seconds kKillTimeout(5);

// The process of an exec leaves neither a log nor an exit record: its output and status exist only
// for its client, so that client may take as long as it likes.
bool IsExec(const shim::Config& config) {
  return config.exit_record_path.empty() && config.log_path.empty();
}

std::string PathIn(const shim::Config& config, const char* name) {
  return config.directory + "/" + name;
}

}  // namespace

Monitor::Monitor(os::EventLoop* loop, const Clock* clock, shim::Config config,
                 os::UniqueFd listener)
    : loop_(loop),
      clock_(clock),
      config_(std::move(config)),
      notes_(PathIn(config_, shim::kMonitorLogName), clock),
      clients_(loop, std::move(listener), PathIn(config_, shim::kControlSocketName),
               IsExec(config_), this),
      input_(loop, config_.terminal, [this] { clients_.ResumeInput(); }),
      output_(loop, [this](bool error, std::string_view bytes) { OnOutput(error, bytes); }) {}

Status Monitor::Start(os::UniqueFd daemon, shim::FrameDecoder received) {
  // Without its own cgroup the monitor at worst dies with the daemon's service, which is no reason
  // not to start.
  notes_.NoteFailure(JoinOwnCgroups(config_));
  RETURN_IF_ERROR(clients_.Start(std::move(daemon), std::move(received)));
  if (!config_.wait_for_attach) {
    loop_->Post([this] { StartContainer(); });
  }
  return OkStatus();
}

void Monitor::StartContainer() {
  if (phase_ != Phase::kWaiting) {
    return;
  }
  phase_ = Phase::kStarting;
  if (const Status running = PrepareAndRun(); !running) {
    FailStart(running.error().message());
  }
}

Status Monitor::PrepareAndRun() {
  if (!config_.log_path.empty()) {
    ASSIGN_OR_RETURN(log_, LogFile::Open(config_.log_path,
                                         {config_.log_max_bytes, config_.log_max_files}, clock_));
  }
  ASSIGN_OR_RETURN(Stdio stdio, MakeStdio(config_));
  if (config_.terminal) {
    const std::string path = PathIn(config_, shim::kConsoleSocketName);
    ::unlink(path.c_str());  // left by a killed monitor
    ASSIGN_OR_RETURN(console_, Console::Create(loop_, path, config_.window));
  }
  stdio_ = std::move(stdio.monitor);
  RETURN_IF_ERROR(WatchChildren());
  ASSIGN_OR_RETURN(run_, RuntimeRun::Start(loop_, config_, stdio.child, stdio_.error.get(),
                                           [this](Result<ContainerProcess> process) {
                                             OnRuntimeEnded(std::move(process));
                                           }));
  return OkStatus();
}

void Monitor::OnRuntimeEnded(Result<ContainerProcess> process) {
  if (!process) {
    return FailStart(process.error().message());
  }
  process_ = *std::move(process);
  if (const Status taken = TakeOver(); !taken) {
    // The process would run without a parent that forwards its output and learns how it exits.
    IgnoreError(os::SendSignal(process_.pidfd, SIGKILL));
    FailStart(taken.error().message());
  }
}

Status Monitor::TakeOver() {
  RETURN_IF_ERROR(ConnectStdio());
  phase_ = Phase::kRunning;
  clients_.Publish(shim::FrameType::kStarted, shim::Encode(process_.started));
  // The process may have exited while it was not watched.
  loop_->Post([this] { OnChildSignal(); });
  return OkStatus();
}

Status Monitor::ConnectStdio() {
  if (!console_) {
    RETURN_IF_ERROR(output_.Add(std::move(stdio_.output), /*error=*/false));
    RETURN_IF_ERROR(output_.Add(std::move(stdio_.error), /*error=*/true));
    return input_.Open(std::move(stdio_.input));
  }
  RETURN_IF_ERROR(console_->Finish());
  ASSIGN_OR_RETURN(os::UniqueFd output, console_->DuplicateMaster());
  RETURN_IF_ERROR(output_.Add(std::move(output), /*error=*/false));
  stdio_.error.reset();
  ASSIGN_OR_RETURN(os::UniqueFd input, console_->DuplicateMaster());
  return input_.Open(std::move(input));
}

Status Monitor::WatchChildren() {
  ASSIGN_OR_RETURN(child_signals_, OpenChildSignals());
  return loop_->Add(child_signals_.get(), EPOLLIN, [this](uint32_t) { OnChildSignal(); });
}

void Monitor::OnOutput(bool error, std::string_view bytes) {
  if (log_) {
    // A full disk must not stop the container.
    notes_.NoteFailure(log_->Append(error, bytes));
  }
  clients_.SendOutput(error, bytes);
  if (clients_.AnyFull()) {
    output_.Pause();
  }
}

void Monitor::OnChildSignal() {
  ClearChildSignals(child_signals_.get());
  switch (phase_) {
    case Phase::kWaiting:
      return;
    case Phase::kStarting:
      return run_->OnChildSignal();
    case Phase::kRunning:
      if (ReapOrphans(/*spared=*/process_.started.pid)) {
        OnProcessEnded();
      }
      return;
    case Phase::kEnded:
      ReapOrphans(kNobody);
      return;
  }
}

void Monitor::OnProcessEnded() {
  phase_ = Phase::kEnded;
  shim::Exited exited;
  exited.time = clock_->Now().nanoseconds;
  if (const auto status = os::TryReap(process_.pidfd)) {
    exited.code = status->code;
    exited.signal = status->signal;
  } else {
    notes_.NoteFailure(status.error());
  }
  ReapOrphans(kNobody);
  if (console_) {
    console_->CloseSlave();
  }
  output_.Finish();
  input_.Discard();
  if (log_) {
    notes_.NoteFailure(log_->Finish());
  }
  RecordExit(exited);
  End(shim::FrameType::kExited, shim::Encode(exited));
}

void Monitor::RecordExit(const shim::Exited& exited) {
  if (config_.exit_record_path.empty()) {
    return;
  }
  const std::string record = shim::EncodeExitRecord(exited);
  const Status recorded =
      os::WriteFileAtomic(config_.exit_record_path, record, kExitRecordMode,
                          config_.exit_record_durable ? os::Sync::kDurable : os::Sync::kNone);
  notes_.NoteFailure(recorded);
  if (!recorded && !config_.exit_record_spare_path.empty()) {
    notes_.NoteFailure(os::WriteFileAtomic(config_.exit_record_spare_path, record, kExitRecordMode,
                                           os::Sync::kNone));
  }
}

void Monitor::FailStart(const std::string& reason) {
  phase_ = Phase::kEnded;
  console_.reset();
  input_.Discard();
  shim::StartFailed failed;
  failed.reason = reason;
  End(shim::FrameType::kStartFailed, shim::Encode(failed));
}

void Monitor::End(shim::FrameType type, const std::string& news) {
  // Before publishing: a client that receives the news may start another monitor in this directory.
  clients_.StopListening();
  clients_.Publish(type, news);
  clients_.Finish();
}

void Monitor::OnAttached() {
  // Not within the client's call: a start that fails at once drops all clients.
  loop_->Post([this] { StartContainer(); });
}

void Monitor::OnInput(std::string_view bytes) { input_.Write(bytes); }

bool Monitor::InputHasRoom() { return input_.HasRoom(); }

void Monitor::OnInputClosed() { input_.Close(); }

void Monitor::OnInputLeft() {
  // A terminal stays open for the next client: its user has detached.
  if (config_.stdin_once && !config_.terminal) {
    input_.Close();
  }
}

void Monitor::OnResize(shim::WindowSize size) {
  config_.window = size;
  if (console_) {
    notes_.NoteFailure(console_->Resize(size));
  }
}

int32_t Monitor::OnSignal(int number) {
  if (phase_ != Phase::kRunning) {
    return ESRCH;
  }
  const Status sent = os::SendSignal(process_.pidfd, number);
  return sent ? 0 : sent.error().system_errno();
}

void Monitor::OnAbandoned() {
  // Not within the client's call. The daemon learns of it when the connection closes.
  loop_->Post([this] {
    phase_ = Phase::kEnded;
    notes_.NoteFailure(KillChildren(kKillTimeout));
    clients_.StopListening();
    loop_->Stop();
  });
}

void Monitor::OnRoom() { output_.Resume(); }

void Monitor::OnDaemonLeft() {
  // No one waits for this start any more: leave nothing half started.
  if (phase_ == Phase::kWaiting) {
    phase_ = Phase::kEnded;
    clients_.StopListening();
    loop_->Stop();
  }
}

void Monitor::OnAllSent() { loop_->Stop(); }

void Monitor::OnAccepting(const Status& status) { notes_.NoteFailure(status); }

void Monitor::OnDropped(const Error& reason) {
  notes_.NoteFailure(Error(reason).AddContext("a client was dropped"));
}

}  // namespace isulad::monitor
