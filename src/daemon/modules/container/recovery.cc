#include "daemon/modules/container/recovery.h"

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/exec.h"
#include "daemon/modules/container/exit_handler.h"
#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/run_observer.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"
#include "utils/os/file.h"

namespace isulad::container {
namespace {

Status CheckReadable(const store::Store::Entry& entry) {
  ASSIGN_OR_RETURN(const ContainerConfig config, ConfigFromJson(entry.config));
  return config.id == entry.id ? OkStatus()
                               : Status(InvalidArgument("config.json: \"Id\" is another's"));
}

// The state as it was saved; where it cannot be read, that of a container whose last run ended
// unknown.
State SavedState(const store::Store::Entry& entry) {
  if (entry.state) {
    if (Result<State> state = StateFromJson(*entry.state); state) {
      return *std::move(state);
    }
  } else if (!entry.state_lost) {
    return {};
  }
  log::Warn("state.json cannot be read: taken for ended", {{"id", entry.id}});
  State state;
  state.phase = Phase::kExited;
  state.exit_code = kUnknownExitCode;
  state.finished_at = Timestamp{1};
  return state;
}

std::shared_ptr<Container> Register(Context& context, const store::Store::Entry& entry) {
  Result<ContainerConfig> config = ConfigFromJson(entry.config);  // checked by the scan
  Result<Registry::Reservation> name = context.registry.Reserve(config->name, entry.id);
  if (!name) {
    log::Error("container not served", {{"id", entry.id}, {"reason", name.error().message()}});
    return nullptr;
  }
  auto container = std::make_shared<Container>(*std::move(config), SavedState(entry));
  context.registry.Add(container, *std::move(name));
  return container;
}

// False where the monitor told nothing of the start, but has left a record of an end after it.
bool TakeOutcome(Context& context, Container& container, const Result<shim::Started>& started) {
  if (!started && context.modules.store->ReadExitRecord(container.id())) {
    return false;
  }
  const Result<State> state =
      container.Apply(started ? Event::kStarted : Event::kStartFailed, [&](State& next) {
        next.pid = started ? started->pid : 0;
        next.start_time = started ? started->start_time : 0;
        next.boot_id = context.settings.boot_id;
        next.started_at = context.modules.clock->Now();
        next.error = started ? "" : started.error().message();
      });
  if (state) {
    IgnoreError(Persist(context, container, *state));  // found out again at the next start
  }
  if (!started) {
    container.SetMonitor(nullptr);
    IgnoreError(CleanUpRun(context, container));  // repeated by the next start, and by rm
  }
  return true;
}

// The start was under way when the last daemon died, and its monitor still lives: it is finished
// here.
void FinishInterruptedStart(Context& context, const std::shared_ptr<Container>& container,
                            RunObserver& observer) {
  Result<shim::Started> started = Error(Code::kUnavailable, "");
  {
    const Result<ScopedOperation> operation = ScopedOperation::Acquire(container);
    if (!operation || container->state().phase != Phase::kStarting) {
      return;  // it has ended already
    }
    started = observer.WaitStarted(context.settings.start_timeout);
    if (TakeOutcome(context, *container, started)) {
      return;
    }
  }
  HandleLostMonitor(context, container, started.error());
}

// A run that left a directory is connected to; where its monitor answers, it goes on. The phase on
// disk may lag behind: a crash in a start leaves it at created.
bool Adopt(Context& context, const std::shared_ptr<Container>& container) {
  const auto observer = std::make_shared<RunObserver>(&context, container);
  const State saved = container->state();
  if (saved.phase == Phase::kRunning) {
    // The start is known: a monitor that dies before it repeats it is one that was lost.
    observer->OnStarted({saved.pid, saved.start_time});
  }
  Result<std::shared_ptr<shim::Monitor>> monitor =
      context.modules.launcher->Reconnect(context.RunDirectory(container->id()), observer);
  if (!monitor) {
    return false;
  }
  container->SetMonitor(*std::move(monitor));
  if (saved.phase != Phase::kRunning) {
    IgnoreError(container->Apply(Event::kStart));  // from created or exited: always possible
    context.modules.workers->Post([context_pointer = &context, container, observer] {
      FinishInterruptedStart(*context_pointer, container, *observer);
    });
  }
  return true;
}

// Whether a run ended that the last daemon did not live to record, its start included.
bool EndedUnseen(const Context& context, Container& container) {
  if (!context.modules.store->ReadExitRecord(container.id())) {
    return false;
  }
  const Phase phase = container.state().phase;
  if (phase == Phase::kCreated || phase == Phase::kExited) {
    IgnoreError(container.Apply(Event::kStart));  // always possible from these
  }
  return phase != Phase::kRemoving;
}

void RecoverOne(Context& context, const std::shared_ptr<Container>& container) {
  const bool left_directory = os::PathExists(context.RunDirectory(container->id()));
  if (left_directory && Adopt(context, container)) {
    RecoverExecs(context, *container);
    log::Info("container adopted", {{"id", container->id()}, {"pid", container->state().pid}});
    return;
  }
  if ((left_directory && EndedUnseen(context, *container)) ||
      container->state().phase == Phase::kRunning || container->state().phase == Phase::kStarting) {
    const bool rebooted = container->state().boot_id != context.settings.boot_id;
    HandleLostMonitor(context, container,
                      Unavailable(rebooted ? "the host was restarted" : "it does not answer"));
    return;
  }
  if (left_directory) {
    if (const Status cleaned = CleanUpRun(context, *container); !cleaned) {
      log::Warn("cleaning up after a run",
                {{"id", container->id()}, {"reason", cleaned.error().message()}});
    }
  }
  const bool ended = container->state().phase == Phase::kExited && container->config().auto_remove;
  if (ended || container->state().phase == Phase::kRemoving) {
    const Result<std::vector<std::string>> removed = Remove(context, container, false);
    if (!removed) {
      log::Error("interrupted removal could not be finished",
                 {{"id", container->id()}, {"reason", removed.error().message()}});
    }
  }
}

// Directories of runs whose containers are not known: a create that was never answered, or a
// removal that was finished by the store's scan.
void ClearStrayRuns(Context& context) {
  const std::string runs = context.settings.state_directory + "/containers";
  const Result<std::vector<std::string>> names = os::ListDirectory(runs);
  if (!names) {
    return;
  }
  for (const std::string& name : *names) {
    if (!IsValidId(name) || context.registry.Find(name)) {
      continue;
    }
    IgnoreError(context.modules.cgroups->Kill(context.CgroupPath(name)));
    for (const auto& [runtime_name, runtime] : context.modules.runtimes) {
      IgnoreError(runtime->Delete(name));  // it belongs to one of them
    }
    const Status removed = os::RemoveTree(runs + "/" + name);
    log::Warn("cleared away a run of no container",
              {{"id", name}, {"done", removed ? "true" : "false"}});
  }
}

}  // namespace

Status Recover(Context& context) {
  ASSIGN_OR_RETURN(const store::Store::Found found, context.modules.store->Scan(CheckReadable));
  std::vector<std::shared_ptr<Container>> containers;
  std::vector<host_channel::Owner> owners;
  for (const store::Store::Entry& entry : found.entries) {
    if (const auto container = Register(context, entry); container) {
      containers.push_back(container);
      owners.push_back({container->id(), container->name()});
    }
  }
  for (const std::string& notice : found.notices) {
    log::Warn(notice);
  }
  for (const std::string& id : found.damaged) {
    owners.push_back({id, id});  // its channels stay until an administrator has looked
  }
  for (const std::string& line : context.modules.channels->Recover(owners)) {
    log::Warn(line);
  }
  ClearStrayRuns(context);
  for (const auto& container : containers) {
    RecoverOne(context, container);
  }
  return OkStatus();
}

}  // namespace isulad::container
