// Runs the real isulad-shim through the daemon's launcher, with observers that can be waited for.
#ifndef ISULAD_TEST_INTEGRATION_SHIM_SHIM_FIXTURE_H_
#define ISULAD_TEST_INTEGRATION_SHIM_SHIM_FIXTURE_H_

#include <gtest/gtest.h>
#include <sys/types.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "daemon/modules/shim/monitor.h"
#include "shim_protocol/messages.h"
#include "support/temp_dir.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"

namespace isulad::shim {

// How long a test waits for what must come, before it fails.
inline constexpr std::chrono::seconds kPatience{30};

// State that one thread changes and another waits for.
class Awaitable {
 protected:
  // Waits until `condition` holds, which is evaluated under the lock. Whether it came to hold.
  template <typename Condition>
  bool AwaitThat(Condition condition, std::chrono::milliseconds patience = kPatience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    const MutexLock lock(mutex_);
    while (!condition()) {
      if (!changed_.WaitUntil(mutex_, deadline) && !condition()) {
        return false;
      }
    }
    return true;
  }
  template <typename Change>
  void Apply(Change change) {
    const MutexLock lock(mutex_);
    change();
    changed_.NotifyAll();
  }

 private:
  Mutex mutex_;
  CondVar changed_;
};

// What a monitor told.
class Events final : public MonitorObserver, private Awaitable {
 public:
  std::optional<Started> AwaitStarted();
  std::optional<StartFailed> AwaitStartFailed();
  std::optional<Exited> AwaitExited();
  bool AwaitLost();
  bool ExitedWithin(std::chrono::milliseconds patience);

 private:
  void OnStarted(const Started& started) override;
  void OnStartFailed(const StartFailed& failed) override;
  void OnExited(const Exited& exited) override;
  void OnLost(const Error& reason) override;

  std::optional<Started> started_;
  std::optional<StartFailed> failed_;
  std::optional<Exited> exited_;
  bool lost_ = false;
};

// What an attached client received. It asks for more at once, unless it is stalled.
class Client final : public StreamsObserver, private Awaitable {
 public:
  explicit Client(bool stalled = false) : stalled_(stalled) {}
  // The streams must have been given before the first output is expected.
  void SetStreams(std::unique_ptr<Streams> streams);
  Streams& streams() { return *streams_; }
  void Leave() { streams_.reset(); }
  // Goes on reading.
  void Unstall();
  // Writes `bytes` in pieces, each when the one before was taken. False where that takes too long.
  bool Write(const std::string& bytes, size_t piece = 64 << 10);
  // All of standard output (error), once the streams have ended; nullopt where they do not end.
  std::optional<std::string> AwaitEnd(bool error = false);
  bool AwaitOutput(const std::string& text);
  std::string output();
  // Whether the end came before that of the output. To be asked after AwaitEnd().
  bool was_cut() const { return cut_; }

 private:
  void OnOutput(bool error, std::string bytes) override;
  void OnEnd() override;
  void OnCut() override;

  std::unique_ptr<Streams> streams_;
  bool stalled_;
  bool owed_ = false;  // a ReadMore() that is due when it is no longer stalled
  std::string text_[2];
  bool ended_ = false;
  bool cut_ = false;
};

class ShimTest : public testing::Test {
 protected:
  void SetUp() override;
  // Fails the test where a monitor of it, or anything that it started, is left.
  void TearDown() override;

  // A configuration with the directory, id, log and exit record of this test.
  Config BaseConfig();
  // The same without log and record, as for an exec.
  Config ExecConfig();
  // A start command that does what runtimes do: forks `program` (of a shell), writes its pid and
  // ends.
  std::vector<std::string> FakeRuntime(const std::string& program);
  std::vector<std::string> Shell(const std::string& script);

  std::shared_ptr<Events> Launch(const Config& config);
  // `directory`: of the monitor, below the test's.
  std::shared_ptr<Client> Attach(const struct Attach& what, bool stalled = false,
                                 const std::string& directory = "monitor");
  // As if the daemon were killed: its connections end, its monitors go on.
  void KillDaemon();
  void StartDaemon();

  // The monitor's pid, by its command line.
  std::optional<pid_t> MonitorPid();
  bool AwaitMonitorGone();
  // Waits until there is the file `name` in the test's directory.
  bool AwaitFile(const std::string& name);
  // Gives the start up and waits until the monitor, which tells `events`, has ended.
  void Abandon(Events& events);
  std::string Read(const std::string& name);
  std::string Log();  // texts of all entries of standard output, joined
  Result<Exited> Record();

  const test::TempDir dir_;
  std::string id_;
  std::unique_ptr<os::EventLoop> loop_;
  std::thread loop_thread_;
  std::unique_ptr<Launcher> launcher_;
  std::shared_ptr<Monitor> monitor_;
};

inline constexpr struct Attach kAttachOutput { false, true, true };
inline constexpr struct Attach kAttachAll { true, true, true };

}  // namespace isulad::shim

#endif  // ISULAD_TEST_INTEGRATION_SHIM_SHIM_FIXTURE_H_
