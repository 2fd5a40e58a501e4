// The default seccomp profile: one table, provided as a ready BPF program (libseccomp) or as OCI
// JSON.
#ifndef ISULAD_DAEMON_MODULES_SPEC_SECCOMP_H_
#define ISULAD_DAEMON_MODULES_SPEC_SECCOMP_H_

#include <cstdint>
#include <string>

#include "utils/base/result.h"
#include "utils/json/value.h"

namespace isulad::spec {

enum class SeccompVariant {
  kDefault,
  kSystemContainer,  // allows reboot(2) as well, which acts on the pid namespace alone
};

// `capabilities` is the container's bounding set; some calls are allowed only with the capability
// that makes them work (mount with CAP_SYS_ADMIN, ...). Compiling takes 10 to 25 ms and the result
// depends on the arguments alone, so keep it. A call that is newer than the installed libseccomp
// fails with ENOSYS, so that a libc falls back to the call that it replaces. The result is raw
// struct sock_filter[], as the kernel takes it.
Result<std::string> CompileSeccomp(SeccompVariant variant, uint64_t capabilities);
// The same profile as the "seccomp" member of an OCI configuration's "linux" object.
json::Value SeccompProfile(SeccompVariant variant, uint64_t capabilities);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_SECCOMP_H_
