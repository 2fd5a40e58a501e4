#include "daemon/modules/container/health_probe.h"

#include <signal.h>

#include <cerrno>
#include <set>
#include <utility>
#include <vector>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/exec_launch.h"
#include "daemon/modules/container/health.h"
#include "daemon/modules/container/start_outcome.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"
#include "utils/os/file.h"
#include "utils/os/process.h"
#include "utils/os/random.h"

namespace isulad::container {
namespace {

constexpr char kHealthCgroup[] = "/isula.health";
// Waits for a line, then becomes the check; ends if the line does not come.
constexpr char kWaitAndRun[] = R"(read -r isula_go && exec /bin/sh -c "$0" </dev/null)";
constexpr char kGo[] = "\n";

// Not below the container's run directory, because files written there would hinder its removal.
std::string ChecksDirectory(const Context& context) {
  return context.settings.state_directory + "/health";
}

class ExecProbe final : public Probe,
                        public shim::MonitorObserver,
                        public shim::StreamsObserver,
                        public std::enable_shared_from_this<ExecProbe> {
 public:
  ExecProbe(Context* context, std::shared_ptr<Container> container, Container::RunId run,
            ProbeNews news)
      : context_(*context),
        container_(std::move(container)),
        run_(run),
        news_(std::move(news)),
        directory_(ChecksDirectory(*context) + "/" + os::RandomId()) {}

  void Begin() {
    OnWorker([](ExecProbe& probe) {
      // Shared, because a task is copied.
      auto launched = std::make_shared<Result<Launched>>(probe.Launch());
      probe.OnLoop([launched](ExecProbe& self) { self.TakeLaunched(std::move(*launched)); });
    });
  }

  void Kill() override {
    killed_ = true;
    Stop();
  }
  std::string output() const override { return output_.Text(); }

  void OnStarted(const shim::Started& started) override {
    started_ = started;
    TellUnderWay();
    Proceed();
  }
  void OnStartFailed(const shim::StartFailed& failed) override {
    const Error reason = StartError(failed);
    Finish(ProbeEnd{reason.exit_code() != 0 ? reason.exit_code() : kNoHealthExitCode,
                    reason.message()});
  }
  void OnExited(const shim::Exited& exited) override {
    exit_code_ = exited.ShellStatus();
    FinishIfOver();
  }
  void OnLost(const Error& reason) override {
    Finish(ProbeEnd{kNoHealthExitCode, "the monitor ended unexpectedly: " + reason.message()});
  }

  void OnOutput(bool /*error*/, std::string bytes) override {
    output_.Append(bytes);
    streams_ ? streams_->ReadMore() : static_cast<void>(reads_on_ = true);
  }
  void OnEnd() override { EndStreams(); }
  void OnCut() override { EndStreams(); }

 private:
  struct Launched {
    std::shared_ptr<shim::Monitor> monitor;
    std::unique_ptr<shim::Streams> streams;
  };
  using Step = std::function<void(ExecProbe&)>;

  void OnWorker(Step step) {
    context_.modules.workers->Post(
        [self = shared_from_this(), step = std::move(step)] { step(*self); });
  }
  void OnLoop(Step step) {
    context_.modules.loop->Post(
        [self = shared_from_this(), step = std::move(step)] { step(*self); });
  }

  // Whether the run can be checked.
  bool IsRunning() const {
    return container_->run() == run_ && container_->state().phase == Phase::kRunning;
  }

  Result<Launched> Launch();
  void TakeLaunched(Result<Launched> launched);
  void Proceed();
  Status Join(const shim::Started& started) const;
  void KillOwn() const;
  void TakeJoined(const Status& joined);
  void Stop();
  void EndStreams() {
    streams_ended_ = true;
    FinishIfOver();
  }
  void FinishIfOver();
  void TellUnderWay();
  void Finish(ProbeEnd end);

  Context& context_;
  const std::shared_ptr<Container> container_;
  const Container::RunId run_;
  ProbeNews news_;
  const std::string directory_;
  // Everything below belongs to the loop's thread.
  std::shared_ptr<shim::Monitor> monitor_;
  std::unique_ptr<shim::Streams> streams_;
  std::optional<shim::Started> started_;
  std::optional<int> exit_code_;
  std::optional<std::string> failure_;  // why the command was not allowed to run
  HealthOutput output_;
  bool reads_on_ = false;  // output arrived before streams_ was set
  bool streams_ended_ = false;
  bool under_way_told_ = false;
  bool stood_still_ = false;  // it was frozen, and so could not be moved
  bool released_ = false;
  bool killed_ = false;
  bool finished_ = false;
};

Result<ExecProbe::Launched> ExecProbe::Launch() {
  if (!IsRunning()) {
    return FailedPrecondition("the container does not run");
  }
  const Container& container = *container_;
  ASSIGN_OR_RETURN(const runtime::OciRuntime* runtime, context_.RuntimeOf(container.config()));
  KillChecks(context_, container);
  spec::ProcessConfig process;
  for (const char* word : {"/bin/sh", "-c", kWaitAndRun}) {
    process.add_args(word);
  }
  process.add_args(container.config().health.command);
  RETURN_IF_ERROR(WriteExecProcess(context_, container, process, {}, directory_));
  ASSIGN_OR_RETURN(shim::Config config,
                   ExecMonitorConfig(context_, container, *runtime, false, directory_));
  config.open_stdin = true;
  config.wait_for_attach = true;
  Launched launched;
  ASSIGN_OR_RETURN(launched.monitor, context_.modules.launcher->Launch(config, shared_from_this()));
  ASSIGN_OR_RETURN(launched.streams, context_.modules.launcher->AttachStreams(
                                         directory_, {true, true, true}, shared_from_this()));
  return launched;
}

void ExecProbe::TakeLaunched(Result<Launched> launched) {
  if (finished_) {
    return;
  }
  if (!launched) {
    return Finish(ProbeEnd{kNoHealthExitCode, launched.error().message()});
  }
  monitor_ = std::move(launched->monitor);
  streams_ = std::move(launched->streams);
  if (reads_on_) {
    streams_->ReadMore();
  }
  Proceed();
}

// Goes on once the process has been started and there is a monitor through which to release it.
void ExecProbe::Proceed() {
  if (finished_ || !monitor_) {
    return;
  }
  if (killed_) {
    return Stop();
  }
  if (started_) {
    OnWorker([started = *started_](ExecProbe& probe) {
      const Status joined = probe.Join(started);
      probe.OnLoop([joined](ExecProbe& self) { self.TakeJoined(joined); });
    });
  }
}

// Called on a worker.
Status ExecProbe::Join(const shim::Started& started) const {
  // If the container has ended meanwhile, the pid may be another process's.
  RETURN_IF_ERROR(os::OpenPidfdVerified(started.pid, started.start_time));
  return context_.modules.cgroups->MoveProcess(
      started.pid, context_.CgroupPath(container_->config()), kHealthCgroup);
}

void ExecProbe::TakeJoined(const Status& joined) {
  if (finished_ || killed_ || !streams_) {
    return;
  }
  if (!joined) {
    failure_ = joined.error().message();
    // cgroup version 1 does not move frozen processes: that says nothing about the container's
    // health.
    stood_still_ = joined.error().system_errno() == EBUSY;
    return Stop();
  }
  released_ = true;
  news_.let_go();
  streams_->WriteStdin(kGo, [] {});
}

// Called on a worker. Checks of a later run belong to another probe.
void ExecProbe::KillOwn() const {
  if (container_->run() == run_) {
    KillChecks(context_, *container_);
  }
}

void ExecProbe::Stop() {
  streams_.reset();  // the process ends if it still waits
  if (!monitor_) {
    return;  // TakeLaunched() is still to come
  }
  monitor_->Signal(SIGKILL, [](const Status&) {});  // fails if it has ended: nothing to report
  OnWorker([](ExecProbe& probe) { probe.KillOwn(); });
  FinishIfOver();
}

void ExecProbe::FinishIfOver() {
  if (!exit_code_ || (streams_ && !streams_ended_)) {
    return;
  }
  if (failure_ || !released_) {
    return Finish(ProbeEnd{kNoHealthExitCode, failure_.value_or("it was not run")});
  }
  Finish(ProbeEnd{*exit_code_, output_.Text()});
}

void ExecProbe::TellUnderWay() {
  if (!under_way_told_) {
    under_way_told_ = true;
    news_.under_way();
  }
}

void ExecProbe::Finish(ProbeEnd end) {
  if (finished_) {
    return;
  }
  finished_ = true;
  streams_.reset();
  monitor_.reset();
  TellUnderWay();
  const bool counts = released_ || (IsRunning() && !stood_still_);
  OnWorker([counts, released = released_, end = std::move(end)](ExecProbe& probe) {
    if (released) {
      probe.KillOwn();  // what the check has left behind
    }
    // What cannot be removed now is removed at the daemon's next start.
    IgnoreError(os::RemoveTree(probe.directory_));
    probe.OnLoop([counts, end](ExecProbe& self) {
      self.news_.ended(counts ? std::optional<ProbeEnd>(end) : std::nullopt);
      self.news_ = {};
    });
  });
}

class ExecProber final : public Prober {
 public:
  explicit ExecProber(Context* context) : context_(context) {}

