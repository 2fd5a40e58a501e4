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
  Result<std::vector<std::string>> Start(const std::string& reference) override;
  Status Stop(const std::string& reference, int timeout_seconds, bool force) override;
  Status Kill(const std::string& reference, const std::string& signal) override;
  Result<std::vector<std::string>> Restart(const std::string& reference,
                                           int timeout_seconds) override;
  Result<std::vector<std::string>> Update(const std::string& reference,
                                          const UpdateRequest& request) override;
  Status Pause(const std::string& reference) override;
  Status Unpause(const std::string& reference) override;
  Status Rename(const std::string& reference, const std::string& name) override;
  Result<RemoveReply> Remove(const std::string& reference, bool force) override;
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
  Result<std::unique_ptr<CopyStream>> Copy(const CopyRequest& request) override;
  Result<std::unique_ptr<Session>> Attach(const AttachRequest& request,
                                          std::shared_ptr<SessionObserver> observer) override;
  Result<std::unique_ptr<Session>> Exec(const ExecRequest& request,
                                        std::shared_ptr<SessionObserver> observer) override;

  // Lets calls return that wait for a container to stop: the daemon is to end.
  void InterruptWaits();

 private:
  Context& context_;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_ENGINE_H_
