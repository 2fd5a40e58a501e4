#include <optional>
#include <utility>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/health_checks.h"
#include "daemon/modules/container/monitor_config.h"
#include "daemon/modules/container/run.h"
#include "daemon/modules/container/run_cleanup.h"
#include "utils/log/log.h"

namespace isulad::container {

// What a start makes, in this order. Destroyed in the reverse order, each part undoes itself unless
// it was released.
struct Run::Parts {
  const runtime::OciRuntime* runtime = nullptr;
  std::unique_ptr<host_channel::Manager::Mounts> channels;
  std::unique_ptr<rootfs::ScopedView> view;  // nullptr: the container starts from the rootfs itself
  std::optional<ScopedBundle> bundle;
  std::optional<ScopedProcesses> processes;
  std::vector<std::string> mount_sources;
  Started reply;
};

namespace {

Status ConnectStreams(Context& context, const Container& container, const FirstClient* client,
                      Started& reply) {
  if (client != nullptr) {
    ASSIGN_OR_RETURN(reply.streams,
                     context.modules.launcher->AttachStreams(context.RunDirectory(container.id()),
                                                             client->what, client->observer));
  }
  return OkStatus();
}

// Before anyone hears that the container runs, and could exec in it.
void FinishView(rootfs::ScopedView* view, const std::string& id) {
  if (view == nullptr) {
    return;
  }
  if (const Status finished = view->Finish(); !finished) {
    // The container runs. The mount is in nobody's way, and is removed at the end of the run.
    log::Warn("the view of a rootfs stays", {{"id", id}, {"reason", finished.error().message()}});
  }
}

void AddTo(std::vector<std::string>& warnings, std::vector<std::string> more) {
  warnings.insert(warnings.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

}  // namespace

Status Run::Prepare(const FirstClient* client, Parts& parts) {
  const ContainerConfig& config = container_->config();
  ASSIGN_OR_RETURN(parts.runtime, context_->RuntimeOf(config));
  ASSIGN_OR_RETURN(JoinedNamespaces namespaces,
                   OpenJoinedNamespaces(*context_, container_->CurrentConfig()));
  namespaces_ = std::make_shared<const JoinedNamespaces>(std::move(namespaces));
  ASSIGN_OR_RETURN(parts.channels,
                   context_->modules.channels->Mount(container_->id(), config.user_remap));
  if (parts.channels->entries().size() != container_->channel_names().size()) {
    // A removal was interrupted after its channels had gone, or a record has been lost.
    return FailedPrecondition("its host channels have been removed: it can only be removed too");
  }
  RETURN_IF_ERROR(context_->copies.End(container_->id(), Copies::Which::kOfLayers,
                                       Named(*container_) + " is being started"));
  ASSIGN_OR_RETURN(parts.view, MountRootfsView(*context_, *container_));
  parts.bundle.emplace(context_, container_.get());
  ASSIGN_OR_RETURN(Bundle bundle,
                   parts.bundle->Write({parts.view ? parts.view->path() : config.rootfs(),
                                        parts.channels->entries(), *namespaces_},
                                       client != nullptr ? client->window : shim::WindowSize{}));
  parts.mount_sources = std::move(bundle.sources);
  AddTo(parts.reply.warnings, std::move(bundle.warnings));
  AddTo(parts.reply.warnings, parts.channels->warnings());
  return context_->modules.store->RemoveExitRecord(container_->id());
}

Task<Result<shim::Started>> Run::Launch(const FirstClient* client, Parts* parts) {
  CO_ASSIGN_OR_RETURN(shim::Config config, RunMonitorConfig(*context_, *container_, *parts->runtime,
                                                            parts->mount_sources));
  if (client != nullptr) {
    config.window = client->window;
    config.wait_for_attach = true;
  }
  parts->processes.emplace(context_, container_.get());
  CO_ASSIGN_OR_RETURN(auto monitor, context_->modules.launcher->Launch(config, shared_from_this()));
  container_->SetMonitor(monitor);
  const Status connected = ConnectStreams(*context_, *container_, client, parts->reply);
  co_return co_await outcome_->Settle(*context_, monitor, connected);
}

Status Run::RecordStart(const shim::Started& started, Timestamp at, os::Sync sync) {
  ExpectChecks(*context_, *container_);
  ASSIGN_OR_RETURN(const State state, container_->Apply(Event::kStarted, [&](State& next) {
    BeginRun(next, {started.pid, started.start_time, context_->settings.boot_id, at});
  }));
  if (const Status saved = Persist(*context_, *container_, state, sync); !saved) {
    // It runs, and the next daemon learns that from its monitor.
    log::Error("state not saved", {{"id", container_->id()}, {"reason", saved.error().message()}});
  }
  return OkStatus();
}

Task<Result<Started>> Run::Start(const FirstClient* client, os::Sync sync) {
  Parts parts;
  CO_RETURN_IF_ERROR(Prepare(client, parts));
  // Not when the start is reported: a short run has ended by then, before it had started.
  const Timestamp at = context_->modules.clock->Now();
  CO_ASSIGN_OR_RETURN(const shim::Started started, co_await Launch(client, &parts));
  FinishView(parts.view.get(), container_->id());
  CO_RETURN_IF_ERROR(RecordStart(started, at, sync));
  parts.channels->Commit();
  parts.bundle->Release();
  parts.processes->Release();
  context_->announcer.Start(*container_, parts.channels->mounted(), client != nullptr);
  BeginChecks(*context_, container_);
  co_return std::move(parts.reply);
}

}  // namespace isulad::container
