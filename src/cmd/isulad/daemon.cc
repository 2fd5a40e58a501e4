#include "cmd/isulad/daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cmd/isulad/instance.h"
#include "cmd/isulad/runtime_namespace.h"
#include "cmd/isulad/version.h"
#include "daemon/entry/grpc/listeners.h"
#include "daemon/entry/grpc/server.h"
#include "daemon/modules/container/channels.h"
#include "daemon/modules/container/engine.h"
#include "daemon/modules/container/health_checks.h"
#include "daemon/modules/container/recovery.h"
#include "daemon/modules/container/shutdown.h"
#include "daemon/modules/spec/host_channel/linux_mount_ops.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"
#include "utils/os/directory_watcher.h"
#include "utils/os/file.h"
#include "utils/os/host_shutdown.h"
#include "utils/os/service_notify.h"
#include "utils/os/system_info.h"

namespace isulad {
namespace {

constexpr int kMaxWorkers = 128;
constexpr std::chrono::milliseconds kShutdownGrace(500);

// Members in the order in which they are built; each may use the ones above it.
struct Parts {
  SystemClock clock;
  std::unique_ptr<os::EventLoop> loop;
  std::unique_ptr<cgroup::Hierarchy> cgroups;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<events::Journal> events;
  std::unique_ptr<host_channel::MountOps> mount_ops;
  std::unique_ptr<host_channel::Manager> channels;
  std::unique_ptr<container::LiveMounts> live_mounts;
  std::optional<os::BareNamespace> runtime_namespace;
  std::unique_ptr<shim::Launcher> launcher;
  std::unique_ptr<os::DirectoryWatcher> watcher;
  std::unique_ptr<container::Context> context;
  std::unique_ptr<container::HealthChecks> health;
  std::unique_ptr<container::Engine> engine;
  std::unique_ptr<container::Channels> live_channels;
  // Runs the engine's own tasks. They use everything above, so these threads end first.
  std::unique_ptr<os::WorkerPool> workers;
  // Runs requests. A request may wait for one of the engine's own tasks, such as the exit of a
  // container: with a shared pool, requests could occupy all threads and leave none for the tasks.
  std::unique_ptr<os::WorkerPool> calls;
  std::unique_ptr<os::WorkerPool> ending;  // its thread exists even if no other can be created
  std::unique_ptr<entry::Server> server;
};

// isulad-shim is in the same directory as isulad, installed or not.
Result<std::string> FindShim() {
  ASSIGN_OR_RETURN(const os::UniqueFd self, os::Open("/proc/self/exe", O_PATH));
  ASSIGN_OR_RETURN(const std::string program, os::DescriptorPath(self.get()));
  std::string shim = std::string(ParentPath(program)) + "/isulad-shim";
  if (::access(shim.c_str(), X_OK) != 0) {
    return SystemError(errno, "monitor program " + Quote(shim));
  }
  return shim;
}

std::string PathOfRuntime(const std::string& name, const config::RuntimeEntry& entry) {
  return entry.path.empty() ? runtime::FindRuntime(name) : entry.path;
}

Result<std::map<std::string, std::unique_ptr<runtime::OciRuntime>>> BuildRuntimes(
    const config::DaemonConfig& config, bool hybrid) {
  std::map<std::string, std::unique_ptr<runtime::OciRuntime>> runtimes;
  for (const auto& [name, entry] : config.runtimes) {
    const runtime::RuntimeConfig settings{name, PathOfRuntime(name, entry), entry.arguments,
                                          config.state + "/runtime-" + name};
    Result<std::unique_ptr<runtime::OciRuntime>> built = runtime::CreateRuntime(settings, hybrid);
    if (built) {
      runtimes[name] = *std::move(built);
    } else if (name == config.default_runtime) {
      return std::move(built).error().AddContext("runtime " + Quote(name));
    } else {
      log::Warn("runtime not available", {{"name", name}, {"reason", built.error().message()}});
    }
  }
  return runtimes;
}

Result<std::unique_ptr<host_channel::Manager>> BuildChannels(const config::DaemonConfig& config,
                                                             host_channel::MountOps* ops) {
  host_channel::ManagerConfig settings;
  settings.record_directory = config.graph + "/channels";
  settings.view_directory = config.state + "/channels";
  settings.page_size = os::PageSize();
  ASSIGN_OR_RETURN(settings.physical_memory, os::PhysicalMemory());
  settings.memory_max = config.host_channel_memory_max;
  settings.forbidden_directories = {config.graph, config.state};
  return host_channel::CreateManager(std::move(settings), ops);
}

std::optional<os::BareNamespace> BuildRuntimeNamespace(const config::DaemonConfig& config,
                                                       const std::string& shim) {
  std::vector<std::string> paths = {config.graph, config.state, shim};
  for (const auto& [name, entry] : config.runtimes) {
    paths.push_back(PathOfRuntime(name, entry));
  }
  return MakeRuntimeNamespace(std::move(paths), config.state);
}

void WarnOfMountNamespace(const config::DaemonConfig& config) {
  if (!config.host_mount_namespace && !host_channel::SharesHostMountNamespace()) {
    log::Warn(
        "this daemon's mount namespace is not the host's: the host does not see what it mounts; "
        "\"mount-namespace\": \"host\" in daemon.json makes it mount channels in the host's");
  }
}

// Invalid settings of any module are rejected here, not at the first create.
Result<container::Defaults> BuildDefaults(const config::DaemonConfig& config) {
  container::Defaults defaults;
  defaults.ulimits = config.default_ulimits;
  defaults.log_driver = config.container_log.driver;
  defaults.log_options = config.container_log.options;
  if (Result<logs::LogOptions> log =
          logs::ParseLogOptions(defaults.log_driver, defaults.log_options);
      !log) {
    return std::move(log).error().AddContext("container-log");
  }
  if (config.hook_spec.empty()) {
    return defaults;
  }
  ASSIGN_OR_RETURN(const std::string text, os::ReadFile(config.hook_spec));
  Result<spec::Hooks> hooks = spec::ParseHooks(text);
  Status checked = hooks ? container::CheckHooks(*hooks) : Status(hooks.error());
  if (!checked) {
    return std::move(checked).error().AddContext("hook-spec " + Quote(config.hook_spec));
  }
  defaults.hooks = *std::move(hooks);
  return defaults;
}

Result<container::Settings> BuildSettings(const config::DaemonConfig& config) {
  container::Settings settings;
  settings.state_directory = config.state;
  settings.cgroup_parent = config.cgroup_parent;
  settings.default_runtime = config.default_runtime;
  settings.start_timeout = config.start_timeout;
  ASSIGN_OR_RETURN(settings.boot_id, os::BootId());
  ASSIGN_OR_RETURN(settings.capabilities, os::EffectiveCapabilities());
  ASSIGN_OR_RETURN(settings.shim, FindShim());
  settings.page_size = os::PageSize();
  settings.processors = os::ProcessorCount();
  settings.umask = config.umask;
  ASSIGN_OR_RETURN(settings.defaults, BuildDefaults(config));
  return settings;
}

const char* LayoutName(cgroup::Layout layout) {
  switch (layout) {
    case cgroup::Layout::kV1:
      return "v1";
    case cgroup::Layout::kHybrid:
      return "hybrid";
    case cgroup::Layout::kV2:
      return "v2";
  }
  return "";
}

entry::SystemInformation BuildInformation(const config::DaemonConfig& config, const Parts& parts) {
  entry::SystemInformation information;
  information.version = kVersion;
  information.git_commit = kGitCommit;
  information.default_runtime = config.default_runtime;
  for (const auto& [name, runtime] : parts.context->modules.runtimes) {
    information.runtimes.push_back(name);
  }
  information.cgroup_layout = LayoutName(parts.cgroups->layout());
  information.swap_accounting = parts.cgroups->SwapAccounting();
  information.kernel_version = os::KernelRelease();
  information.operating_system = os::OperatingSystem();
  information.architecture = os::Machine();
  information.processors = static_cast<uint32_t>(os::ProcessorCount());
  information.memory_total = os::PhysicalMemory().value_or(0u);
  information.host_name = os::HostName();
  information.log_driver =
      config.container_log.driver.empty() ? "json-file" : config.container_log.driver;
  information.graph = config.graph;
  information.state = config.state;
  information.host_mount_namespace =
      config.host_mount_namespace || host_channel::SharesHostMountNamespace();
  information.host_channel_max = parts.channels->MemoryMax();
  information.host_channel_reserved = [channels = parts.channels.get()] {
    return channels->ReservedBytes();
  };
  information.host_channels = [channels = parts.channels.get()] { return channels->List().size(); };
  return information;
}

Status BuildThreads(Parts& parts) {
  ASSIGN_OR_RETURN(parts.workers, os::WorkerPool::Create(kMaxWorkers));
  ASSIGN_OR_RETURN(parts.calls, os::WorkerPool::Create(kMaxWorkers));
  ASSIGN_OR_RETURN(parts.ending, os::WorkerPool::Create(1));
  return OkStatus();
}

Status Build(const config::DaemonConfig& config, Parts& parts) {
  RETURN_IF_ERROR(os::MakeDirectories(config.state + "/containers", 0700));
  RETURN_IF_ERROR(os::MakeDirectories(config.state + "/health", 0700));
  RETURN_IF_ERROR(os::MakeDirectories(config.state + "/rootfs", 0711));
  ASSIGN_OR_RETURN(parts.loop, os::EventLoop::Create());
  ASSIGN_OR_RETURN(parts.cgroups, cgroup::OpenHierarchy());
  ASSIGN_OR_RETURN(parts.store, store::OpenStore(config.graph, config.state + "/exits"));
  ASSIGN_OR_RETURN(parts.events, events::Journal::Open(config.graph + "/events", &parts.clock));
  ASSIGN_OR_RETURN(parts.mount_ops, host_channel::CreateLinuxMountOps(config.host_mount_namespace));
  ASSIGN_OR_RETURN(parts.channels, BuildChannels(config, parts.mount_ops.get()));
  parts.live_mounts = container::CreateLiveMounts();
  ASSIGN_OR_RETURN(const std::string shim, FindShim());
  parts.runtime_namespace = BuildRuntimeNamespace(config, shim);
  ASSIGN_OR_RETURN(const uint64_t descriptor_limit, os::RaiseDescriptorLimit());
  ASSIGN_OR_RETURN(
      parts.launcher,
      shim::CreateLauncher({shim, parts.runtime_namespace ? parts.runtime_namespace->fd.get() : -1,
                            descriptor_limit},
                           parts.loop.get()));
  ASSIGN_OR_RETURN(parts.watcher, os::DirectoryWatcher::Create(parts.loop.get()));
  RETURN_IF_ERROR(BuildThreads(parts));
  ASSIGN_OR_RETURN(container::Settings settings, BuildSettings(config));
  container::Modules modules{&parts.clock,
                             parts.store.get(),
                             parts.channels.get(),
                             parts.launcher.get(),
                             parts.cgroups.get(),
                             parts.workers.get(),
                             parts.calls.get(),
                             parts.loop.get(),
                             parts.watcher.get(),
                             {},
                             parts.events.get(),
                             parts.live_mounts.get(),
                             parts.runtime_namespace ? &*parts.runtime_namespace : nullptr};
  ASSIGN_OR_RETURN(modules.runtimes,
                   BuildRuntimes(config, parts.cgroups->layout() == cgroup::Layout::kHybrid));
  parts.context = std::make_unique<container::Context>(std::move(settings), std::move(modules));
  parts.health = std::make_unique<container::HealthChecks>(parts.context.get());
  parts.context->health = parts.health.get();
  parts.engine = std::make_unique<container::Engine>(parts.context.get());
  parts.live_channels = std::make_unique<container::Channels>(parts.context.get());
  return OkStatus();
}

// Stops the loop when a signal arrives.
Status WatchSignals(os::EventLoop* loop, const os::UniqueFd& signals) {
  return loop->Add(signals.get(), EPOLLIN, [loop, fd = signals.get()](uint32_t) {
    signalfd_siginfo information = {};
    if (::read(fd, &information, sizeof(information)) == sizeof(information)) {
      log::Info("ending", {{"signal", information.ssi_signo}, {"from", information.ssi_pid}});
      loop->Stop();
    }
  });
}

Result<os::UniqueFd> BlockSignals() {
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) {
    return SystemError(errno, "block signals");
  }
  os::UniqueFd fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd) {
    return SystemError(errno, "signalfd");
  }
  return fd;
}

