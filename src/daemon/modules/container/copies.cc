#include "daemon/modules/container/copies.h"

#include <chrono>
#include <utility>

namespace isulad::container {
namespace {

constexpr std::chrono::seconds kPatience(5);

}  // namespace

Copies::~Copies() {
  std::map<uint64_t, Copy> copies;  // destroyed without the lock
  MutexLock lock(state_->mutex);
  copies.swap(state_->copies);
}

void Copies::Add(Copy copy) {
  const std::shared_ptr<shim::CopyWorker> worker = copy.worker;
  uint64_t number = 0;
  {
    MutexLock lock(state_->mutex);
    number = state_->next++;
    state_->copies.emplace(number, std::move(copy));
  }
  worker->WhenEnded([state = state_, number] {
    Copy ended;
    MutexLock lock(state->mutex);
    if (const auto found = state->copies.find(number); found != state->copies.end()) {
      ended = std::move(found->second);
      state->copies.erase(found);
    }
  });
}

Status Copies::CheckRoom(const std::string& container, bool layers) const {
  if (layers && !Find(container, Which::kOfLayers).empty()) {
    return FailedPrecondition("another copy from or to the container is under way");
  }
  MutexLock lock(state_->mutex);
  if (state_->copies.size() >= kMax) {
    return Error(Code::kResourceExhausted,
                 std::to_string(kMax) + " copies are under way, which is the most: try again");
  }
  return OkStatus();
}

std::vector<std::shared_ptr<shim::CopyWorker>> Copies::Find(const std::string& container,
                                                            Which which) const {
  std::vector<std::shared_ptr<shim::CopyWorker>> workers;
  MutexLock lock(state_->mutex);
  for (const auto& [number, copy] : state_->copies) {
    if (copy.container == container && (which == Which::kAll || copy.layers)) {
      workers.push_back(copy.worker);
    }
  }
  return workers;
}

Status Copies::End(const std::string& container, Which which, const std::string& why) {
  const std::vector<std::shared_ptr<shim::CopyWorker>> workers = Find(container, which);
  for (const auto& worker : workers) {
    worker->End(Error(Code::kAborted, why));
  }
  for (const auto& worker : workers) {
    if (!worker->WaitEnded(kPatience)) {
      return Error(Code::kDeadlineExceeded, "a copy from or to it does not end");
    }
  }
  return OkStatus();
}

}  // namespace isulad::container
