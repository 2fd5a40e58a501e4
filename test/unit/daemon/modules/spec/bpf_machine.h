// Runs a seccomp program as the kernel would, so that tests can ask what it answers without making
// the call.
#ifndef ISULAD_TEST_UNIT_DAEMON_MODULES_SPEC_BPF_MACHINE_H_
#define ISULAD_TEST_UNIT_DAEMON_MODULES_SPEC_BPF_MACHINE_H_

#include <linux/seccomp.h>

#include <cstdint>
#include <string>

namespace isulad::spec {

struct BpfResult {
  uint32_t action = 0;  // SECCOMP_RET_*
  int error = 0;        // of SECCOMP_RET_ERRNO
  int steps = 0;        // instructions that it took
};

// `program`: raw struct sock_filter[]. Aborts where the program is not one that the kernel would
// take.
BpfResult RunBpf(const std::string& program, const seccomp_data& data);

}  // namespace isulad::spec

#endif  // ISULAD_TEST_UNIT_DAEMON_MODULES_SPEC_BPF_MACHINE_H_
