#include "daemon/modules/container/engine.h"

#include <signal.h>

#include <utility>

#include "daemon/modules/container/attach.h"
#include "daemon/modules/container/create.h"
#include "daemon/modules/container/exec.h"
#include "daemon/modules/container/inspect.h"
#include "daemon/modules/container/list.h"
#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/start.h"
#include "daemon/modules/container/stop.h"
#include "utils/base/signals.h"
#include "utils/base/strings.h"

namespace isulad::container {

Status Persist(Context& context, const Container& container, const State& state, os::Sync sync) {
  return context.modules.store->WriteState(container.id(), ToJson(state), sync);
}

Result<CreateReply> Engine::Create(const CreateRequest& request) {
  return container::Create(context_, request);
}

Result<std::vector<std::string>> Engine::Start(const std::string& reference) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  ASSIGN_OR_RETURN(Started started, container::Start(context_, container, nullptr));
  return std::move(started.warnings);
}

Status Engine::Stop(const std::string& reference, int timeout_seconds, bool force) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Stop(container, timeout_seconds, force);
}

Status Engine::Kill(const std::string& reference, const std::string& signal) {
  int number = SIGKILL;
  if (!signal.empty()) {
    ASSIGN_OR_RETURN(number, ParseSignal(signal));
  }
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  return container::Kill(container, number);
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

Result<std::unique_ptr<logs::LogReader>> Engine::Logs(const std::string& reference, int64_t tail) {
  ASSIGN_OR_RETURN(const auto container, context_.registry.Find(reference));
  if (container->config().log.driver == logs::Driver::kNone) {
    return FailedPrecondition("container " + Quote(container->name()) +
                              " keeps no logs: its log driver is \"none\"");
  }
  return logs::LogReader::Open(context_.modules.store->DirectoryOf(container->id()) + "/log.json",
                               tail);
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
