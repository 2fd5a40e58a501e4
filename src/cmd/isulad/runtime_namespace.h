// The mount namespace in which runtimes start.
#ifndef ISULAD_CMD_ISULAD_RUNTIME_NAMESPACE_H_
#define ISULAD_CMD_ISULAD_RUNTIME_NAMESPACE_H_

#include <optional>
#include <string>
#include <vector>

#include "utils/os/bare_namespace.h"

namespace isulad {

// Creates a namespace with the kernel's own file systems, those of the system's programs, and those
// of `paths`: the engine's directories and programs. nullopt if this machine cannot provide it;
// runtimes then start in the daemon's namespace, and this is logged.
std::optional<os::BareNamespace> MakeRuntimeNamespace(std::vector<std::string> paths,
                                                      const std::string& scratch);

}  // namespace isulad

#endif  // ISULAD_CMD_ISULAD_RUNTIME_NAMESPACE_H_
