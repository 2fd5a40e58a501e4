// The bundle of a container: what the OCI runtime is given.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_BUNDLE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_BUNDLE_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/container/joined_namespaces.h"
#include "daemon/modules/rootfs/view.h"
#include "utils/base/result.h"

namespace isulad::container {

// The mount that a container with a user namespace starts from; nullptr for one without.
Result<std::unique_ptr<rootfs::ScopedView>> MountRootfsView(const Context& context,
                                                            const Container& container);

// What is there for a start, and goes when it is over.
struct StartMounts {
  std::string rootfs;  // the view's, or the container's own
  std::vector<host_channel::MountEntry> channels;
  const JoinedNamespaces& joined;
};

// What the runtime is given, and what to know of it.
struct Bundle {
  std::vector<std::string> warnings;
  // What it takes from the host's mounts: the rootfs, and what is bound into it. Empty where that
  // cannot be said, because the user's own programs run (hooks).
  std::vector<std::string> sources;
};

// The bundle of a start, <state>/containers/<id>. Destroyed, it is removed unless it was released;
// a failure of that is logged, and the next start or removal repeats it.
class ScopedBundle {
 public:
  // Both outlive it.
  ScopedBundle(Context* context, Container* container) : context_(context), container_(container) {}
  ~ScopedBundle();
  ScopedBundle(const ScopedBundle&) = delete;
  ScopedBundle& operator=(const ScopedBundle&) = delete;

  // Makes the directory with the OCI configuration, and the mount points that the rootfs lacks.
  // `window`: of the terminal, if there is one.
  Result<Bundle> Write(const StartMounts& mounts, shim::WindowSize window);
  void Release() { container_ = nullptr; }

 private:
  Context* context_;
  Container* container_;
};

// By which the tmpfs of a system container are measured, bytes: its memory limit without what is
// added for channels, or the host's memory.
Result<uint64_t> MeasureOfTmpfs(const ContainerConfig& config);

// Removes <state>/containers/<id> and what is left of the view; success where there is none.
Status RemoveBundle(const Context& context, const Container& container);

// kFailedPrecondition where links in the rootfs lead the target of another mount into a channel.
Status CheckChannelCollisions(const ContainerConfig& config);

// The OCI process object of an exec in `container`.
Result<json::Value> BuildExec(const Context& context, const Container& container,
                              const spec::ProcessConfig& process, shim::WindowSize window);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_BUNDLE_H_
