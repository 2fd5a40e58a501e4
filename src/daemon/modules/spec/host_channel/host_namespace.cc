#include "daemon/modules/spec/host_channel/host_namespace.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>

#include <cerrno>

#include "utils/os/file.h"

namespace isulad::host_channel {
namespace {

constexpr const char* kHostNamespace = "/proc/1/ns/mnt";

struct Task {
  const std::function<void()>* work;
  int host_namespace;
  Status status;
};

Status EnterNamespace(int host_namespace) {
  // A mount namespace cannot be changed while root and working directory are shared with other
  // threads.
  if (::unshare(CLONE_FS) != 0) {
    return SystemError(errno, "unshare the file system context");
  }
  if (::setns(host_namespace, CLONE_NEWNS) != 0) {
    return SystemError(errno, "enter the mount namespace of process 1");
  }
  return OkStatus();
}

void* RunTask(void* argument) {
  Task* task = static_cast<Task*>(argument);
  task->status = EnterNamespace(task->host_namespace);
  if (task->status) {
    (*task->work)();
  }
  return nullptr;
}

}  // namespace

Status RunInHostMountNamespace(const std::function<void()>& work) {
  ASSIGN_OR_RETURN(const os::UniqueFd host_namespace, os::Open(kHostNamespace, O_RDONLY));
  Task task{&work, host_namespace.get(), OkStatus()};
  pthread_t thread;
  if (const int error = ::pthread_create(&thread, nullptr, RunTask, &task); error != 0) {
    return SystemError(error, "create a thread");
  }
  ::pthread_join(thread, nullptr);
  return task.status;
}

}  // namespace isulad::host_channel
