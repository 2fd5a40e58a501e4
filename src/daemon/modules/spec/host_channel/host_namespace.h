// Runs code in the mount namespace of process 1.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_NAMESPACE_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_NAMESPACE_H_

#include <functional>

#include "utils/base/result.h"

namespace isulad::host_channel {

// Runs `work` to its end in a thread of its own whose mount namespace is that of process 1. It
// takes a thread because setns(2) changes the namespace of the calling thread for good; descriptors
// are shared, so `work` can hand them back. Fails without running `work` if the thread cannot be
// created or the namespace cannot be entered. Source: mount_namespaces(7).
Status RunInHostMountNamespace(const std::function<void()>& work);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_NAMESPACE_H_