  std::shared_ptr<Probe> Start(const std::shared_ptr<Container>& container, Container::RunId run,
                               ProbeNews news) override {
    auto probe = std::make_shared<ExecProbe>(context_, container, run, std::move(news));
    probe->Begin();
    return probe;
  }

 private:
  Context* const context_;
};

}  // namespace

std::unique_ptr<Prober> CreateExecProber(Context* context) {
  return std::make_unique<ExecProber>(context);
}

void KillChecks(const Context& context, const Container& container) {
  const std::string cgroup = context.CgroupPath(container.config()) + kHealthCgroup;
  const Result<std::set<pid_t>> left = context.modules.cgroups->Processes(cgroup);
  if (left && left->empty()) {
    return;
  }
  if (const Status killed = context.modules.cgroups->Kill(cgroup); !killed) {
    log::Warn("processes of a health check stay",
              {{"id", container.id()}, {"reason", killed.error().message()}});
  }
}

void RemoveCheckDirectories(const Context& context) {
  const std::string directory = ChecksDirectory(context);
  // The directory does not exist if the state directory was made by an older daemon.
  for (const std::string& name :
       os::ListDirectory(directory).value_or(std::vector<std::string>())) {
    if (const Status removed = os::RemoveTree(directory + "/" + name); !removed) {
      log::Warn("the directory of a health check stays", {{"reason", removed.error().message()}});
    }
  }
}

}  // namespace isulad::container
