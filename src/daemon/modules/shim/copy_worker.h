// Copy workers: processes that read or write the files of a container from inside, and stream them.
#ifndef ISULAD_DAEMON_MODULES_SHIM_COPY_WORKER_H_
#define ISULAD_DAEMON_MODULES_SHIM_COPY_WORKER_H_

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "shim_protocol/copy_job.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"

namespace isulad::shim {

// Where the worker goes; borrowed for the call.
struct CopyEntrance {
  int root = -1;
  int place = -1;  // see CopyJob::place; -1 for kDirectory
};

// Thread-safe. Callbacks come on the loop's thread and must not block. Destroying it abandons it.
class CopyWorker {
 public:
  // At most some hundred KiB; empty: the worker has ended and has said all. An error: why it could
  // not (End()'s, or that it died).
  using Chunk = std::function<void(Result<std::string> bytes)>;

  virtual ~CopyWorker() = default;
  // One at a time.
  virtual void Read(Chunk done) = 0;
  // One at a time. `taken` is called when more can be; what a worker that has ended does not take
  // is dropped.
  virtual void Write(std::string bytes, std::function<void()> taken) = 0;
  virtual void CloseInput() = 0;
  // Nobody reads or writes any more: no further Chunk or `taken` is called, but for one that is
  // under way, and the worker ends, soon.
  virtual void Abandon() = 0;
  // Calls `ended` once, when the process is gone.
  virtual void WhenEnded(std::function<void()> ended) = 0;
  // Kills it; whoever reads gets `reason`.
  virtual void End(const Error& reason) = 0;
  // Whether the process is gone, at the latest after `timeout`. Not on the loop's thread.
  virtual bool WaitEnded(std::chrono::milliseconds timeout) = 0;
};

// `program`: isulad-shim. May be called on any thread.
Result<std::unique_ptr<CopyWorker>> StartCopyWorker(const std::string& program, os::EventLoop* loop,
                                                    const CopyJob& job,
                                                    const CopyEntrance& entrance);

}  // namespace isulad::shim

#endif  // ISULAD_DAEMON_MODULES_SHIM_COPY_WORKER_H_
