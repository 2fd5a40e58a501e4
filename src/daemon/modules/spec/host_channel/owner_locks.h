// One lock for each owner, made when it is asked for and forgotten when it is given back.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_LOCKS_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_LOCKS_H_

#include <set>
#include <string>
#include <utility>

#include "utils/base/mutex.h"

namespace isulad::host_channel {

class OwnerLocks {
 public:
  // Waits until no other thread holds `owner`.
  void Lock(const std::string& owner) EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    while (!held_.insert(owner).second) {
      released_.Wait(mutex_);
    }
  }
  void Unlock(const std::string& owner) EXCLUDES(mutex_) {
    {
      MutexLock lock(mutex_);
      held_.erase(owner);
    }
    released_.NotifyAll();
  }

 private:
  Mutex mutex_;
  CondVar released_;
  std::set<std::string> held_ GUARDED_BY(mutex_);
};

class OwnerLock {
 public:
  // `locks` must outlive it.
  OwnerLock(OwnerLocks& locks, std::string owner) : locks_(locks), owner_(std::move(owner)) {
    locks_.Lock(owner_);
  }
  ~OwnerLock() { locks_.Unlock(owner_); }
  OwnerLock(const OwnerLock&) = delete;
  OwnerLock& operator=(const OwnerLock&) = delete;

 private:
  OwnerLocks& locks_;
  const std::string owner_;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_LOCKS_H_
