#include "utils/os/directory_watcher.h"

#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "utils/base/strings.h"

namespace isulad::os {
namespace {

constexpr uint32_t kEvents =
    IN_MODIFY | IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr size_t kReadBytes = 16u << 10;
constexpr int kOverflow = -1;  // the descriptor in the event that reports lost events

}  // namespace

Result<std::unique_ptr<DirectoryWatcher>> DirectoryWatcher::Create(EventLoop* loop) {
  UniqueFd inotify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!inotify) {
    return SystemError(errno, "inotify_init1");
  }
  const int fd = inotify.get();
  std::unique_ptr<DirectoryWatcher> watcher(new DirectoryWatcher(loop, std::move(inotify)));
  RETURN_IF_ERROR(
      loop->Add(fd, EPOLLIN, [watcher = watcher.get()](uint32_t) { watcher->ReadEvents(); }));
  return watcher;
}

DirectoryWatcher::~DirectoryWatcher() { loop_->Remove(inotify_.get()); }

Result<DirectoryWatcher::WatchId> DirectoryWatcher::Add(const std::string& directory,
                                                        Callback changed) {
  // Called under the lock, which is held only briefly: the last watch of a directory may be removed
  // at the same time, and the kernel gives both the same descriptor.
  MutexLock lock(mutex_);
  const int descriptor =
      ::inotify_add_watch(inotify_.get(), directory.c_str(), kEvents | IN_ONLYDIR);
  if (descriptor < 0) {
    return SystemError(errno, "watch " + Quote(directory));
  }
  const WatchId id = next_id_++;
  watches_[id] = {descriptor, std::make_shared<Callback>(std::move(changed))};
  return id;
}

void DirectoryWatcher::Remove(WatchId id) {
  Watch removed;  // its callback is destroyed after the lock is released
  MutexLock lock(mutex_);
  const auto found = watches_.find(id);
  if (found == watches_.end()) {
    return;
  }
  removed = std::move(found->second);
  watches_.erase(found);
  const bool shared = std::any_of(watches_.begin(), watches_.end(), [&removed](const auto& watch) {
    return watch.second.descriptor == removed.descriptor;
  });
  if (!shared) {
    // Fails if the directory has been removed, and the kernel's watch with it.
    ::inotify_rm_watch(inotify_.get(), removed.descriptor);
  }
}

void DirectoryWatcher::ReadEvents() {
  alignas(inotify_event) std::array<char, kReadBytes> buffer;
  const ssize_t count = ::read(inotify_.get(), buffer.data(), buffer.size());
  std::vector<int> descriptors;
  for (ssize_t offset = 0; offset < count;) {
    inotify_event event = {};
    std::memcpy(&event, buffer.data() + offset, sizeof(event));
    offset += static_cast<ssize_t>(sizeof(event) + event.len);
    if (std::find(descriptors.begin(), descriptors.end(), event.wd) == descriptors.end()) {
      descriptors.push_back(event.wd);
    }
  }
  for (const std::shared_ptr<Callback>& changed : CallbacksOf(descriptors)) {
    (*changed)();
  }
}

std::vector<std::shared_ptr<DirectoryWatcher::Callback>> DirectoryWatcher::CallbacksOf(
    const std::vector<int>& descriptors) {
  const auto has = [&descriptors](int descriptor) {
    return std::find(descriptors.begin(), descriptors.end(), descriptor) != descriptors.end();
  };
  std::vector<std::shared_ptr<Callback>> callbacks;
  MutexLock lock(mutex_);
  for (const auto& [id, watch] : watches_) {
    if (has(watch.descriptor) || has(kOverflow)) {
      callbacks.push_back(watch.changed);
    }
  }
  return callbacks;
}

}  // namespace isulad::os
