// Tells the journal of events what has been done with containers: by the verbs, when it is done and
// before it is answered; by a new daemon, what the last one had no time to tell.
//
// That works because operations on one container come one after the other and each tells before it
// gives up the operation slot: at any moment at most one of them is done and not told.
//
// Nothing here fails: where an event cannot be written, that is logged once.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_ANNOUNCER_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_ANNOUNCER_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/told.h"
#include "daemon/modules/events/journal.h"
#include "daemon/modules/spec/host_channel/host_channel.h"
#include "utils/base/mutex.h"

namespace isulad::container {

// Thread-safe. The lock is not held while the journal is written.
class Announcer {
 public:
  // `journal` outlives it; nullptr: nothing is told.
  explicit Announcer(events::Journal* journal) : journal_(journal) {}

  // For a verb whose event has nothing but a type:
  //   context.announcer.Publish(*container, events::EventType::kPause);
  // The attribute `image` is added.
  void Publish(const Container& container, events::EventType type,
               events::Attributes attributes = {}) EXCLUDES(mutex_);

  // `mounted`: the channels that this start has mounted. `attached`: a client was on its streams
  // before it ran.
  void Start(const Container& container, const std::vector<host_channel::HostChannel>& mounted,
             bool attached) EXCLUDES(mutex_);
  // The end that `state` shows, after the start that it belongs to where that was not told. Nothing
  // where this very end has been told.
  void End(const Container& container, const State& state) EXCLUDES(mutex_);
  // The channel is mounted on the host: told, unless that has been.
  void Mount(const Container& container, const host_channel::HostChannel& channel) EXCLUDES(mutex_);
  // The end of those whose mounts have been told.
  void Unmount(const Container& container, const std::vector<host_channel::HostChannel>& removed)
      EXCLUDES(mutex_);
  // The container has it from now on; has it no longer.
  void AttachChannel(const Container& container, const host_channel::HostChannel& channel)
      EXCLUDES(mutex_);
  void DetachChannel(const Container& container, const host_channel::HostChannel& channel)
      EXCLUDES(mutex_);
  // `channel` with its new size.
  void Resize(const Container& container, const host_channel::HostChannel& channel)
      EXCLUDES(mutex_);
  void ExecStart(const Container& container, const std::string& exec_id) EXCLUDES(mutex_);
  // Nothing where its start was not told, or its end was. `exit_code`: nothing where nobody knows.
  void ExecEnd(const Container& container, const std::string& exec_id, std::optional<int> exit_code)
      EXCLUDES(mutex_);
  // To be called when the container is not found any more. `removed`: the channels that have gone
  // with it.
  void Removal(const Container& container, const std::vector<host_channel::HostChannel>& removed)
      EXCLUDES(mutex_);

  // The rest is for a daemon that begins, in this order.

  // Reads what the journal has told. Before anything is told.
  void Learn() EXCLUDES(mutex_);
  // What a daemon that begins finds of removals.
  struct Gone {
    std::string id;
    std::string name;
    std::vector<std::string> host_paths;  // of its channels
  };
  // Tells the removals that were decided and not told: of containers that the journal knows and
  // `exists` does not, and of `gone`; with them the ends of their channels, unless those are among
  // `host_paths` and go on.
  void CatchUpRemovals(const std::function<bool(const std::string& id)>& exists,
                       const std::vector<Gone>& gone, const std::set<std::string>& host_paths)
      EXCLUDES(mutex_);
  // Tells the ends of channels that were mounted with `container` and are not among `host_paths`.
  void CatchUpChannels(const Container& container, const std::set<std::string>& host_paths)
      EXCLUDES(mutex_);
  // Tells what the container's state on disk shows and the journal does not.
  void CatchUp(const Container& container) EXCLUDES(mutex_);
  // Tells the ends of execs that are not among `running`.
  void CatchUpExecs(const Container& container, const std::set<std::string>& running)
      EXCLUDES(mutex_);
  // Tells the start of the run that goes on, unless it was told.
  void CatchUpStart(const Container& container) EXCLUDES(mutex_);

 private:
  struct Subject {
    std::string id;
    std::string name;
    std::string image;
  };
  static Subject SubjectOf(const Container& container);
  // The container's channels whose mounts have not been told.
  std::vector<host_channel::HostChannel> Untold(const Container& container) const EXCLUDES(mutex_);
  // Whether the channel's mount has been told, with whatever container, and its end has not.
  bool IsMountTold(const std::string& host_path) const EXCLUDES(mutex_);
  bool IsToldMounted(const std::string& host_path) const REQUIRES(mutex_);
  // What an event says of a channel, whichever container it names.
  void EndMountLocked(const events::Event& event) REQUIRES(mutex_);
  // What it says of its container.
  void TakeLocked(const events::Event& event) REQUIRES(mutex_);
  void Send(const Subject& subject, events::EventType type, events::Attributes attributes)
      EXCLUDES(mutex_);
  void SendRemoval(const Subject& subject, const std::set<std::string>& ended) EXCLUDES(mutex_);
  void CatchUpPause(const Container& container, const State& state) EXCLUDES(mutex_);
  Told Find(const std::string& id) const EXCLUDES(mutex_);
  // What is older than the journal has been told, or would be of no interest any more.
  void AssumeOld(const Container& container, const State& state, Timestamp complete_since)
      EXCLUDES(mutex_);

  events::Journal* const journal_;
  mutable Mutex mutex_;
  std::map<std::string, Told> told_ GUARDED_BY(mutex_);  // by id, of containers that exist
  std::set<std::string> destroyed_ GUARDED_BY(mutex_);   // while a daemon begins
  // Host paths of channels that outlive the container with which their mount was told.
  std::set<std::string> left_mounted_ GUARDED_BY(mutex_);
  bool failing_ GUARDED_BY(mutex_) = false;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_ANNOUNCER_H_
