// The mount namespace that runtimes start in.
#ifndef ISULAD_CMD_ISULAD_RUNTIME_NAMESPACE_H_
#define ISULAD_CMD_ISULAD_RUNTIME_NAMESPACE_H_

#include <optional>
#include <string>
#include <vector>

#include "utils/os/bare_namespace.h"

namespace isulad {

// With the kernel's own file systems, those of the system's programs, and those of `paths`: the
// engine's directories and programs. Nothing where this machine cannot have it: runtimes start in
// the daemon's namespace then, and that is logged.
std::optional<os::BareNamespace> MakeRuntimeNamespace(std::vector<std::string> paths,
                                                      const std::string& scratch);

}  // namespace isulad

#endif  // ISULAD_CMD_ISULAD_RUNTIME_NAMESPACE_H_
