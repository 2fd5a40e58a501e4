#include "daemon/modules/container/registry.h"

#include <algorithm>
#include <utility>

#include "utils/base/ids.h"
#include "utils/base/strings.h"

namespace isulad::container {

Registry::Reservation::Reservation(Reservation&& other) noexcept
    : registry_(std::exchange(other.registry_, nullptr)), name_(std::move(other.name_)) {}

Registry::Reservation::~Reservation() {
  if (registry_ != nullptr) {
    MutexLock lock(registry_->mutex_);
    registry_->id_of_name_.erase(name_);
  }
}

Result<Registry::Reservation> Registry::Reserve(const std::string& name, const std::string& id) {
  MutexLock lock(mutex_);
  const auto [taken, inserted] = id_of_name_.emplace(name, id);
  if (!inserted) {
    return AlreadyExists("name " + Quote(name) + " is already in use by container " +
                         ShortId(taken->second) + ": remove or rename that one first");
  }
  return Reservation(this, name);
}

void Registry::Add(std::shared_ptr<Container> container, Reservation reservation) {
  MutexLock lock(mutex_);
  by_id_.emplace(container->id(), std::move(container));
  reservation.registry_ = nullptr;
}

void Registry::Rename(Container& container, Reservation reservation) {
  MutexLock lock(mutex_);
  id_of_name_.erase(container.name());
  container.SetName(reservation.name_);
  reservation.registry_ = nullptr;
}

void Registry::Erase(const Container& container) {
  MutexLock lock(mutex_);
  id_of_name_.erase(container.name());
  by_id_.erase(container.id());
}

Result<std::shared_ptr<Container>> Registry::Find(const std::string& reference) const {
  MutexLock lock(mutex_);
  if (const auto exact = by_id_.find(reference); exact != by_id_.end()) {
    return exact->second;
  }
  if (const auto named = id_of_name_.find(reference); named != id_of_name_.end()) {
    // A name that is only reserved belongs to a create that has not been answered: there is no
    // container yet.
    if (const auto found = by_id_.find(named->second); found != by_id_.end()) {
      return found->second;
    }
  }
  const Error missing = NotFound("No such container: " + reference);
  if (!IsIdPrefix(reference)) {
    return missing;
  }
  const auto first = by_id_.lower_bound(reference);
  if (first == by_id_.end() || first->first.compare(0, reference.size(), reference) != 0) {
    return missing;
  }
  const auto second = std::next(first);
  if (second != by_id_.end() && second->first.compare(0, reference.size(), reference) == 0) {
    return InvalidArgument("id prefix " + Quote(reference) + " fits more than one container");
  }
  return first->second;
}

std::vector<std::shared_ptr<Container>> Registry::All() const {
  std::vector<std::shared_ptr<Container>> all;
  {
    MutexLock lock(mutex_);
    all.reserve(by_id_.size());
    for (const auto& [id, container] : by_id_) {
      all.push_back(container);
    }
  }
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a->config().created > b->config().created; });
  return all;
}

}  // namespace isulad::container
