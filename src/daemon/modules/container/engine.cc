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
#include "daemon/modules/container/waits.h"
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

Task<Result<std::vector<std::string>>> Engine::Start(std::string reference) {
  CO_ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  CO_ASSIGN_OR_RETURN(Started started, co_await container::Start(context_, container, nullptr));
  co_return std::move(started.warnings);
}

Task<Status> Engine::Stop(std::string reference, int timeout_seconds, bool force) {
  CO_ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  co_return co_await container::Stop(context_, container, timeout_seconds, force);
}

Task<Status> Engine::Kill(std::string reference, std::string signal) {
  int number = SIGKILL;
  if (!signal.empty()) {
    CO_ASSIGN_OR_RETURN(number, ParseSignal(signal));
  }
  const std::function<Status(const std::shared_ptr<Container>&)> kill =
      [this, number](const auto& container) {
        return container::Kill(context_, container, number);
      };
  co_return co_await RunHeld<Status>(context_, reference, kill);
}

Task<Result<std::vector<std::string>>> Engine::Restart(std::string reference, int timeout_seconds) {
  CO_ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  co_return co_await container::Restart(context_, container, timeout_seconds);
}

Task<Result<std::vector<std::string>>> Engine::Update(std::string reference,
                                                      UpdateRequest request) {
  return RunHeld<Result<std::vector<std::string>>>(
      context_, std::move(reference), [this, request = std::move(request)](const auto& container) {
        return container::Update(context_, container, request);
      });
}

Task<Status> Engine::Pause(std::string reference) {
  return RunHeld<Status>(context_, std::move(reference), [this](const auto& container) {
    return container::Pause(context_, container);
  });
}

Task<Status> Engine::Unpause(std::string reference) {
  return RunHeld<Status>(context_, std::move(reference), [this](const auto& container) {
    return container::Unpause(context_, container);
  });
}

Task<Status> Engine::Rename(std::string reference, std::string name) {
  return RunHeld<Status>(context_, std::move(reference),
                         [this, name = std::move(name)](const auto& container) {
                           return container::Rename(context_, container, name);
                         });
}

Task<Result<RemoveReply>> Engine::Remove(std::string reference, bool force) {
  CO_ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  RemoveReply reply;
  reply.id = container->id();
  CO_ASSIGN_OR_RETURN(reply.notices, co_await container::Remove(context_, container, force));
  co_return std::move(reply);
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

Task<Result<std::unique_ptr<CopyStream>>> Engine::Copy(CopyRequest request) {
  return RunHeld<Result<std::unique_ptr<CopyStream>>>(
      context_, request.reference, [this, request](const auto& container) {
        return container::Copy(context_, container, request);
      });
}

Task<Result<std::unique_ptr<Session>>> Engine::Attach(AttachRequest request,
                                                      std::shared_ptr<SessionObserver> observer) {
  return container::Attach(context_, std::move(request), std::move(observer));
}

Task<Result<std::unique_ptr<Session>>> Engine::Exec(ExecRequest request,
                                                    std::shared_ptr<SessionObserver> observer) {
  return container::Exec(context_, std::move(request), std::move(observer));
}

void Engine::InterruptWaits() {
  for (const auto& container : context_.registry.All()) {
    container->InterruptWaits();
  }
}

}  // namespace isulad::container
