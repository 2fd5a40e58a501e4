#include "support/fakes/fake_launcher.h"

#include <utility>

namespace isulad::test {

FakeLauncher::~FakeLauncher() {
  std::vector<std::weak_ptr<FakeMonitorLink>> links;
  {
    MutexLock lock(mutex_);
    links.swap(links_);
  }
  for (const std::weak_ptr<FakeMonitorLink>& weak : links) {
    if (const std::shared_ptr<FakeMonitorLink> link = weak.lock()) {
      link->Close();
      link->shim()->Disconnect(link);
    }
  }
}

Result<std::shared_ptr<shim::Monitor>> FakeLauncher::Launch(
    const shim::Config& config, std::shared_ptr<shim::MonitorObserver> observer) {
  RETURN_IF_ERROR(Take("launcher Launch"));
  ASSIGN_OR_RETURN(const std::shared_ptr<FakeShim> shim, shims_->Make(config));
  const std::shared_ptr<FakeMonitorLink> link = MakeLink(shim, std::move(observer));
  shim->Begin(link);
  return std::shared_ptr<shim::Monitor>(link);
}

Result<std::shared_ptr<shim::Monitor>> FakeLauncher::Reconnect(
    const std::string& directory, std::shared_ptr<shim::MonitorObserver> observer) {
  RETURN_IF_ERROR(Take("launcher Reconnect"));
  ASSIGN_OR_RETURN(const std::shared_ptr<FakeShim> shim, shims_->Connect(directory));
  const std::shared_ptr<FakeMonitorLink> link = MakeLink(shim, std::move(observer));
  RETURN_IF_ERROR(shim->Subscribe(link));
  return std::shared_ptr<shim::Monitor>(link);
}

Result<std::unique_ptr<shim::Streams>> FakeLauncher::AttachStreams(
    const std::string& directory, const shim::Attach& what,
    std::shared_ptr<shim::StreamsObserver> observer) {
  RETURN_IF_ERROR(Take("launcher AttachStreams"));
  const Result<std::shared_ptr<FakeShim>> shim = shims_->Connect(directory);
  if (!shim) {
    return Unavailable(shim.error().message());
  }
  auto link = std::make_shared<FakeStreamsLink>(loop_, what, std::move(observer));
  RETURN_IF_ERROR((*shim)->Attach(link));
  return std::unique_ptr<shim::Streams>(std::make_unique<FakeStreams>(*shim, std::move(link)));
}

Status FakeLauncher::Take(const std::string& step) const {
  return steps_ != nullptr ? steps_->Take(step) : OkStatus();
}

std::shared_ptr<FakeMonitorLink> FakeLauncher::MakeLink(
    std::shared_ptr<FakeShim> shim, std::shared_ptr<shim::MonitorObserver> observer) {
  auto link =
      std::make_shared<FakeMonitorLink>(loop_, steps_, std::move(shim), std::move(observer));
  MutexLock lock(mutex_);
  std::erase_if(links_, [](const auto& weak) { return weak.expired(); });
  links_.push_back(link);
  return link;
}

}  // namespace isulad::test
