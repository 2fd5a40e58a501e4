// The raw side of a seccomp program: what libseccomp writes, and what it cannot express.
#ifndef ISULAD_DAEMON_MODULES_SPEC_BPF_PROLOGUE_H_
#define ISULAD_DAEMON_MODULES_SPEC_BPF_PROLOGUE_H_

#include <string>

#include "utils/base/result.h"

namespace isulad::spec {

// The program of a libseccomp context (borrowed), as raw struct sock_filter[].
Result<std::string> ExportProgram(void* context);

// Instructions to stand before such a program: a native call whose number is above all that
// libseccomp knows is answered with ENOSYS. With the program's default, EPERM, a new libc in the
// container would take a call that it merely tries first (fchmodat2) for forbidden and fail, where
// it is to fall back.
std::string PrologueForNewCalls();

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_BPF_PROLOGUE_H_
