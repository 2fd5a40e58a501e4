// A launcher whose monitors are in memory: what a daemon holds of them. A daemon that dies is a
// launcher that is destroyed, and its successor another one with the same FakeShims.
#ifndef ISULAD_TEST_SUPPORT_FAKES_FAKE_LAUNCHER_H_
#define ISULAD_TEST_SUPPORT_FAKES_FAKE_LAUNCHER_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/shim/monitor.h"
#include "support/fakes/fake_link.h"
#include "support/fakes/fake_shims.h"
#include "support/fakes/steps.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"

namespace isulad::test {

// Thread-safe. Each call that can fail is a step: "launcher Launch", "launcher Reconnect",
// "launcher AttachStreams", and "monitor Signal", whose answer it is. A directory of a monitor has
// to exist; it holds a file for the socket, as long as a real one would lie there.
class FakeLauncher final : public shim::Launcher {
 public:
  // All are borrowed; `steps` may be nullptr.
  FakeLauncher(FakeShims* shims, os::EventLoop* loop, Steps* steps = nullptr)
      : shims_(shims), loop_(loop), steps_(steps) {}
  // As CreateLauncher() says of the real one; a monitor that waits for a client gives up.
  ~FakeLauncher() override;
  FakeLauncher(const FakeLauncher&) = delete;
  FakeLauncher& operator=(const FakeLauncher&) = delete;

  Result<std::shared_ptr<shim::Monitor>> Launch(
      const shim::Config& config, std::shared_ptr<shim::MonitorObserver> observer) override;
  Result<std::shared_ptr<shim::Monitor>> Reconnect(
      const std::string& directory, std::shared_ptr<shim::MonitorObserver> observer) override;
  Result<std::unique_ptr<shim::Streams>> AttachStreams(
      const std::string& directory, const shim::Attach& what,
      std::shared_ptr<shim::StreamsObserver> observer) override;

 private:
  Status Take(const std::string& step) const;
  std::shared_ptr<FakeMonitorLink> MakeLink(std::shared_ptr<FakeShim> shim,
                                            std::shared_ptr<shim::MonitorObserver> observer)
      EXCLUDES(mutex_);

  FakeShims* const shims_;
  os::EventLoop* const loop_;
  Steps* const steps_;
  Mutex mutex_;
  std::vector<std::weak_ptr<FakeMonitorLink>> links_ GUARDED_BY(mutex_);
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_FAKE_LAUNCHER_H_