// Ends all activity in an order in which everything still finds what it needs: first no more
// requests, then the work that they began, with the loop still running for it, then the loop. Also
// called after a start that failed before there was a server, because recovery has begun work.
void ShutDown(Parts& parts, const config::DaemonConfig& config) {
  parts.ending->Post([&parts] {
    IgnoreError(parts.loop->Run());  // any error ends it here
  });
  if (os::HostIsGoingDown()) {
    container::StopAll(*parts.context);
  }
  parts.context->ending = true;
  parts.engine->InterruptWaits();
  if (parts.server) {
    parts.server->Shutdown(kShutdownGrace);
  }
  parts.health->Shutdown();
  parts.context->spawned.Drain();
  parts.calls->Drain();
  parts.workers->Drain();
  parts.loop->Stop();
  parts.ending->Drain();
  parts.calls->Drain();  // tasks that the loop posted last
  parts.workers->Drain();
  parts.server.reset();
  if (parts.engine->Count().all == 0) {
    parts.cgroups->RemoveIfEmpty(parts.context->MonitorCgroupPath());
    parts.cgroups->RemoveIfEmpty(config.cgroup_parent);
  }
}

// Failure is only logged: the daemon serves even if the service manager does not listen.
void Tell(const os::ServiceNotifier& manager, std::string_view state) {
  if (const Status told = manager.Send(state); !told) {
    log::Warn("service manager not told", {{"state", state}, {"reason", told.error().message()}});
  }
}

