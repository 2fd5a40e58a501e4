// One lock per name, created when it is taken and dropped when it is released. Thread-safe.
#ifndef ISULAD_UTILS_BASE_NAMED_LOCKS_H_
#define ISULAD_UTILS_BASE_NAMED_LOCKS_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "utils/base/mutex.h"

namespace isulad {

class NamedLocks {
 public:
  // Waits until no other thread holds `name`.
  void Lock(const std::string& name) EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    while (!held_.insert(name).second) {
      released_.Wait(mutex_);
    }
  }
  void Unlock(const std::string& name) EXCLUDES(mutex_) {
    {
      MutexLock lock(mutex_);
      held_.erase(name);
    }
    released_.NotifyAll();
  }

 private:
  Mutex mutex_;
  CondVar released_;
  std::set<std::string> held_ GUARDED_BY(mutex_);
};

// Holds the locks of several names. They are taken in sorted order, so that two holders of the same
// names cannot deadlock.
class NamedLock {
 public:
  // `locks` must outlive this object.
  NamedLock(NamedLocks& locks, const std::vector<std::string>& names)
      : locks_(locks), names_(names.begin(), names.end()) {
    for (const std::string& name : names_) {
      locks_.Lock(name);
    }
  }
  NamedLock(NamedLocks& locks, const std::string& name)
      : NamedLock(locks, std::vector<std::string>{name}) {}
  ~NamedLock() {
    for (const std::string& name : names_) {
      locks_.Unlock(name);
    }
  }
  NamedLock(const NamedLock&) = delete;
  NamedLock& operator=(const NamedLock&) = delete;

 private:
  NamedLocks& locks_;
  const std::set<std::string> names_;
};

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_NAMED_LOCKS_H_
