// Raw seccomp programs: exports what libseccomp compiles, and adds what it cannot express.
#ifndef ISULAD_DAEMON_MODULES_SPEC_BPF_PROLOGUE_H_
#define ISULAD_DAEMON_MODULES_SPEC_BPF_PROLOGUE_H_

#include <string>

#include "utils/base/result.h"

namespace isulad::spec {

// The program of a libseccomp context (borrowed), as raw struct sock_filter[].
Result<std::string> ExportProgram(void* context);

// Instructions to put before such a program: a native call whose number is above all those that
// libseccomp knows fails with ENOSYS. With the program's default, EPERM, a new libc in the
// container would take a call that it merely tries first (fchmodat2) to be forbidden and fail,
// where it should fall back.
std::string PrologueForNewCalls();

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_BPF_PROLOGUE_H_
