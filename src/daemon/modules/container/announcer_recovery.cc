// What a daemon that starts up announces in place of the one that was killed.
#include <utility>

#include "daemon/modules/container/announcer.h"
#include "daemon/modules/container/event_attributes.h"
#include "utils/log/log.h"

namespace isulad::container {

using events::EventType;

void Announcer::Learn() {
  if (journal_ == nullptr) {
    return;
  }
  const std::unique_ptr<events::Reader> reader = journal_->Read({Timestamp{0}, {}, {}});
  for (;;) {
    const Result<events::Batch> batch = reader->Next();
    if (!batch) {
      log::Error("journal of events cannot be read", {{"reason", batch.error().message()}});
      return;
    }
    if (batch->events.empty() && batch->missed == 0) {
      return;
    }
    MutexLock lock(mutex_);
    for (const events::Event& event : batch->events) {
      EndMountLocked(event);
      if (destroyed_.count(event.id) == 0) {
        TakeLocked(event);
      }
      if (event.type == EventType::kDestroy) {
        destroyed_.insert(event.id);
      }
    }
  }
}

void Announcer::CatchUpRemovals(const std::function<bool(const std::string& id)>& exists,
                                const std::vector<Gone>& gone,
                                const std::set<std::string>& host_paths) {
  std::map<std::string, Subject> removed;
  std::map<std::string, std::set<std::string>> ended;  // channels, by the container they went with
  {
    MutexLock lock(mutex_);
    for (const auto& [id, told] : told_) {
      if (!exists(id)) {
        removed.emplace(id, Subject{id, told.name, told.image});
        ended[id] = told.channels;
      }
    }
    for (const Gone& entry : gone) {
      if (destroyed_.count(entry.id) != 0) {
        continue;
      }
      // If the container is not known, all events about it have been dropped.
      removed.emplace(entry.id, Subject{entry.id, entry.name, ""});
      for (const std::string& path : entry.host_paths) {
        if (IsToldMounted(path)) {
          ended[entry.id].insert(path);
        }
      }
    }
    destroyed_.clear();
  }
  for (const auto& [id, subject] : removed) {
    for (const std::string& path : host_paths) {
      ended[id].erase(path);
    }
    SendRemoval(subject, ended[id]);
  }
}

void Announcer::SendRemoval(const Subject& subject, const std::set<std::string>& ended) {
  for (const std::string& exec_id : Find(subject.id).execs) {
    Send(subject, EventType::kExecDie, {{kExecIdKey, exec_id}});
  }
  for (const std::string& path : ended) {
    if (IsMountTold(path)) {  // else announced with another container that had it
      Send(subject, EventType::kChannelUnmount, {{kHostPathKey, path}});
    }
  }
  Send(subject, EventType::kDestroy, {});
}

void Announcer::CatchUpChannels(const Container& container,
                                const std::set<std::string>& host_paths) {
  for (const std::string& path : Find(container.id()).channels) {
    if (host_paths.count(path) == 0) {
      Send(SubjectOf(container), EventType::kChannelUnmount, {{kHostPathKey, path}});
    }
  }
}

void Announcer::CatchUp(const Container& container) {
  if (journal_ == nullptr) {
    return;
  }
  const Timestamp complete_since = journal_->CompleteSince();
  const State state = container.state();
  const bool created_told = Find(container.id()).created;
  if (!created_told && container.config().created >= complete_since) {
    Publish(container, EventType::kCreate);
  }
  AssumeOld(container, state, complete_since);
  const Told told = Find(container.id());
  if (HasToldEnd(told, state, container.config().host().auto_remove())) {
    return;
  }
  if (IsUp(state.phase)) {
    if (!HasToldStart(told, state)) {
      Start(container, Untold(container), false);
    }
    CatchUpPause(container, state);
    return;
  }
  // If the state could not be read, no start is known.
  const bool has_run = state.started_at.nanoseconds != 0 || told.running;
  if (has_run && state.finished_at.nanoseconds != 0) {
    End(container, state);
  }
}

// A pause that the journal has dropped is announced again: it looks like one that never was.
void Announcer::CatchUpPause(const Container& container, const State& state) {
  const bool paused = state.phase == Phase::kPaused;
  if (paused != Find(container.id()).paused) {
    Publish(container, paused ? EventType::kPause : EventType::kUnpause);
  }
}

void Announcer::AssumeOld(const Container& container, const State& state,
                          Timestamp complete_since) {
  MutexLock lock(mutex_);
  Told& told = told_[container.id()];
  if (told.run_known || state.started_at.nanoseconds == 0 || state.started_at >= complete_since) {
    return;
  }
  told.run_known = true;
  told.running = true;
  told.started_at = state.started_at;
  for (const host_channel::HostChannel& channel : container.channels()) {
    told.channels.insert(channel.host_path);
  }
  if (!IsUp(state.phase) && state.finished_at < complete_since) {
    told.running = false;
    told.finished_at = state.finished_at;
  }
}

}  // namespace isulad::container
