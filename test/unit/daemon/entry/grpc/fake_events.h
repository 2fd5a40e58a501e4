// A source of events that a test fills.
#ifndef ISULAD_TEST_UNIT_DAEMON_ENTRY_GRPC_FAKE_EVENTS_H_
#define ISULAD_TEST_UNIT_DAEMON_ENTRY_GRPC_FAKE_EVENTS_H_

#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "daemon/modules/events/source.h"
#include "utils/base/mutex.h"

namespace isulad::entry {

// Every reader takes from the same batches, in turn; at their end there is nothing for now.
class FakeEvents final : public events::Source {
 public:
  void Add(Result<events::Batch> batch) EXCLUDES(mutex_) {
    std::function<void()> wake;
    {
      MutexLock lock(mutex_);
      batches_.push_back(std::move(batch));
      wake.swap(wake_);
    }
    if (wake) {
      wake();
    }
  }
  events::Query asked() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return asked_;
  }
  int reads() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return reads_;
  }
  void WaitForRest() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    while (!wake_) {
      changed_.Wait(mutex_);
    }
  }
  void WaitUntilUnread() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    while (readers_ > 0) {
      changed_.Wait(mutex_);
    }
  }

  std::unique_ptr<events::Reader> Read(events::Query query) override EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    asked_ = std::move(query);
    ++readers_;
    return std::make_unique<Place>(this);
  }

 private:
  class Place final : public events::Reader {
   public:
    explicit Place(FakeEvents* source) : source_(source) {}
    ~Place() override { source_->Left(); }
    Result<events::Batch> Next() override { return source_->Take(); }
    void WakeOnce(std::function<void()> wake) override { source_->Want(std::move(wake)); }

   private:
    FakeEvents* source_;
  };

  Result<events::Batch> Take() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    ++reads_;
    if (batches_.empty()) {
      return events::Batch{};
    }
    Result<events::Batch> batch = std::move(batches_.front());
    batches_.pop_front();
    return batch;
  }
  void Want(std::function<void()> wake) EXCLUDES(mutex_) {
    {
      MutexLock lock(mutex_);
      if (batches_.empty()) {
        wake_ = std::move(wake);
        changed_.NotifyAll();
        return;
      }
    }
    wake();
  }
  void Left() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    wake_ = nullptr;
    --readers_;
    changed_.NotifyAll();
  }

  Mutex mutex_;
  CondVar changed_;
  std::deque<Result<events::Batch>> batches_ GUARDED_BY(mutex_);
  events::Query asked_ GUARDED_BY(mutex_);
  std::function<void()> wake_ GUARDED_BY(mutex_);
  int reads_ GUARDED_BY(mutex_) = 0;
  int readers_ GUARDED_BY(mutex_) = 0;
};

}  // namespace isulad::entry

#endif  // ISULAD_TEST_UNIT_DAEMON_ENTRY_GRPC_FAKE_EVENTS_H_
