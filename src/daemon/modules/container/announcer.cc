#include "daemon/modules/container/announcer.h"

#include <algorithm>
#include <utility>

#include "daemon/modules/container/event_attributes.h"
#include "utils/log/log.h"

namespace isulad::container {

using events::Attributes;
using events::EventType;

namespace {

Attributes ChannelAttributes(const host_channel::HostChannel& channel) {
  return {{kHostPathKey, channel.host_path},
          {kContainerPathKey, channel.container_path},
          {kPermissionsKey, std::string(host_channel::AccessName(channel.access))},
          {kSizeKey, std::to_string(channel.size)}};
}

}  // namespace

bool Announcer::IsMountTold(const std::string& host_path) const {
  MutexLock lock(mutex_);
  return IsToldMounted(host_path);
}

bool Announcer::IsToldMounted(const std::string& host_path) const {
  return left_mounted_.count(host_path) != 0 ||
         std::any_of(told_.begin(), told_.end(), [&](const auto& entry) {
           return entry.second.channels.count(host_path) != 0;
         });
}

std::vector<host_channel::HostChannel> Announcer::Untold(const Container& container) const {
  std::vector<host_channel::HostChannel> untold;
  MutexLock lock(mutex_);
  for (const host_channel::HostChannel& channel : container.channels()) {
    if (!IsToldMounted(channel.host_path)) {
      untold.push_back(channel);
    }
  }
  return untold;
}

void Announcer::EndMountLocked(const events::Event& event) {
  if (event.type != EventType::kChannelUnmount) {
    return;
  }
  for (const auto& [key, value] : event.attributes) {
    if (key == kHostPathKey) {
      left_mounted_.erase(value);
      for (auto& [id, told] : told_) {
        told.channels.erase(value);
      }
    }
  }
}

void Announcer::TakeLocked(const events::Event& event) {
  Told& told = told_[event.id];
  Take(event, told);
  if (event.type == EventType::kDestroy) {
    left_mounted_.insert(told.channels.begin(), told.channels.end());
    told_.erase(event.id);
  }
}

Announcer::Subject Announcer::SubjectOf(const Container& container) {
  return {container.id(), container.name(), container.config().spec.image()};
}

void Announcer::Send(const Subject& subject, EventType type, Attributes attributes) {
  if (journal_ == nullptr) {
    return;
  }
  attributes.push_back({kImageKey, subject.image});
  const events::Event event{{}, type, subject.id, subject.name, std::move(attributes)};
  const Status written = journal_->Publish(event);
  bool first_failure = false;
  {
    MutexLock lock(mutex_);
    first_failure = !written && !failing_;
    failing_ = !written;
    EndMountLocked(event);
    if (type == EventType::kCreate || told_.count(subject.id) != 0) {
      TakeLocked(event);  // not for an exec that ends after its container is gone
    }
  }
  if (first_failure) {
    log::Error("events are not kept until they can be written again",
               {{"reason", written.error().message()}});
  }
}

Told Announcer::Find(const std::string& id) const {
  MutexLock lock(mutex_);
  const auto found = told_.find(id);
  return found == told_.end() ? Told{} : found->second;
}

void Announcer::Publish(const Container& container, EventType type, Attributes attributes) {
  Send(SubjectOf(container), type, std::move(attributes));
}

void Announcer::Start(const Container& container,
                      const std::vector<host_channel::HostChannel>& mounted, bool attached) {
  for (const host_channel::HostChannel& channel : mounted) {
    Publish(container, EventType::kChannelMount, ChannelAttributes(channel));
  }
  if (attached) {
    Publish(container, EventType::kAttach);
  }
  Publish(container, EventType::kStart,
          {{kStartedAtKey, FormatTimestamp(container.state().started_at)}});
}

void Announcer::End(const Container& container, const State& state) {
  const Told told = Find(container.id());
  if (HasToldEnd(told, state, container.config().host().auto_remove())) {
    return;
  }
  CatchUpStart(container);
  if (state.oom_killed && !told.oom) {
    Publish(container, EventType::kOom);
  }
  Publish(container, EventType::kDie,
          {{kExitCodeKey, std::to_string(state.exit_code)},
           {kFinishedAtKey, FormatTimestamp(state.finished_at)}});
}

void Announcer::Mount(const Container& container, const host_channel::HostChannel& channel) {
  if (!IsMountTold(channel.host_path)) {
    Publish(container, EventType::kChannelMount, ChannelAttributes(channel));
  }
}

void Announcer::Unmount(const Container& container,
                        const std::vector<host_channel::HostChannel>& removed) {
  for (const host_channel::HostChannel& channel : removed) {
    if (IsMountTold(channel.host_path)) {
      Publish(container, EventType::kChannelUnmount, ChannelAttributes(channel));
    }
  }
}

void Announcer::AttachChannel(const Container& container,
                              const host_channel::HostChannel& channel) {
  Publish(container, EventType::kChannelAttach, ChannelAttributes(channel));
}

void Announcer::DetachChannel(const Container& container,
                              const host_channel::HostChannel& channel) {
  Publish(container, EventType::kChannelDetach, ChannelAttributes(channel));
}

void Announcer::Resize(const Container& container, const host_channel::HostChannel& channel) {
  Publish(container, EventType::kChannelResize, ChannelAttributes(channel));
}

void Announcer::ExecStart(const Container& container, const std::string& exec_id) {
  Publish(container, EventType::kExecCreate, {{kExecIdKey, exec_id}});
  Publish(container, EventType::kExecStart, {{kExecIdKey, exec_id}});
}

void Announcer::ExecEnd(const Container& container, const std::string& exec_id,
                        std::optional<int> exit_code) {
  if (Find(container.id()).execs.count(exec_id) == 0) {
    return;
  }
  Attributes attributes = {{kExecIdKey, exec_id}};
  if (exit_code) {
    attributes.push_back({kExitCodeKey, std::to_string(*exit_code)});
  }
  Publish(container, EventType::kExecDie, std::move(attributes));
}

void Announcer::Removal(const Container& container,
                        const std::vector<host_channel::HostChannel>& removed) {
  CatchUpExecs(container, {});
  Unmount(container, removed);
  Publish(container, EventType::kDestroy);
}

void Announcer::CatchUpExecs(const Container& container, const std::set<std::string>& running) {
  for (const std::string& exec_id : Find(container.id()).execs) {
    if (running.count(exec_id) == 0) {
      ExecEnd(container, exec_id, std::nullopt);
    }
  }
}

void Announcer::CatchUpStart(const Container& container) {
  const Told told = Find(container.id());
  if (!told.running) {
    Start(container, Untold(container), false);
  }
}

}  // namespace isulad::container
