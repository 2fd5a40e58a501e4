// A monitor without a process.
#ifndef ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_FAKE_MONITOR_H_
#define ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_FAKE_MONITOR_H_

#include <functional>
#include <utility>

#include "daemon/modules/shim/monitor.h"
#include "utils/base/result.h"

namespace isulad::container {

// Reports each signal to `on_signal`, and answers immediately, from the call, with the result of
// that.
class FakeMonitor final : public shim::Monitor {
 public:
  explicit FakeMonitor(std::function<Status(int signal)> on_signal)
      : on_signal_(std::move(on_signal)) {}
  void Signal(int signal, std::function<void(Status)> done) override { done(on_signal_(signal)); }
  void Abandon() override {}

 private:
  const std::function<Status(int signal)> on_signal_;
};

}  // namespace isulad::container

#endif  // ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_FAKE_MONITOR_H_
