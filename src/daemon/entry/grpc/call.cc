#include "daemon/entry/grpc/call.h"

#include <utility>

#include "utils/log/log.h"

namespace isulad::entry {
namespace {

// Keeps the captures of `work` alive in this frame until the task has ended.
Task<Status> RunKept(std::function<Task<Status>()> work) { co_return co_await work(); }

}  // namespace

grpc::ServerUnaryReactor* RunCall(const CallEnvironment& environment,
                                  grpc::CallbackServerContext* context,
                                  std::function<Status()> work) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  environment.workers->Post([context, reactor, work = std::move(work)] {
    const Status status = work();
    reactor->Finish(status ? grpc::Status::OK : ToGrpc(status.error(), context));
  });
  return reactor;
}

grpc::ServerUnaryReactor* RunTask(const CallEnvironment& environment,
                                  grpc::CallbackServerContext* context,
                                  std::function<Task<Status>()> work) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  environment.workers->Post([context, reactor, work = std::move(work)] {
    Begin(RunKept(work), std::function<void(Status)>([context, reactor](const Status& status) {
            reactor->Finish(status ? grpc::Status::OK : ToGrpc(status.error(), context));
          }));
  });
  return reactor;
}

void LogChange(const CallEnvironment& environment, const std::string& peer, const char* operation,
               const std::string& container, const Status& outcome) {
  const Peer who = environment.peers->Find(peer);
  if (outcome) {
    log::Info("request done",
              {{"op", operation}, {"container", container}, {"uid", who.uid}, {"pid", who.pid}});
    return;
  }
  log::Info("request refused", {{"op", operation},
                                {"container", container},
                                {"uid", who.uid},
                                {"pid", who.pid},
                                {"reason", outcome.error().message()}});
}

}  // namespace isulad::entry
