#include "utils/os/worker_pool.h"

#include <thread>
#include <utility>

namespace isulad::os {

WorkerPool::WorkerPool(int max_threads, std::chrono::milliseconds idle)
    : max_threads_(max_threads), idle_(idle) {}

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
    ++threads_;
    std::thread([this] { Work(); }).detach();
    return;
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
      task = nullptr;  // what it captured goes before the lock is taken again
      mutex_.Lock();
      continue;
    }
    if (stopping_) {
      break;
    }
    ++waiting_;
    thread_changed_.NotifyAll();
    const bool in_time = work_arrived_.WaitUntil(mutex_, std::chrono::steady_clock::now() + idle_);
    --waiting_;
    if (!in_time && queue_.empty()) {
      break;
    }
  }
  --threads_;
  thread_changed_.NotifyAll();
}

}  // namespace isulad::os
