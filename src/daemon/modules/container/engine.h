// The container service: finds the container, hands over to the verb.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_ENGINE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_ENGINE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"

namespace isulad::container {

class Engine final : public Service {
 public:
  // `context` must outlive the engine.
  explicit Engine(Context* context) : context_(*context) {}

  Result<CreateReply> Create(const std::string& name, const spec::ContainerSpec& spec) override;
  Task<Result<std::vector<std::string>>> Start(std::string reference) override;
  Task<Status> Stop(std::string reference, int timeout_seconds, bool force) override;
  Task<Status> Kill(std::string reference, std::string signal) override;
  Task<Result<std::vector<std::string>>> Restart(std::string reference,
                                                 int timeout_seconds) override;
  Task<Result<std::vector<std::string>>> Update(std::string reference,
                                                UpdateRequest request) override;
  Task<Status> Pause(std::string reference) override;
  Task<Status> Unpause(std::string reference) override;
  Task<Status> Rename(std::string reference, std::string name) override;
  Task<Result<RemoveReply>> Remove(std::string reference, bool force) override;
  Result<std::vector<Summary>> List(bool all, const std::vector<std::string>& filters) override;
  Counts Count() override;
  Result<std::vector<ContainerStats>> Stats(const std::vector<std::string>& references,
                                            bool all) override;
  Result<std::vector<std::string>> Top(const std::string& reference,
                                       const std::vector<std::string>& ps_arguments) override;
  Result<std::string> Inspect(const std::string& reference) override;
  Result<std::function<void()>> Wait(const std::string& reference,
                                     std::function<void(int exit_code)> done) override;
  Result<std::unique_ptr<logs::LogStream>> Logs(const LogsRequest& request) override;
  Task<Result<std::unique_ptr<CopyStream>>> Copy(CopyRequest request) override;
  Task<Result<std::unique_ptr<Session>>> Attach(AttachRequest request,
                                                std::shared_ptr<SessionObserver> observer) override;
  Task<Result<std::unique_ptr<Session>>> Exec(ExecRequest request,
                                              std::shared_ptr<SessionObserver> observer) override;

  // Lets calls return that wait for a container to stop: the daemon is to end.
  void InterruptWaits();

 private:
  Context& context_;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_ENGINE_H_
