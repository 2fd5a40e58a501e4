#include "daemon/modules/shim/monitor_link.h"

#include <cerrno>
#include <utility>

namespace isulad::shim {

void LinkRegistry::Add(std::shared_ptr<MonitorLink> link) {
  const MutexLock lock(mutex_);
  links_.insert(std::move(link));
}

void LinkRegistry::Remove(const std::shared_ptr<MonitorLink>& link) {
  const MutexLock lock(mutex_);
  links_.erase(link);
}

std::shared_ptr<MonitorLink> MonitorLink::Open(os::EventLoop* loop,
                                               std::shared_ptr<LinkRegistry> registry,
                                               os::UniqueFd socket, FrameType type,
                                               std::string payload,
                                               std::shared_ptr<MonitorObserver> observer) {
  std::shared_ptr<MonitorLink> link(new MonitorLink(loop, registry, std::move(observer)));
  registry->Add(link);
  // A task of the loop must be copyable, which a descriptor is not.
  auto shared = std::make_shared<os::UniqueFd>(std::move(socket));
  loop->Post([link, shared, type, payload = std::move(payload)] {
    link->Start(std::move(*shared), type, payload);
  });
  return link;
}

MonitorLink::MonitorLink(os::EventLoop* loop, std::weak_ptr<LinkRegistry> registry,
                         std::shared_ptr<MonitorObserver> observer)
    : loop_(loop), registry_(std::move(registry)), observer_(std::move(observer)) {}

void MonitorLink::Start(os::UniqueFd socket, FrameType type, const std::string& payload) {
  socket_ = FrameSocket::Create(loop_, std::move(socket), {}, this);
  socket_->Send(type, payload);
  socket_->ResumeReading();
}

void MonitorLink::Signal(int signal, std::function<void(Status)> done) {
  loop_->Post([link = shared_from_this(), signal, done = std::move(done)] {
    if (!link->socket_) {
      return done(Unavailable("the monitor has ended"));
    }
    link->signals_.push_back(done);
    link->socket_->Send(FrameType::kSignal, Encode(shim::Signal{signal}));
  });
}

void MonitorLink::Abandon() {
  loop_->Post([link = shared_from_this()] {
    if (link->socket_) {
      link->socket_->Send(FrameType::kAbandon, {});
    }
  });
}

void MonitorLink::OnFrame(Frame frame) {
  if (!Handle(frame) && socket_) {
    End()->OnLost(Error(Code::kDataLoss, "the monitor broke the protocol, frame type " +
                                             std::to_string(static_cast<int>(frame.type))));
  }
}

void MonitorLink::OnClosed(const Error& reason) {
  End()->OnLost(Error(reason).AddContext("lost the monitor"));
}

bool MonitorLink::Handle(const Frame& frame) {
  switch (frame.type) {
    case FrameType::kStarted:
      return HandleStarted(frame.payload);
    case FrameType::kStartFailed:
      return HandleStartFailed(frame.payload);
    case FrameType::kExited:
      return HandleExited(frame.payload);
    case FrameType::kSignalResult:
      return HandleSignalResult(frame.payload);
    default:
      return false;
  }
}

bool MonitorLink::HandleStarted(const std::string& payload) {
  const auto started = Decode<Started>(payload);
  if (started) {
    observer_->OnStarted(*started);
  }
  return started.has_value();
}

bool MonitorLink::HandleStartFailed(const std::string& payload) {
  const auto failed = Decode<StartFailed>(payload);
  if (failed) {
    End()->OnStartFailed(*failed);
  }
  return failed.has_value();
}

bool MonitorLink::HandleExited(const std::string& payload) {
  const auto exited = Decode<Exited>(payload);
  if (exited) {
    End()->OnExited(*exited);
  }
  return exited.has_value();
}

bool MonitorLink::HandleSignalResult(const std::string& payload) {
  const auto result = Decode<SignalResult>(payload);
  if (!result || signals_.empty()) {
    return false;
  }
  const auto done = std::move(signals_.front());
  signals_.pop_front();
  if (result->system_errno == 0) {
    done(OkStatus());
  } else if (result->system_errno == ESRCH) {
    done(Error(Code::kNotFound, ESRCH, "the process has ended"));
  } else {
    done(SystemError(result->system_errno, "send the signal"));
  }
  return true;
}

std::shared_ptr<MonitorObserver> MonitorLink::End() {
  if (socket_) {
    socket_->Close();
    socket_.reset();
  }
  for (const auto& done : std::exchange(signals_, {})) {
    done(Unavailable("the monitor has ended"));
  }
  // Held until the loop's next round: the call that we are in goes on.
  loop_->Post([self = shared_from_this()] {});
  if (const auto registry = registry_.lock()) {
    registry->Remove(shared_from_this());
  }
  return std::move(observer_);
}

}  // namespace isulad::shim
