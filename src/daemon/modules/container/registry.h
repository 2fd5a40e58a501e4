// The index of containers: by id, by unique id prefix, by name. A name is reserved before anything
// is made, so that only one of two concurrent creates succeeds.
//
// Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_REGISTRY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_REGISTRY_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::container {

class Registry {
 public:
  // A reserved name; released by the destructor unless the container has been added.
  class Reservation {
   public:
    Reservation(Registry* registry, std::string name)
        : registry_(registry), name_(std::move(name)) {}
    Reservation(Reservation&& other) noexcept;
    Reservation& operator=(Reservation&&) = delete;
    ~Reservation();

   private:
    friend class Registry;
    Registry* registry_;
    std::string name_;
  };

  // kAlreadyExists if the name is taken; the message names the container that has it.
  Result<Reservation> Reserve(const std::string& name, const std::string& id) EXCLUDES(mutex_);
  // Makes the container visible; its name must have been reserved.
  void Add(std::shared_ptr<Container> container, Reservation reservation) EXCLUDES(mutex_);
  // Gives a registered container the reserved name, and releases its old one.
  void Rename(Container& container, Reservation reservation) EXCLUDES(mutex_);
  // Removes the container and releases its name.
  void Erase(const Container& container) EXCLUDES(mutex_);

  // Looks up a container by full id, then by name, then by unique prefix of an id. kNotFound: `No
  // such container: X`; kInvalidArgument if the prefix fits several.
  Result<std::shared_ptr<Container>> Find(const std::string& reference) const EXCLUDES(mutex_);
  // All containers, newest first.
  std::vector<std::shared_ptr<Container>> All() const EXCLUDES(mutex_);

 private:
  mutable Mutex mutex_;
  std::map<std::string, std::shared_ptr<Container>> by_id_ GUARDED_BY(mutex_);
  std::map<std::string, std::string> id_of_name_ GUARDED_BY(mutex_);
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_REGISTRY_H_
