// The effect of channels on the memory limit of a container with --host-channel-add-memory.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_MEMORY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_MEMORY_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// The effective limits: those the user asked for, plus what is added for channels.
spec::ResourceLimits EffectiveLimits(const ContainerConfig& config);

// kInvalidArgument if the effective limits are too large for their integer type.
Status CheckMemory(const ContainerConfig& config);

// Sets the memory limit of a container that is up to the effective one of `config`; does nothing if
// no memory is added for channels. kResourceExhausted if the container uses more than that: the
// limit then stays as it is.
Status ApplyMemoryLimit(Context& context, const Container& container,
                        const ContainerConfig& config);

// A warning for each channel that is not smaller than the memory limit: what the container writes
// into the channel is charged to the container, and without room for that, writing ends in an OOM
// kill.
std::vector<std::string> SmallMemoryWarnings(const ContainerConfig& config);

// Memory limits that were changed together with channels, restored unless committed.
class ScopedMemoryLimits {
 public:
  // `context` must outlive this object.
  explicit ScopedMemoryLimits(Context* context) : context_(*context) {}
  ~ScopedMemoryLimits();
  ScopedMemoryLimits(const ScopedMemoryLimits&) = delete;
  ScopedMemoryLimits& operator=(const ScopedMemoryLimits&) = delete;

  // Like ApplyMemoryLimit(). The limit is restored to the effective one of the container's present
  // configuration.
  Status Set(const std::shared_ptr<Container>& container, const ContainerConfig& config);
  void Commit() { changed_.clear(); }

 private:
  Context& context_;
  std::vector<std::pair<std::shared_ptr<Container>, ContainerConfig>> changed_;  // as before
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_MEMORY_H_
