// A pool of threads for work that may block. It grows with the pending work, up to a limit, and
// shrinks to one thread when idle. If the system cannot create another thread, work waits for the
// existing ones.
//
// Thread-safe. A task must not wait for a task posted after it.
#ifndef ISULAD_UTILS_OS_WORKER_POOL_H_
#define ISULAD_UTILS_OS_WORKER_POOL_H_

#include <chrono>
#include <deque>
#include <functional>
#include <memory>

#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::os {

class WorkerPool {
 public:
  // At most `max_threads` run at once. A thread that has found no work for `idle` exits, except for
  // the last one. kResourceExhausted if not even one can be created.
  static Result<std::unique_ptr<WorkerPool>> Create(
      int max_threads, std::chrono::milliseconds idle = std::chrono::seconds(5));
  // Waits for all posted tasks.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void Post(std::function<void()> task) EXCLUDES(mutex_);
  // Waits until nothing is queued and nothing runs.
  void Drain() EXCLUDES(mutex_);

 private:
  WorkerPool(int max_threads, std::chrono::milliseconds idle);
  Status StartFirst() EXCLUDES(mutex_);
  Status StartThread() REQUIRES(mutex_);
  void Work() EXCLUDES(mutex_);

  const int max_threads_;
  const std::chrono::milliseconds idle_;
  Mutex mutex_;
  CondVar work_arrived_;
  CondVar thread_changed_;
  std::deque<std::function<void()>> queue_ GUARDED_BY(mutex_);
  int threads_ GUARDED_BY(mutex_) = 0;
  int waiting_ GUARDED_BY(mutex_) = 0;
  bool stopping_ GUARDED_BY(mutex_) = false;
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_WORKER_POOL_H_
