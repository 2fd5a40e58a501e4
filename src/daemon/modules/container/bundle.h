// The bundle of a container: what the OCI runtime is given.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_BUNDLE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_BUNDLE_H_

#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// Makes <state>/containers/<id> with the OCI configuration, and the mount points that the rootfs
// lacks. `window`: of the terminal, where there is one. Returns warnings.
Result<std::vector<std::string>> WriteBundle(Context& context, const Container& container,
                                             const std::vector<host_channel::MountEntry>& channels,
                                             shim::WindowSize window);

// Removes <state>/containers/<id>; success where there is none.
Status RemoveBundle(const Context& context, const Container& container);

// Removes the mount points that were made in the rootfs, unless another container uses it: removing
// a directory takes away what is mounted on it everywhere.
Status RemoveMountPoints(const Context& context, const Container& container);

// The OCI process object of an exec in `container`.
Result<json::Value> BuildExec(const Context& context, const Container& container,
                              const spec::ProcessOptions& process, shim::WindowSize window);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_BUNDLE_H_
