// The life of a monitor: waits for permission to start, runs the start command, forwards input and
// output, and reports and records how the container exited. See docs/shim-protocol.md.
#ifndef ISULAD_CMD_ISULAD_SHIM_MONITOR_H_
#define ISULAD_CMD_ISULAD_SHIM_MONITOR_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cmd/isulad-shim/clients.h"
#include "cmd/isulad-shim/console.h"
#include "cmd/isulad-shim/input.h"
#include "cmd/isulad-shim/log_file.h"
#include "cmd/isulad-shim/notes.h"
#include "cmd/isulad-shim/output.h"
#include "cmd/isulad-shim/runtime_run.h"
#include "cmd/isulad-shim/stdio.h"
#include "shim_protocol/messages.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// To be used only on the loop's thread. Stops the loop when everything is done.
class Monitor final : public Clients::Observer {
 public:
  // `listener` listens on the control socket of the configured directory. `loop` and `clock` must
  // outlive the monitor.
  Monitor(os::EventLoop* loop, const Clock* clock, shim::Config config, os::UniqueFd listener);

  // Serves clients, and starts the container as soon as the configuration allows. `received`
  // contains the bytes read from the daemon's connection after the configuration.
  Status Start(os::UniqueFd daemon, shim::FrameDecoder received);

 private:
  enum class Phase { kWaiting, kStarting, kRunning, kEnded };

  void OnAttached() override;
  void OnInput(std::string_view bytes) override;
  bool InputHasRoom() override;
  void OnInputClosed() override;
  void OnInputLeft() override;
  void OnResize(shim::WindowSize size) override;
  int32_t OnSignal(int number) override;
  void OnAbandoned() override;
  void OnRoom() override;
  void OnDaemonLeft() override;
  void OnAllSent() override;
  void OnDropped(const Error& reason) override;
  void OnAccepting(const Status& status) override;

  void StartContainer();
  Status PrepareAndRun();
  void OnRuntimeEnded(Result<ContainerProcess> process);
  Status TakeOver();
  Status ConnectStdio();
  Status WatchChildren();
  void OnOutput(bool error, std::string_view bytes);
  void OnChildSignal();
  void OnProcessEnded();
  void RecordExit(const shim::Exited& exited);
  void FailStart(const std::string& reason);
  void End(shim::FrameType type, const std::string& news);

  os::EventLoop* const loop_;
  const Clock* const clock_;
  shim::Config config_;
  Phase phase_ = Phase::kWaiting;
  Notes notes_;
  Clients clients_;
  Input input_;
  Output output_;
  MonitorStdio stdio_;
  std::unique_ptr<LogFile> log_;
  std::unique_ptr<Console> console_;
  std::unique_ptr<RuntimeRun> run_;
  ContainerProcess process_;
  os::UniqueFd child_signals_;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_MONITOR_H_
