#include "daemon/entry/grpc/events_reactor.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace isulad::entry {
namespace {

// Added to `until`, so that the clock has passed it when the alarm rings.
constexpr std::chrono::milliseconds kAlarmDelay(1);
constexpr int64_t kLatestNanoseconds = std::numeric_limits<int64_t>::max() / 2;

void ToWire(const events::Event& event, isula::events::v1::Event* wire) {
  wire->set_time(event.time.nanoseconds);
  wire->set_type(std::string(events::TypeName(event.type)));
  wire->set_container_id(event.id);
  wire->set_container_name(event.name);
  for (const events::Attribute& attribute : event.attributes) {
    isula::events::v1::Attribute* added = wire->add_attributes();
    added->set_key(attribute.key);
    added->set_value(attribute.value);
  }
}

}  // namespace

EventsReactor::EventsReactor(events::Source* source, events::Query query,
                             const CallEnvironment& environment,
                             grpc::CallbackServerContext* context)
    : until_(query.until),
      environment_(environment),
      context_(context),
      shared_(std::make_shared<Shared>()),
      reader_(source->Read(std::move(query))) {
  {
    MutexLock lock(shared_->mutex);
    shared_->reactor = this;
  }
  StartSendInitialMetadata();
  Post();
}

void EventsReactor::Post() {
  environment_.workers->Post([this] { Pump(); });
}

void EventsReactor::Pump() {
  Result<events::Batch> batch = reader_->Next();
  if (!batch) {
    Finish(ToGrpc(batch.error(), context_));
    return;
  }
  if (batch->events.empty() && batch->missed == 0) {
    batch->ended ? Finish(grpc::Status::OK) : Rest();
    return;
  }
  ended_ = batch->ended;
  response_.Clear();
  response_.set_missed(batch->missed);
  for (const events::Event& event : batch->events) {
    ToWire(event, response_.add_events());
  }
  StartWrite(&response_);
}

// Waits until there are events, `until` has passed or the client leaves.
void EventsReactor::Rest() {
  SetAlarm();
  reader_->WakeOnce([shared = shared_] { Wake(shared); });
  bool go_on = false;
  bool cancelled = false;
  {
    MutexLock lock(shared_->mutex);
    cancelled = shared_->cancelled;
    go_on = std::exchange(shared_->woken, false);
    shared_->resting = !cancelled && !go_on;
  }
  if (cancelled) {
    Finish(grpc::Status::CANCELLED);
  } else if (go_on) {
    Post();
  }
}

void EventsReactor::SetAlarm() {
  if (!until_) {
    return;
  }
  {
    MutexLock lock(shared_->mutex);
    if (std::exchange(shared_->alarm_set, true)) {
      return;
    }
  }
  // The latest time that can be expressed is as good as never; the delay must fit too.
  const std::chrono::system_clock::time_point until{
      std::chrono::nanoseconds(std::min(until_->nanoseconds, kLatestNanoseconds))};
  alarm_ = std::make_unique<grpc::Alarm>();
  alarm_->Set(std::max(until, std::chrono::system_clock::now()) + kAlarmDelay,
              [shared = shared_](bool) { Ring(shared); });
}

void EventsReactor::Ring(const std::shared_ptr<Shared>& shared) {
  {
    MutexLock lock(shared->mutex);
    shared->alarm_set = false;
  }
  Wake(shared);
}

void EventsReactor::Wake(const std::shared_ptr<Shared>& shared) {
  EventsReactor* reactor = nullptr;
  {
    MutexLock lock(shared->mutex);
    shared->woken = !shared->resting;
    if (std::exchange(shared->resting, false)) {
      reactor = shared->reactor;  // stays alive until the worker has run
    }
  }
  if (reactor != nullptr) {
    reactor->Post();
  }
}

void EventsReactor::OnWriteDone(bool ok) {
  if (!ok) {
    Finish(grpc::Status::CANCELLED);
  } else if (ended_) {
    Finish(grpc::Status::OK);
  } else {
    Post();
  }
}

void EventsReactor::OnCancel() {
  bool resting = false;
  {
    MutexLock lock(shared_->mutex);
    shared_->cancelled = true;  // the worker or write in progress will notice
    resting = std::exchange(shared_->resting, false);
  }
  if (resting) {
    Finish(grpc::Status::CANCELLED);
  }
}

void EventsReactor::OnDone() {
  {
    MutexLock lock(shared_->mutex);
    shared_->reactor = nullptr;
  }
  delete this;
}

}  // namespace isulad::entry
