// Observers of monitors and streams that a test can wait for.
#ifndef ISULAD_TEST_SUPPORT_FAKES_MONITOR_EVENTS_H_
#define ISULAD_TEST_SUPPORT_FAKES_MONITOR_EVENTS_H_

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "daemon/modules/shim/monitor.h"
#include "utils/base/mutex.h"

namespace isulad::test {

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

// What a monitor told. Each Await... returns early where what it waits for cannot come any more.
class MonitorEvents final : public shim::MonitorObserver, private Awaitable {
 public:
  std::optional<shim::Started> AwaitStarted();
  std::optional<shim::StartFailed> AwaitStartFailed();
  std::optional<shim::Exited> AwaitExited();
  bool AwaitLost();
  bool ExitedWithin(std::chrono::milliseconds patience);
  // For what a test wants to see in the order of the calls.
  void Note(const std::string& word);
  // "started", "failed", "exited", "lost" and what was noted.
  std::vector<std::string> calls();
  std::set<std::thread::id> threads();  // on which they came

 private:
  void OnStarted(const shim::Started& started) override;
  void OnStartFailed(const shim::StartFailed& failed) override;
  void OnExited(const shim::Exited& exited) override;
  void OnLost(const Error& reason) override;

  std::optional<shim::Started> started_;
  std::optional<shim::StartFailed> failed_;
  std::optional<shim::Exited> exited_;
  bool lost_ = false;
  std::vector<std::string> calls_;
  std::set<std::thread::id> threads_;
};

// What an attached client received. It asks for more at once, unless it is stalled.
class StreamsClient final : public shim::StreamsObserver, private Awaitable {
 public:
  explicit StreamsClient(bool stalled = false) : stalled_(stalled) {}
  // The streams must have been given before the first output is expected.
  void SetStreams(std::unique_ptr<shim::Streams> streams);
  shim::Streams& streams() { return *streams_; }
  void Leave();
  // Goes on reading.
  void Unstall();
  // Writes `bytes` in pieces, each when the one before was taken. False where that takes too long.
  bool Write(const std::string& bytes, size_t piece = 64 << 10);
  // All of standard output (error), once the streams have ended; nullopt where they do not end.
  std::optional<std::string> AwaitEnd(bool error = false);
  bool AwaitOutput(const std::string& text);
  std::string output();
  size_t pieces();  // of output, in which it came
  bool has_ended();
  // Whether the end came before that of the output. To be asked after AwaitEnd().
  bool was_cut() const { return cut_; }
  std::set<std::thread::id> threads();

 private:
  void OnOutput(bool error, std::string bytes) override;
  void OnEnd() override;
  void OnCut() override;

  std::unique_ptr<shim::Streams> streams_;
  bool stalled_;
  bool owed_ = false;  // a ReadMore() that is due when it is no longer stalled
  std::string text_[2];
  size_t pieces_ = 0;
  int ends_ = 0;
  bool cut_ = false;
  std::set<std::thread::id> threads_;
};

inline constexpr shim::Attach kAttachOutput{false, true, true};
inline constexpr shim::Attach kAttachAll{true, true, true};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_MONITOR_EVENTS_H_
