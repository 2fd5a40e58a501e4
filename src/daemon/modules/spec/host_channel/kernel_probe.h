// Checks which options the running kernel supports.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_KERNEL_PROBE_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_KERNEL_PROBE_H_

#include <map>
#include <string>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "daemon/modules/spec/host_channel/options.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

// Asks the kernel once for each option, because the answer does not change while the kernel runs.
// Thread-safe.
class KernelProbe {
 public:
  // `ops` must outlive the probe.
  explicit KernelProbe(MountOps* ops) : ops_(ops) {}

  // kInvalidArgument with the option and the kernel's own reason if the kernel does not support one
  // of `options`: `host channel option "noswap" is not supported by this kernel: ...`.
  Status Check(const Options& options) EXCLUDES(mutex_);

 private:
  Status CheckParameter(const std::string& name, const std::string& value) EXCLUDES(mutex_);

  MountOps* const ops_;
  Mutex mutex_;
  std::map<std::string, Status> known_ GUARDED_BY(mutex_);  // by "name=value"
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_KERNEL_PROBE_H_
