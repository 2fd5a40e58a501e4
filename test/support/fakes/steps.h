// The calls of fakes, counted, so that a test can have each of them fail once.
#ifndef ISULAD_TEST_SUPPORT_FAKES_STEPS_H_
#define ISULAD_TEST_SUPPORT_FAKES_STEPS_H_

#include <string>
#include <vector>

#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::test {

// Shared by all fakes of a test: a fake's call that can fail asks Take() first, and returns its
// error. Thread-safe.
class Steps {
 public:
  // The step with this number, counted from 0 from now on, fails, once; -1: none.
  void FailStep(int number) EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    fail_ = number;
    taken_.clear();
  }
  Status Take(const std::string& name) EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    taken_.push_back(name);
    if (fail_ != static_cast<int>(taken_.size()) - 1) {
      return OkStatus();
    }
    return Internal("injected into " + name);
  }
  // The names of the steps since FailStep().
  std::vector<std::string> taken() const EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return taken_;
  }
  // Whether the step that is to fail has come.
  bool failed() const EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return fail_ >= 0 && fail_ < static_cast<int>(taken_.size());
  }

 private:
  mutable Mutex mutex_;
  int fail_ GUARDED_BY(mutex_) = -1;
  std::vector<std::string> taken_ GUARDED_BY(mutex_);
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_STEPS_H_
