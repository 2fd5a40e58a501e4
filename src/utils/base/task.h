// Functions that wait without occupying a thread: C++20 coroutines.
//
//   Task<Status> Stop(...) {
//     CO_ASSIGN_OR_RETURN(const Operation operation, co_await Acquire(...));
//     ...
//     co_return OkStatus();
//   }
//
// A task takes its arguments by value: it may be resumed after the caller's references are gone. A
// task runs on the thread that awaits or starts it until its first wait, and then on whichever
// thread resumes it. A task is not thread-safe, but needs no lock: it is on one thread at a time.
#ifndef ISULAD_UTILS_BASE_TASK_H_
#define ISULAD_UTILS_BASE_TASK_H_

#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "utils/base/result.h"

namespace isulad {

// The outcome of a coroutine that has not started yet; awaiting it starts it. To be awaited once,
// or passed to Begin() or Await().
template <typename T>
class [[nodiscard]] Task {
 public:
  class promise_type {
   public:
    Task get_return_object() { return Task(Handle::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept { return GoOn{}; }
    void return_value(T value) { value_.emplace(std::move(value)); }
    void unhandled_exception() { std::terminate(); }

   private:
    friend class Task;
    struct GoOn {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept {
        return self.promise().caller_;
      }
      void await_resume() noexcept {}
    };
    std::coroutine_handle<> caller_;
    std::optional<T> value_;
  };

  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (handle_) {
      handle_.destroy();
    }
  }

  bool await_ready() const { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
    handle_.promise().caller_ = caller;
    return handle_;
  }
  T await_resume() { return *std::move(handle_.promise().value_); }

 private:
  using Handle = std::coroutine_handle<promise_type>;
  explicit Task(Handle handle) : handle_(handle) {}
  Handle handle_;
};

namespace internal {

// Starts at once and frees itself at its end.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

template <typename T>
Detached Detach(Task<T> task, std::function<void(T)> done) {
  T value = co_await std::move(task);
  done(std::move(value));
}

}  // namespace internal

// Starts `task` on this thread. `done` is called once, on the thread where the task ends.
template <typename T>
void Begin(Task<T> task, std::function<void(T)> done) {
  internal::Detach(std::move(task), std::move(done));
}

// Starts `task` and waits for its end. Only for threads that may block and that the task itself
// does not need to make progress.
template <typename T>
T Await(Task<T> task) {
  const auto outcome = std::make_shared<std::promise<T>>();
  std::future<T> future = outcome->get_future();
  Begin(std::move(task),
        std::function<void(T)>([outcome](T value) { outcome->set_value(std::move(value)); }));
  return future.get();
}

// An awaitable for an operation that reports its outcome by a callback.
template <typename T>
class Wait {
 public:
  using Done = std::function<void(T)>;
  // Registers `done`, to be called once, on any thread. If the outcome is already known, returns it
  // instead and never calls `done`.
  using Register = std::function<std::optional<T>(Done done)>;
  // Resumes the coroutine, on another thread or on this one.
  using Resume = std::function<void(std::coroutine_handle<>)>;

  Wait(Resume resume, Register registration)
      : resume_(std::move(resume)), register_(std::move(registration)) {}

  bool await_ready() const { return false; }
  bool await_suspend(std::coroutine_handle<> task) {
    // Once registered, another thread may resume the task and this object may be gone.
    const std::shared_ptr<std::optional<T>> value = value_;
    const Register registration = std::move(register_);
    std::optional<T> known = registration([value, resume = std::move(resume_), task](T outcome) {
      value->emplace(std::move(outcome));
      resume(task);
    });
    if (!known) {
      return true;
    }
    value->emplace(*std::move(known));
    return false;
  }
  T await_resume() { return *std::move(*value_); }

 private:
  Resume resume_;
  Register register_;
  const std::shared_ptr<std::optional<T>> value_ = std::make_shared<std::optional<T>>();
};

}  // namespace isulad

// RETURN_IF_ERROR and ASSIGN_OR_RETURN for tasks.
#define CO_RETURN_IF_ERROR(expr)                                   \
  do {                                                             \
    if (auto isulad_status = (expr); !isulad_status.has_value()) { \
      co_return std::move(isulad_status).error();                  \
    }                                                              \
  } while (false)

#define CO_ASSIGN_OR_RETURN(lhs, expr) \
  CO_ASSIGN_OR_RETURN_IMPL(ISULAD_CONCAT(isulad_result_, __LINE__), lhs, expr)
#define CO_ASSIGN_OR_RETURN_IMPL(result, lhs, expr) \
  auto result = (expr);                             \
  if (!result.has_value()) {                        \
    co_return std::move(result).error();            \
  }                                                 \
  lhs = *std::move(result)

#endif  // ISULAD_UTILS_BASE_TASK_H_
