// Subscribe: sends one message at a time. The next one is made on a worker when the message before
// it has been sent. While there is nothing to send, no thread is used.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_EVENTS_REACTOR_H_
#define ISULAD_DAEMON_ENTRY_GRPC_EVENTS_REACTOR_H_

#include <grpcpp/alarm.h>

#include <memory>
#include <optional>

#include "daemon/entry/grpc/call.h"
#include "daemon/modules/events/source.h"
#include "services/events/v1/events.grpc.pb.h"
#include "utils/base/mutex.h"

namespace isulad::entry {

// Deletes itself when the call is done.
class EventsReactor final : public grpc::ServerWriteReactor<isula::events::v1::SubscribeResponse> {
 public:
  EventsReactor(events::Source* source, events::Query query, const CallEnvironment& environment,
                grpc::CallbackServerContext* context);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // Outlives the reactor for as long as something may still wake it.
  struct Shared {
    Mutex mutex;
    EventsReactor* reactor GUARDED_BY(mutex) = nullptr;  // nullptr once done
    bool resting GUARDED_BY(mutex) = false;  // if not, a worker or a write is in progress
    bool woken GUARDED_BY(mutex) = false;    // woken while not resting
    bool cancelled GUARDED_BY(mutex) = false;
    bool alarm_set GUARDED_BY(mutex) = false;
  };
  static void Wake(const std::shared_ptr<Shared>& shared);
  static void Ring(const std::shared_ptr<Shared>& shared);

  void Post();
  void Pump();
  void Rest();
  void SetAlarm();

  const std::optional<Timestamp> until_;
  const CallEnvironment environment_;
  grpc::CallbackServerContext* const context_;
  const std::shared_ptr<Shared> shared_;
  const std::unique_ptr<events::Reader> reader_;
  isula::events::v1::SubscribeResponse response_;
  bool ended_ = false;  // the message being sent is the last one
  std::unique_ptr<grpc::Alarm> alarm_;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_EVENTS_REACTOR_H_
