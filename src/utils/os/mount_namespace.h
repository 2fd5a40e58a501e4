// Running code in another mount namespace.
#ifndef ISULAD_UTILS_OS_MOUNT_NAMESPACE_H_
#define ISULAD_UTILS_OS_MOUNT_NAMESPACE_H_

#include <functional>

#include "utils/base/result.h"

namespace isulad::os {

// Runs `work` to its end in a thread of its own whose mount namespace, root and working directory
// are those of `mount_namespace` (a descriptor). A thread, because setns(2) changes the namespace
// of the calling thread for good; descriptors are shared, so `work` can hand them back. There,
// "/proc" is that of the namespace, if it has one. Fails, without running `work`, where the thread
// or the namespace cannot be had. Thread-safe. Source: mount_namespaces(7).
Status RunInMountNamespace(int mount_namespace, const std::function<void()>& work);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_MOUNT_NAMESPACE_H_
