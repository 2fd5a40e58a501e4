// The connections of a fake monitor: one that hears of its start and end, and one that carries
// streams. Internal to the fakes of launcher and monitor.
#ifndef ISULAD_TEST_SUPPORT_FAKES_FAKE_LINK_H_
#define ISULAD_TEST_SUPPORT_FAKES_FAKE_LINK_H_

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "daemon/modules/shim/monitor.h"
#include "support/fakes/steps.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"

namespace isulad::test {

class FakeShim;

// What a monitor tells; the Error is that it was lost.
using FakeNews = std::variant<shim::Started, shim::StartFailed, shim::Exited, Error>;

// Thread-safe. The observer is called on the loop's thread, and let go of after its last call.
class FakeMonitorLink final : public shim::Monitor,
                              public std::enable_shared_from_this<FakeMonitorLink> {
 public:
  FakeMonitorLink(os::EventLoop* loop, Steps* steps, std::shared_ptr<FakeShim> shim,
                  std::shared_ptr<shim::MonitorObserver> observer);

  void Signal(int signal, std::function<void(Status)> done) override;
  void Abandon() override;

  // Soon, in the order of the calls.
  void Tell(FakeNews news);
  // The observer is not called any more.
  void Close() EXCLUDES(mutex_);
  const std::shared_ptr<FakeShim>& shim() const { return shim_; }

 private:
  void Deliver(const FakeNews& news) EXCLUDES(mutex_);

  os::EventLoop* const loop_;
  Steps* const steps_;
  const std::shared_ptr<FakeShim> shim_;
  Mutex mutex_;
  std::shared_ptr<shim::MonitorObserver> observer_ GUARDED_BY(mutex_);  // nullptr: closed
};

// The same of a client's streams. Output waits here without bound until it is asked for.
class FakeStreamsLink final : public std::enable_shared_from_this<FakeStreamsLink> {
 public:
  enum class Ending { kComplete, kCut };

  FakeStreamsLink(os::EventLoop* loop, const shim::Attach& what,
                  std::shared_ptr<shim::StreamsObserver> observer);

  const shim::Attach& what() const { return what_; }
  // The monitor's side. What is not attached to is dropped.
  void Output(bool error, std::string bytes) EXCLUDES(mutex_);
  void Finish(Ending ending) EXCLUDES(mutex_);  // the first one counts
  // The client's side.
  void ReadMore() EXCLUDES(mutex_);
  void Taken(std::function<void()> taken);
  void Detach() EXCLUDES(mutex_);

 private:
  struct Piece {
    bool error;
    std::string bytes;
  };
  void Pump();
  void Deliver() EXCLUDES(mutex_);
  bool over() const EXCLUDES(mutex_);

  os::EventLoop* const loop_;
  const shim::Attach what_;
  mutable Mutex mutex_;
  std::shared_ptr<shim::StreamsObserver> observer_ GUARDED_BY(mutex_);  // nullptr: over
  std::deque<Piece> queue_ GUARDED_BY(mutex_);
  bool reading_ GUARDED_BY(mutex_) = true;
  std::optional<Ending> ending_ GUARDED_BY(mutex_);
};

// What the daemon holds of it.
class FakeStreams final : public shim::Streams {
 public:
  FakeStreams(std::shared_ptr<FakeShim> shim, std::shared_ptr<FakeStreamsLink> link);
  ~FakeStreams() override;
  FakeStreams(const FakeStreams&) = delete;
  FakeStreams& operator=(const FakeStreams&) = delete;

  void ReadMore() override;
  void WriteStdin(std::string bytes, std::function<void()> taken) override;
  void CloseStdin() override;
  void Resize(shim::WindowSize size) override;

 private:
  const std::shared_ptr<FakeShim> shim_;
  const std::shared_ptr<FakeStreamsLink> link_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_FAKE_LINK_H_
