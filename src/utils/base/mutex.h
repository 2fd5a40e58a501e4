// Mutexes that clang's thread-safety analysis understands
// (https://clang.llvm.org/docs/ThreadSafetyAnalysis.html).
#ifndef ISULAD_UTILS_BASE_MUTEX_H_
#define ISULAD_UTILS_BASE_MUTEX_H_

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define ISULAD_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define ISULAD_THREAD_ATTRIBUTE(x)
#endif

#define CAPABILITY(x) ISULAD_THREAD_ATTRIBUTE(capability(x))
#define SCOPED_CAPABILITY ISULAD_THREAD_ATTRIBUTE(scoped_lockable)
#ifndef GUARDED_BY  // gRPC's headers include absl, which defines the same macro
#define GUARDED_BY(x) ISULAD_THREAD_ATTRIBUTE(guarded_by(x))
#endif
#define REQUIRES(...) ISULAD_THREAD_ATTRIBUTE(requires_capability(__VA_ARGS__))
#define ACQUIRE(...) ISULAD_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
#define RELEASE(...) ISULAD_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
#define EXCLUDES(...) ISULAD_THREAD_ATTRIBUTE(locks_excluded(__VA_ARGS__))

namespace isulad {

class CAPABILITY("mutex") Mutex {
 public:
  void Lock() ACQUIRE() { mutex_.lock(); }
  void Unlock() RELEASE() { mutex_.unlock(); }

 private:
  friend class CondVar;
  std::mutex mutex_;
};

class SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~MutexLock() RELEASE() { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Wait in a loop that tests the condition, since wake-ups can be spurious.
class CondVar {
 public:
  void Wait(Mutex& mutex) REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }
  // Returns false if `deadline` has passed.
  bool WaitUntil(Mutex& mutex, std::chrono::steady_clock::time_point deadline) REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    const bool in_time = condition_.wait_until(lock, deadline) == std::cv_status::no_timeout;
    lock.release();
    return in_time;
  }
  void NotifyAll() { condition_.notify_all(); }
  void NotifyOne() { condition_.notify_one(); }

 private:
  std::condition_variable condition_;
};

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_MUTEX_H_
