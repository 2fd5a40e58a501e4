// The copies that are under way, so that what must not happen beside them can end them.
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

// Thread-safe. What is said of one container holds for the holder of its operation slot.
class Copies {
 public:
  static constexpr size_t kMax = 32;  // each takes a process and some memory

  enum class Which {
    kAll,
    kOfLayers,  // that have a container's own layer mounted: no second mount may have it
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

  // Keeps the copy until its process is gone.
  void Add(Copy copy);
  // kResourceExhausted where there are kMax; with `layers`, kFailedPrecondition where a copy has
  // those of this container.
  Status CheckRoom(const std::string& container, bool layers) const;
  // Ends those of a container, `why` for their users, and waits until their processes are gone.
  // kDeadlineExceeded where one hangs in the kernel.
  Status End(const std::string& container, Which which, const std::string& why);

 private:
  struct State {
    Mutex mutex;
    std::map<uint64_t, Copy> copies GUARDED_BY(mutex);
    uint64_t next GUARDED_BY(mutex) = 1;
  };
  std::vector<std::shared_ptr<shim::CopyWorker>> Find(const std::string& container,
                                                      Which which) const;

  // A process can outlive us: its end finds this.
  const std::shared_ptr<State> state_;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_COPIES_H_
