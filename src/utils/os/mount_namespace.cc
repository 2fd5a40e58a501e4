#include "utils/os/mount_namespace.h"

#include <pthread.h>
#include <sched.h>

#include <cerrno>

namespace isulad::os {
namespace {

struct Task {
  const std::function<void()>* work;
  int mount_namespace;
  Status status;
};

Status EnterNamespace(int mount_namespace) {
  // The mount namespace cannot be changed while the root and working directory are shared with
  // other threads.
  if (::unshare(CLONE_FS) != 0) {
    return SystemError(errno, "unshare the file system context");
  }
  if (::setns(mount_namespace, CLONE_NEWNS) != 0) {
    return SystemError(errno, "enter a mount namespace");
  }
  return OkStatus();
}

void* RunTask(void* argument) {
  Task* task = static_cast<Task*>(argument);
  task->status = EnterNamespace(task->mount_namespace);
  if (task->status) {
    (*task->work)();
  }
  return nullptr;
}

}  // namespace

Status RunInMountNamespace(int mount_namespace, const std::function<void()>& work) {
  Task task{&work, mount_namespace, OkStatus()};
  pthread_t thread;
  if (const int error = ::pthread_create(&thread, nullptr, RunTask, &task); error != 0) {
    return SystemError(error, "create a thread");
  }
  ::pthread_join(thread, nullptr);
  return task.status;
}

}  // namespace isulad::os
