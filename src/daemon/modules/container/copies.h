// The copies in progress, so that an operation that must not run beside a copy can end it.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_COPIES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_COPIES_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/shim/copy_worker.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::container {

// Thread-safe. Answers about one container are reliable for the holder of its operation slot.
class Copies {
 public:
  static constexpr size_t kMax = 32;  // each takes a process and some memory

  enum class Which {
    kAll,
    kOfLayers,  // with the container's own layer mounted: it must not be mounted twice
  };
  struct Copy {
    std::string container;  // id
    bool layers = false;
    std::shared_ptr<shim::CopyWorker> worker;
  };

  Copies() : state_(std::make_shared<State>()) {}
  ~Copies();
  Copies(const Copies&) = delete;
  Copies& operator=(const Copies&) = delete;

  // Keeps the copy until its process has ended.
  void Add(Copy copy);
  // kResourceExhausted if kMax copies are in progress. With `layers`, kFailedPrecondition if a copy
  // has the layers of this container mounted.
  Status CheckRoom(const std::string& container, bool layers) const;
  // Ends the copies of a container and waits until their processes are gone. `why` is the reason
  // that their users get. kDeadlineExceeded if a process hangs in the kernel.
  Status End(const std::string& container, Which which, const std::string& why);

 private:
  struct State {
    Mutex mutex;
    std::map<uint64_t, Copy> copies GUARDED_BY(mutex);
    uint64_t next GUARDED_BY(mutex) = 1;
  };
  std::vector<std::shared_ptr<shim::CopyWorker>> Find(const std::string& container,
                                                      Which which) const;

  // Shared with the callbacks for the ends of worker processes, which can outlive this object.
  const std::shared_ptr<State> state_;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_COPIES_H_
