// Running code in another mount namespace.
#ifndef ISULAD_UTILS_OS_MOUNT_NAMESPACE_H_
#define ISULAD_UTILS_OS_MOUNT_NAMESPACE_H_

#include <functional>

#include "utils/base/result.h"

namespace isulad::os {

// Runs `work` to its end on a separate thread whose mount namespace, root and working directory are
// those of `mount_namespace` (a descriptor). A thread is needed because setns(2) changes the
// namespace of the calling thread for good; descriptors are shared, so `work` can return them to
// the caller. Inside, "/proc" is that of the namespace, if it has one. Fails without running `work`
// if the thread cannot be created or the namespace cannot be entered. Thread-safe. Source:
// mount_namespaces(7).
Status RunInMountNamespace(int mount_namespace, const std::function<void()>& work);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_MOUNT_NAMESPACE_H_
