// Reports changes in directories, by inotify(7). One descriptor serves all directories, because the
// kernel limits the number of inotify descriptors per user.
#ifndef ISULAD_UTILS_OS_DIRECTORY_WATCHER_H_
#define ISULAD_UTILS_OS_DIRECTORY_WATCHER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "utils/base/mutex.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// Add() and Remove() may be called on any thread.
class DirectoryWatcher {
 public:
  using Callback = std::function<void()>;
  using WatchId = uint64_t;

  // `loop` must outlive the watcher. Create() and the destructor must be called on the loop's
  // thread or while the loop does not run.
  static Result<std::unique_ptr<DirectoryWatcher>> Create(EventLoop* loop);
  ~DirectoryWatcher();
  DirectoryWatcher(const DirectoryWatcher&) = delete;
  DirectoryWatcher& operator=(const DirectoryWatcher&) = delete;

  // Calls `changed`, which must not block, on the loop's thread after a file in `directory` was
  // written, created, renamed or removed. One call may stand for any number of changes, and there
  // may be spurious calls. Changes made before Add() returns may go unreported.
  Result<WatchId> Add(const std::string& directory, Callback changed) EXCLUDES(mutex_);
  // A callback that is running may end only after Remove() has returned.
  void Remove(WatchId id) EXCLUDES(mutex_);

 private:
  struct Watch {
    int descriptor;  // the kernel's watch descriptor, one per directory
    std::shared_ptr<Callback> changed;
  };

  DirectoryWatcher(EventLoop* loop, UniqueFd inotify) : loop_(loop), inotify_(std::move(inotify)) {}
  void ReadEvents() EXCLUDES(mutex_);
  std::vector<std::shared_ptr<Callback>> CallbacksOf(const std::vector<int>& descriptors)
      EXCLUDES(mutex_);

  EventLoop* const loop_;
  const UniqueFd inotify_;
  Mutex mutex_;
  std::map<WatchId, Watch> watches_ GUARDED_BY(mutex_);
  WatchId next_id_ GUARDED_BY(mutex_) = 1;
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_DIRECTORY_WATCHER_H_
