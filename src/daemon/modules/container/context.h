// What the verbs work with: the modules, wired by main(), and the registry.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CONTEXT_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CONTEXT_H_

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"
#include "daemon/modules/container/announcer.h"
#include "daemon/modules/container/container_config.h"
#include "daemon/modules/container/copies.h"
#include "daemon/modules/container/defaults.h"
#include "daemon/modules/container/live_mounts.h"
#include "daemon/modules/container/registry.h"
#include "daemon/modules/container/seccomp_cache.h"
#include "daemon/modules/events/journal.h"
#include "daemon/modules/runtime/oci_runtime.h"
#include "daemon/modules/shim/monitor.h"
#include "daemon/modules/spec/host_channel/manager.h"
#include "daemon/modules/store/store.h"
#include "utils/base/clock.h"
#include "utils/base/mutex.h"
#include "utils/base/named_locks.h"
#include "utils/base/strings.h"
#include "utils/os/bare_namespace.h"
#include "utils/os/directory_watcher.h"
#include "utils/os/event_loop.h"
#include "utils/os/worker_pool.h"

namespace isulad::container {

struct Settings {
  std::string state_directory;  // run-time state, on a tmpfs
  std::string cgroup_parent;    // "/isulad"
  std::string default_runtime;  // a key of Modules::runtimes
  std::chrono::seconds start_timeout{120};
  std::string boot_id;
  std::string shim;           // path of the monitor's program
  uint64_t capabilities = 0;  // what the daemon has, bits of capability(7)
  uint64_t page_size = 4096;
  int processors = 1;
  // Marks mount points that were made in users' rootfs directories.
  std::string mark = "isulad";
  Defaults defaults;
  uint32_t umask = 0022;  // of all processes in containers
};

// All thread-safe; they outlive the context.
struct Modules {
  Clock* clock = nullptr;
  store::Store* store = nullptr;
  host_channel::Manager* channels = nullptr;
  shim::Launcher* launcher = nullptr;
  cgroup::Hierarchy* cgroups = nullptr;
  os::WorkerPool* workers = nullptr;   // for ends of runs: no request takes one of them
  os::WorkerPool* requests = nullptr;  // for what clients ask for
  os::EventLoop* loop = nullptr;
  os::DirectoryWatcher* watcher = nullptr;
  std::map<std::string, std::unique_ptr<runtime::OciRuntime>> runtimes;
  events::Journal* events = nullptr;  // nullptr: nothing is told
  LiveMounts* live_mounts = nullptr;
  const os::BareNamespace* runtime_namespace = nullptr;  // nullptr: runtimes start in the daemon's
};

class HealthChecks;

// How many tasks are under way that nobody waits for. Thread-safe.
class TaskCount {
 public:
  void Begin() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    ++count_;
  }
  void End() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    --count_;
    changed_.NotifyAll();
  }
  // Waits until there is none.
  void Drain() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    while (count_ > 0) {
      changed_.Wait(mutex_);
    }
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  int count_ GUARDED_BY(mutex_) = 0;
};

class Context {
 public:
  Context(Settings settings_in, Modules modules_in)
      : settings(std::move(settings_in)), modules(std::move(modules_in)) {}

  const Settings settings;
  const Modules modules;
  Registry registry;
  SeccompCache seccomp;
  Announcer announcer{modules.events};
  Copies copies;
  std::atomic<bool> ending = false;  // nothing is started any more
  TaskCount spawned;
  // Set once, before anything is done; nullptr: nothing is checked.
  HealthChecks* health = nullptr;
  NamedLocks rootfs_turns;  // by path: who makes mount points in it, or removes them

  // <state>/containers/<id>: the bundle, and the monitor's directory.
  std::string RunDirectory(const std::string& id) const {
    return settings.state_directory + "/containers/" + id;
  }
  // <state>/rootfs: how the roots of containers with user namespaces are mounted while they start.
  std::string RootfsViews() const { return settings.state_directory + "/rootfs"; }
  // Where the layers of a container over its rootfs are, see rootfs/overlay.h.
  std::string LayersOf(const std::string& id) const {
    return modules.store->DirectoryOf(id) + "/overlay";
  }
  std::string CgroupPath(const ContainerConfig& config) const {
    return (config.host().cgroup_parent().empty() ? settings.cgroup_parent
                                                  : config.host().cgroup_parent()) +
           "/" + config.id;
  }
  // Shared by all monitors of this daemon: one for each would cost two directories a start and
  // nobody would look.
  std::string MonitorCgroupPath() const { return settings.cgroup_parent + "/monitors"; }
  // nullptr if it is not configured (any more).
  const runtime::OciRuntime* FindRuntime(const std::string& name) const {
    const auto found = modules.runtimes.find(name);
    return found == modules.runtimes.end() ? nullptr : found->second.get();
  }
  // That of a container; kFailedPrecondition if it is not configured any more.
  Result<const runtime::OciRuntime*> RuntimeOf(const ContainerConfig& config) const {
    const runtime::OciRuntime* const found = FindRuntime(config.host().runtime());
    if (found == nullptr) {
      return FailedPrecondition("runtime " + Quote(config.host().runtime()) +
                                " is not configured any more");
    }
    return found;
  }
};

// Writes the container's state.json.
Status Persist(Context& context, const Container& container, const State& state,
               os::Sync sync = os::Sync::kNone);

// Writes the container's config.json. A power cut ends the container, and with --rm that is the end
// of all that was promised of it: then nothing is synced.
Status SaveConfig(const Context& context, const ContainerConfig& config);
Status SaveConfig(const Context& context, const ContainerConfig& config, os::Sync sync);

// How to write what a user has just changed: where the host's next start goes by it, it has to
// survive a power cut.
os::Sync SyncOf(const Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CONTEXT_H_
