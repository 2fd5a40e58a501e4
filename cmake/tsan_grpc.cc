// Only in the build with the thread sanitizer, in every program that links gRPC. gRPC and absl come
// from Debian without the sanitizer's instrumentation: it sees neither the locks with which they
// hand our objects from thread to thread, nor that their own memory is guarded by them, and called
// everything a race that went through them.
//
// The linker leads gRPC's calls of its lock and condition here (see IsuladGrpc.cmake), where they
// are told to the sanitizer as one lock for all: gRPC also hands over through queues without locks,
// which a lock each would not cover. The beginning of a batch of operations is such a place. What
// is left is inside gRPC and suppressed by name.
//
// The price: of two accesses of ours, a race is missed where both threads happened to go through
// gRPC in between, or one of them is called by gRPC at that moment. modules/container and below
// link no gRPC, and their tests are checked in full.
#include <cstddef>
#include <cstdint>

extern "C" {

void __tsan_acquire(void* address);
void __tsan_release(void* address);

const char* __tsan_default_suppressions() {
  return "race:grpc::\n"
         "race:grpc_core::\n"
         "race:^grpc_\n"
         "race:absl::\n"
         "race:google::protobuf\n";
}

// absl::Duration and absl::Time are passed in registers: two words are enough for either.
struct TwoWords {
  int64_t first;
  uint32_t second;
};

#define REAL(symbol) __real_##symbol
#define WRAP(symbol) __wrap_##symbol

void REAL(_ZN4absl7debian35Mutex4LockEv)(void* mutex);
void REAL(_ZN4absl7debian35Mutex6UnlockEv)(void* mutex);
bool REAL(_ZN4absl7debian35Mutex7TryLockEv)(void* mutex);
void REAL(_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE)(void* condition, void* mutex);
bool REAL(_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE)(void* condition,
                                                                                void* mutex,
                                                                                TwoWords timeout);
bool REAL(_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE)(void* condition,
                                                                             void* mutex,
                                                                             TwoWords deadline);
int REAL(grpc_call_start_batch)(void* call, const void* operations, size_t count, void* tag,
                                void* reserved);

static char all_locks;

void WRAP(_ZN4absl7debian35Mutex4LockEv)(void* mutex) {
  REAL(_ZN4absl7debian35Mutex4LockEv)(mutex);
  __tsan_acquire(&all_locks);
}

bool WRAP(_ZN4absl7debian35Mutex7TryLockEv)(void* mutex) {
  const bool locked = REAL(_ZN4absl7debian35Mutex7TryLockEv)(mutex);
  __tsan_acquire(&all_locks);
  return locked;
}

void WRAP(_ZN4absl7debian35Mutex6UnlockEv)(void* mutex) {
  __tsan_release(&all_locks);
  REAL(_ZN4absl7debian35Mutex6UnlockEv)(mutex);
}

void WRAP(_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE)(void* condition, void* mutex) {
  __tsan_release(&all_locks);
  REAL(_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE)(condition, mutex);
  __tsan_acquire(&all_locks);
}

bool WRAP(_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE)(void* condition,
                                                                                void* mutex,
                                                                                TwoWords timeout) {
  __tsan_release(&all_locks);
  const bool expired = REAL(_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE)(
      condition, mutex, timeout);
  __tsan_acquire(&all_locks);
  return expired;
}

bool WRAP(_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE)(void* condition,
                                                                             void* mutex,
                                                                             TwoWords deadline) {
  __tsan_release(&all_locks);
  const bool expired = REAL(_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE)(
      condition, mutex, deadline);
  __tsan_acquire(&all_locks);
  return expired;
}

int WRAP(grpc_call_start_batch)(void* call, const void* operations, size_t count, void* tag,
                                void* reserved) {
  __tsan_release(&all_locks);
  return REAL(grpc_call_start_batch)(call, operations, count, tag, reserved);
}

}  // extern "C"
