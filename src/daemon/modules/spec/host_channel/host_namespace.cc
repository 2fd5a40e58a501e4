#include "daemon/modules/spec/host_channel/host_namespace.h"

#include <fcntl.h>

#include <utility>

#include "utils/os/file.h"
#include "utils/os/mount_namespace.h"

namespace isulad::host_channel {
namespace {

constexpr const char* kHostNamespace = "/proc/1/ns/mnt";

}  // namespace

Status RunInHostMountNamespace(const std::function<void()>& work) {
  ASSIGN_OR_RETURN(const os::UniqueFd host_namespace, os::Open(kHostNamespace, O_RDONLY));
  Status run = os::RunInMountNamespace(host_namespace.get(), work);
  if (!run) {
    return std::move(run).error().AddContext("process 1");
  }
  return run;
}

}  // namespace isulad::host_channel
