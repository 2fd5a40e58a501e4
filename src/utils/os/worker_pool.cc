#include "utils/os/worker_pool.h"

#include <system_error>
#include <thread>
#include <utility>

namespace isulad::os {

WorkerPool::WorkerPool(int max_threads, std::chrono::milliseconds idle)
    : max_threads_(max_threads), idle_(idle) {}

Result<std::unique_ptr<WorkerPool>> WorkerPool::Create(int max_threads,
                                                       std::chrono::milliseconds idle) {
  std::unique_ptr<WorkerPool> pool(new WorkerPool(max_threads, idle));
  RETURN_IF_ERROR(pool->StartFirst());
  return pool;
}

Status WorkerPool::StartFirst() {
  MutexLock lock(mutex_);
  return StartThread();
}

Status WorkerPool::StartThread() {
  try {
    std::thread([this] { Work(); }).detach();
  } catch (const std::system_error& error) {
    return Error(Code::kResourceExhausted, error.code().value(),
                 std::string("start a thread: ") + error.what());
  }
  ++threads_;
  return OkStatus();
}

WorkerPool::~WorkerPool() {
  MutexLock lock(mutex_);
  stopping_ = true;
  work_arrived_.NotifyAll();
  while (threads_ > 0) {
    thread_changed_.Wait(mutex_);
  }
}

void WorkerPool::Post(std::function<void()> task) {
  MutexLock lock(mutex_);
  queue_.push_back(std::move(task));
  if (static_cast<int>(queue_.size()) > waiting_ && threads_ < max_threads_) {
    IgnoreError(StartThread());  // on failure the task waits for an existing thread
  }
  work_arrived_.NotifyOne();
}

void WorkerPool::Drain() {
  MutexLock lock(mutex_);
  while (!queue_.empty() || threads_ != waiting_) {
    thread_changed_.Wait(mutex_);
  }
}

void WorkerPool::Work() {
  MutexLock lock(mutex_);
  for (;;) {
    if (!queue_.empty()) {
      std::function<void()> task = std::move(queue_.front());
      queue_.pop_front();
      mutex_.Unlock();
      task();
      task = nullptr;  // destroy its captures before the lock is taken again
      mutex_.Lock();
      continue;
    }
    if (stopping_) {
      break;
    }
    ++waiting_;
    thread_changed_.NotifyAll();
    bool in_time = true;
    if (threads_ == 1) {
      work_arrived_.Wait(mutex_);  // the last one stays
    } else {
      in_time = work_arrived_.WaitUntil(mutex_, std::chrono::steady_clock::now() + idle_);
    }
    --waiting_;
    if (!in_time && queue_.empty() && threads_ > 1) {
      break;
    }
  }
  --threads_;
  thread_changed_.NotifyAll();
}

}  // namespace isulad::os