// Serves until a signal arrives.
Status Serve(const config::DaemonConfig& config, Parts& parts, entry::Listeners& listeners,
             const os::UniqueFd& signals, const os::ServiceNotifier& manager) {
  RETURN_IF_ERROR(container::Recover(*parts.context));
  ASSIGN_OR_RETURN(
      parts.server,
      entry::Server::Create(listeners.Take(),
                            {parts.engine.get(), parts.live_channels.get(), parts.events.get()},
                            BuildInformation(config, parts), parts.calls.get(), parts.loop.get()));
  for (const std::string& warning : listeners.warnings()) {
    log::Warn(warning);
  }
  RETURN_IF_ERROR(WatchSignals(parts.loop.get(), signals));
  log::Info("serving", {{"version", kVersion}, {"graph", config.graph}, {"pid", ::getpid()}});
  // Clients that connect from now on, or have connected already, are answered by the loop.
  Tell(manager, os::kServiceReady);
  const Status ran = parts.loop->Run();
  Tell(manager, os::kServiceStopping);
  parts.loop->Remove(signals.get());
  return ran;
}

}  // namespace

Status RunDaemon(const config::DaemonConfig& config) {
  const os::ServiceNotifier manager = os::ServiceNotifier::FromEnvironment();
  ASSIGN_OR_RETURN(const os::UniqueFd signals, BlockSignals());
  // Claims everything that two daemons must not share before inspecting any of it: the containers
  // of another running daemon must not be mistaken for those that a dead one left behind.
  ASSIGN_OR_RETURN(const DirectoryLock graph, DirectoryLock::Acquire("data", config.graph));
  ASSIGN_OR_RETURN(const DirectoryLock state, DirectoryLock::Acquire("state", config.state));
  ASSIGN_OR_RETURN(entry::Listeners listeners,
                   entry::Listeners::Claim({config.hosts, config.group}));
  ASSIGN_OR_RETURN(const PidFile pid_file, PidFile::Claim(config.pidfile));
  WarnOfMountNamespace(config);
  Parts parts;
  RETURN_IF_ERROR(Build(config, parts));
  const Status served = Serve(config, parts, listeners, signals, manager);
  ShutDown(parts, config);
  return served;
}

}  // namespace isulad
