// Joins the two events that end a session, the end of the output and the end of the process, and
// passes output on only after the client has been told that it is attached.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_STREAM_RELAY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_STREAM_RELAY_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "daemon/modules/container/service.h"
#include "daemon/modules/shim/monitor.h"
#include "utils/base/mutex.h"

namespace isulad::container {

// Thread-safe.
class StreamRelay final : public shim::StreamsObserver {
 public:
  explicit StreamRelay(std::shared_ptr<SessionObserver> observer)
      : observer_(std::move(observer)) {}

  // Tells the client that it is attached, then passes on what has arrived before.
  void Open(const SessionOpened& opened) EXCLUDES(mutex_);
  // Ends all calls to the client's observer.
  void Abandon() EXCLUDES(mutex_);
  // Only the first end counts.
  void ProcessEnded(Result<SessionEnd> end) EXCLUDES(mutex_);
  // Calls `handler` once if the output was cut off and the end of the process is unknown;
  // immediately, from this call, if that is so already. Without a handler, the end of the process
  // is awaited.
  void WhenCut(std::function<void()> handler) EXCLUDES(mutex_);

  void OnOutput(bool error, std::string bytes) override EXCLUDES(mutex_);
  void OnEnd() override EXCLUDES(mutex_);
  void OnCut() override EXCLUDES(mutex_);

 private:
  void FinishIfDone() EXCLUDES(mutex_);
  void ReportCut() EXCLUDES(mutex_);

  const std::shared_ptr<SessionObserver> observer_;
  Mutex mutex_;
  bool open_ GUARDED_BY(mutex_) = false;
  bool finished_ GUARDED_BY(mutex_) = false;
  bool output_ended_ GUARDED_BY(mutex_) = false;
  bool cut_ GUARDED_BY(mutex_) = false;
  std::function<void()> when_cut_ GUARDED_BY(mutex_);
  // At most one piece: no other comes before it has been asked for.
  std::optional<std::pair<bool, std::string>> early_ GUARDED_BY(mutex_);
  std::optional<Result<SessionEnd>> end_ GUARDED_BY(mutex_);
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_STREAM_RELAY_H_
