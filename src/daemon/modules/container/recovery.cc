#include "daemon/modules/container/recovery.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/channel_attach.h"
#include "daemon/modules/container/channel_users.h"
#include "daemon/modules/container/exec.h"
#include "daemon/modules/container/health_checks.h"
#include "daemon/modules/container/pause.h"
#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/restarter.h"
#include "daemon/modules/container/run.h"
#include "daemon/modules/container/run_cleanup.h"
#include "daemon/modules/container/update.h"
#include "daemon/modules/container/waits.h"
#include "daemon/modules/rootfs/view.h"
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

// A run that left a directory is connected to; if its monitor answers, it goes on. The phase on
// disk may lag behind: a crash in a start leaves it at created.
bool Adopt(Context& context, const std::shared_ptr<Container>& container) {
  const auto run = std::make_shared<Run>(&context, container);
  const State saved = container->state();
  if (!run->Reconnect()) {
    return false;
  }
  if (run->is_starting()) {
    Spawn(context, run->Resume(saved));
  } else {
    RecoverPause(context, *container);
  }
  return true;
}

// Whether a run ended that the last daemon did not live to record, its start included.
bool EndedUnseen(const Context& context, Container& container) {
  if (!context.modules.store->ReadExitRecord(container.id())) {
    return false;
  }
  const Phase phase = container.state().phase;
  if (phase == Phase::kCreated || phase == Phase::kExited || phase == Phase::kRestarting) {
    IgnoreError(container.Apply(Event::kStart));  // always possible from these
  }
  return phase != Phase::kRemoving;
}

// Whether the host was started since, and the policy says that the container is to be, too.
bool ComesBackWithHost(const Context& context, const Container& container) {
  const State state = container.state();
  return state.phase == Phase::kExited && state.boot_id != context.settings.boot_id &&
         StartsWithHost(container.restart_policy(), state);
}

// What the last daemon would have done next with a container that does not run.
void RecoverEnded(Context& context, const std::shared_ptr<Container>& container) {
  const Phase phase = container->state().phase;
  if (phase == Phase::kRestarting) {
    return ScheduleRestart(context, container);
  }
  if (ComesBackWithHost(context, *container)) {
    RestartState now;
    now.due = context.modules.clock->Now();
    return AwaitRestart(context, container, now);
  }
  const bool ended = phase == Phase::kExited && container->config().host().auto_remove();
  if (!ended && phase != Phase::kRemoving) {
    return;
  }
  const Result<std::vector<std::string>> removed = Await(Remove(context, container, false));
  if (!removed) {
    log::Error("interrupted removal could not be finished",
               {{"id", container->id()}, {"reason", removed.error().message()}});
  }
}

void RecoverOne(Context& context, const std::shared_ptr<Container>& container) {
  const bool left_directory = os::PathExists(context.RunDirectory(container->id()));
  context.announcer.CatchUp(*container);
  if (left_directory && Adopt(context, container)) {
    RecoverExecs(context, container);
    RecoverChecks(context, container);
    RecoverLimits(context, *container);
    AttachMissing(context, *container);
    log::Info("container adopted", {{"id", container->id()}, {"pid", container->state().pid}});
    return;
  }
  context.announcer.CatchUpExecs(*container, {});  // none outlives its container
  const bool may_have_ended =
      left_directory || context.modules.store->HasUnsavedEnd(container->id());
  if ((may_have_ended && EndedUnseen(context, *container)) || IsUp(container->state().phase) ||
      container->state().phase == Phase::kStarting) {
    const bool rebooted = container->state().boot_id != context.settings.boot_id;
    std::make_shared<Run>(&context, container)
        ->EndWithoutMonitor(
            Unavailable(rebooted ? "the host was restarted" : "it does not answer"));
    return;
  }
  if (left_directory) {
    if (const Status cleaned = CleanUpRun(context, *container); !cleaned) {
      log::Warn("cleaning up after a run",
                {{"id", container->id()}, {"reason", cleaned.error().message()}});
    }
  }
  RecoverEnded(context, container);
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
    IgnoreError(context.modules.cgroups->Kill(context.settings.cgroup_parent + "/" + name));
    for (const auto& [runtime_name, runtime] : context.modules.runtimes) {
      IgnoreError(runtime->Delete(name));  // it belongs to one of them
    }
    IgnoreError(rootfs::RemoveView(context.RootfsViews(), name));  // repeated by the next start
    const Status removed = os::RemoveTree(runs + "/" + name);
    log::Warn("cleared away a run of no container",
              {{"id", name}, {"done", removed ? "true" : "false"}});
  }
}

void RecoverRootfsViews(Context& context) {
  const auto runs = [&context](const std::string& id) {
    return os::PathExists(context.RunDirectory(id));
  };
  for (const std::string& line : rootfs::RecoverViews(context.RootfsViews(), runs)) {
    log::Warn(line);
  }
}

Announcer::Gone GoneOf(const store::Store::Entry& entry) {
  const Result<ContainerConfig> config = ConfigFromJson(entry.config);
  Announcer::Gone gone{entry.id, config ? config->name : entry.id, {}};
  if (config) {
    for (const ChannelName& name : config->channel_names) {
      gone.host_paths.push_back(name.host_path);
    }
  }
  return gone;
}

std::set<std::string> HostPaths(const Context& context) {
  std::set<std::string> paths;
  for (const host_channel::ChannelState& state : context.modules.channels->List()) {
    paths.insert(state.channel.host_path);
  }
  return paths;
}

// Tells the removals that the last daemon decided and did not tell, and clears away what is left of
// them.
void FinishRemovals(Context& context, const store::Store::Found& found) {
  const std::set<std::string> damaged(found.damaged.begin(), found.damaged.end());
  std::vector<Announcer::Gone> gone;
  for (const store::Store::Entry& entry : found.gone) {
    gone.push_back(GoneOf(entry));
  }
  context.announcer.Learn();
  context.announcer.CatchUpRemovals(
      [&](const std::string& id) { return damaged.count(id) != 0 || context.registry.Find(id); },
      gone, HostPaths(context));
  for (const store::Store::Entry& entry : found.gone) {
    const Status cleared = context.modules.store->Clear(entry.id);
    log::Warn("cleared away what was left of a removed container",
              {{"id", entry.id}, {"done", cleared ? "true" : "false"}});
  }
}

// Which channels the containers know of; those whose configuration is damaged, of all.
host_channel::Manager::Knows KnownChannels(
    const std::vector<std::shared_ptr<Container>>& containers) {
  std::map<std::string, std::set<std::string>> known;
  for (const auto& container : containers) {
    std::set<std::string>& paths = known[container->id()];
    for (const ChannelName& name : container->channel_names()) {
      paths.insert(name.host_path);
    }
  }
  return [known = std::move(known)](const std::string& owner, const std::string& host_path) {
    const auto found = known.find(owner);
    return found == known.end() || found->second.count(host_path) != 0;
  };
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
  for (const std::string& line :
       context.modules.channels->Recover(owners, KnownChannels(containers))) {
    log::Warn(line);
  }
  RecoverRootfsViews(context);
  ClearStrayRuns(context);
  RemoveCheckDirectories(context);
  FinishRemovals(context, found);
  const std::set<std::string> host_paths = HostPaths(context);
  for (const auto& container : containers) {
    context.announcer.CatchUpChannels(*container, host_paths);
    LoadChannels(context, *container);
    RecoverOne(context, container);
  }
  return OkStatus();
}

}  // namespace isulad::container
