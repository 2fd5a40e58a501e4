// What channels mean for the memory limit of a container that asked for --host-channel-add-memory.
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

// The limits that hold: those that were asked for, with what is added for channels.
spec::ResourceLimits EffectiveLimits(const ContainerConfig& config);

// kInvalidArgument where the limits that hold would be too large for a number.
Status CheckMemory(const ContainerConfig& config);

// Sets the memory limit of a container that is up to the one that holds with `config`; nothing
// where none is added to. kResourceExhausted where it uses more: then the limit stays.
Status ApplyMemoryLimit(Context& context, const Container& container,
                        const ContainerConfig& config);

// For each channel that is not smaller than the memory limit: what the container writes into it is
// charged to it, and without room for that, writing ends in an OOM kill.
std::vector<std::string> SmallMemoryWarnings(const ContainerConfig& config);

// Memory limits that were changed with channels, set back unless committed.
class ScopedMemoryLimits {
 public:
  // `context` must outlive it.
  explicit ScopedMemoryLimits(Context* context) : context_(*context) {}
  ~ScopedMemoryLimits();
  ScopedMemoryLimits(const ScopedMemoryLimits&) = delete;
  ScopedMemoryLimits& operator=(const ScopedMemoryLimits&) = delete;

  // As ApplyMemoryLimit; the way back is to what holds with the container's present configuration.
  Status Set(const std::shared_ptr<Container>& container, const ContainerConfig& config);
  void Commit() { changed_.clear(); }

 private:
  Context& context_;
  std::vector<std::pair<std::shared_ptr<Container>, ContainerConfig>> changed_;  // as before
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_MEMORY_H_
