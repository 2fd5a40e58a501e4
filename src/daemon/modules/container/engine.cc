#include "daemon/modules/container/engine.h"

#include <signal.h>

#include <utility>

#include "daemon/modules/container/attach.h"
#include "daemon/modules/container/copy.h"
#include "daemon/modules/container/create.h"
#include "daemon/modules/container/exec.h"
#include "daemon/modules/container/inspect.h"
#include "daemon/modules/container/list.h"
#include "daemon/modules/container/logs.h"
#include "daemon/modules/container/pause.h"
#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/rename.h"
#include "daemon/modules/container/restart.h"
#include "daemon/modules/container/start.h"
#include "daemon/modules/container/stats.h"
#include "daemon/modules/container/stop.h"
#include "daemon/modules/container/top.h"
#include "daemon/modules/container/update.h"
#include "utils/base/signals.h"
#include "utils/base/strings.h"

namespace isulad::container {

Status Persist(Context& context, const Container& container, const State& state, os::Sync sync) {
  return context.modules.store->WriteState(container.id(), ToJson(state), sync);
}

Status SaveConfig(const Context& context, const ContainerConfig& config) {
  return SaveConfig(context, config,
                    config.host().auto_remove() ? os::Sync::kNone : os::Sync::kDurable);
}

Status SaveConfig(const Context& context, const ContainerConfig& config, os::Sync sync) {
  ASSIGN_OR_RETURN(const json::Value json, ToJson(config));
  Status saved = context.modules.store->ReplaceConfig(config.id, json, sync);
  if (!saved) {
    return std::move(saved).error().AddContext("configuration of container " + Quote(config.name));
  }
  return saved;
}

os::Sync SyncOf(const Container& container) {
  return OutlivesHost(container.restart_policy()) ? os::Sync::kDurable : os::Sync::kNone;
}

Result<CreateReply> Engine::Create(const std::string& name, const spec::ContainerSpec& spec) {
  return container::Create(context_, name, spec);
}

Result<std::vector<std::string>> Engine::Start(const std::string& reference) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  ASSIGN_OR_RETURN(Started started, container::Start(context_, container, nullptr));
  return std::move(started.warnings);
}

Status Engine::Stop(const std::string& reference, int timeout_seconds, bool force) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Stop(context_, container, timeout_seconds, force);
}

Status Engine::Kill(const std::string& reference, const std::string& signal) {
  int number = SIGKILL;
  if (!signal.empty()) {
    ASSIGN_OR_RETURN(number, ParseSignal(signal));
  }
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Kill(context_, container, number);
}

Result<std::vector<std::string>> Engine::Restart(const std::string& reference,
                                                 int timeout_seconds) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Restart(context_, container, timeout_seconds);
}

Result<std::vector<std::string>> Engine::Update(const std::string& reference,
                                                const UpdateRequest& request) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Update(context_, container, request);
}

Status Engine::Pause(const std::string& reference) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Pause(context_, container);
}

Status Engine::Unpause(const std::string& reference) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Unpause(context_, container);
}

Status Engine::Rename(const std::string& reference, const std::string& name) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Rename(context_, container, name);
}

Result<RemoveReply> Engine::Remove(const std::string& reference, bool force) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  RemoveReply reply;
  reply.id = container->id();
  ASSIGN_OR_RETURN(reply.notices, container::Remove(context_, container, force));
  return reply;
}

Result<std::vector<Summary>> Engine::List(bool all, const std::vector<std::string>& filters) {
  return container::List(context_, all, filters);
}

Counts Engine::Count() { return container::Count(context_); }

Result<std::vector<ContainerStats>> Engine::Stats(const std::vector<std::string>& references,
                                                  bool all) {
  return ReadStats(context_, references, all);
}

Result<std::vector<std::string>> Engine::Top(const std::string& reference,
                                             const std::vector<std::string>& ps_arguments) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Top(context_, *container, ps_arguments);
}

Result<std::string> Engine::Inspect(const std::string& reference) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  ASSIGN_OR_RETURN(const json::Value value, container::Inspect(context_, *container));
  return json::Serialize(value);
}

Result<std::function<void()>> Engine::Wait(const std::string& reference,
                                           std::function<void(int exit_code)> done) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  const Container::WaitId id = container->OnExit(
      false, [done = std::move(done)](const RunEnd& end) { done(end.exit_code); });
  return std::function<void()>([container, id] { container->CancelWait(id); });
}

Result<std::unique_ptr<logs::LogStream>> Engine::Logs(const LogsRequest& request) {
  return container::Logs(context_, request);
}

Result<std::unique_ptr<CopyStream>> Engine::Copy(const CopyRequest& request) {
  return container::Copy(context_, request);
}

Result<std::unique_ptr<Session>> Engine::Attach(const AttachRequest& request,
                                                std::shared_ptr<SessionObserver> observer) {
  return container::Attach(context_, request, std::move(observer));
}

Result<std::unique_ptr<Session>> Engine::Exec(const ExecRequest& request,
                                              std::shared_ptr<SessionObserver> observer) {
  return container::Exec(context_, request, std::move(observer));
}

void Engine::InterruptWaits() {
  for (const auto& container : context_.registry.All()) {
    container->InterruptWaits();
  }
}

}  // namespace isulad::container
