// Announces in the journal of events what is done with containers. A verb announces it when it is
// done and before the verb is answered; a new daemon announces what the last one had no time to.
//
// This works because operations on one container are serialized and each announces before it gives
// up the operation slot: at any moment at most one of them is done but not announced.
//
// Nothing here fails: if an event cannot be written, that is logged once.
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
  // `journal` must outlive the announcer; nullptr: nothing is announced.
  explicit Announcer(events::Journal* journal) : journal_(journal) {}

  // For a verb whose event has nothing but a type:
  //   context.announcer.Publish(*container, events::EventType::kPause);
  // The attribute `image` is added.
  void Publish(const Container& container, events::EventType type,
               events::Attributes attributes = {}) EXCLUDES(mutex_);

  // `mounted`: the channels that this start mounted. `attached`: a client was attached to the
  // container's streams before the container ran.
  void Start(const Container& container, const std::vector<host_channel::HostChannel>& mounted,
             bool attached) EXCLUDES(mutex_);
  // Announces the end that `state` shows, preceded by the start of that run if the start has not
  // been announced. Does nothing if this very end has been announced.
  void End(const Container& container, const State& state) EXCLUDES(mutex_);
  // Announces that the channel is mounted on the host, unless that has been announced.
  void Mount(const Container& container, const host_channel::HostChannel& channel) EXCLUDES(mutex_);
  // Announces the unmount of those channels whose mount has been announced.
  void Unmount(const Container& container, const std::vector<host_channel::HostChannel>& removed)
      EXCLUDES(mutex_);
  // AttachChannel(): the container has the channel from now on. DetachChannel(): it no longer does.
  void AttachChannel(const Container& container, const host_channel::HostChannel& channel)
      EXCLUDES(mutex_);
  void DetachChannel(const Container& container, const host_channel::HostChannel& channel)
      EXCLUDES(mutex_);
  // `channel`: with its new size.
  void Resize(const Container& container, const host_channel::HostChannel& channel)
      EXCLUDES(mutex_);
  void ExecStart(const Container& container, const std::string& exec_id) EXCLUDES(mutex_);
  // Does nothing if the start of the exec has not been announced, or its end has. `exit_code`:
  // nullopt if unknown.
  void ExecEnd(const Container& container, const std::string& exec_id, std::optional<int> exit_code)
      EXCLUDES(mutex_);
  // To be called once the container can no longer be found. `removed`: the channels that were
  // removed with it.
  void Removal(const Container& container, const std::vector<host_channel::HostChannel>& removed)
      EXCLUDES(mutex_);

  // The rest is for a daemon that starts up, to be called in this order.

  // Reads from the journal what has been announced. To be called before anything is announced.
  void Learn() EXCLUDES(mutex_);
  // What a daemon that starts up finds of a removed container.
  struct Gone {
    std::string id;
    std::string name;
    std::vector<std::string> host_paths;  // of its channels
  };
  // Announces the removals that were decided but not announced: of containers that the journal
  // knows and for which `exists` returns false, and those in `gone`. With them it announces the
  // unmounts of their channels, except of channels in `host_paths`, which continue to exist.
  void CatchUpRemovals(const std::function<bool(const std::string& id)>& exists,
                       const std::vector<Gone>& gone, const std::set<std::string>& host_paths)
      EXCLUDES(mutex_);
  // Announces the unmounts of channels that were mounted with `container` and are not in
  // `host_paths`.
  void CatchUpChannels(const Container& container, const std::set<std::string>& host_paths)
      EXCLUDES(mutex_);
  // Announces what the container's state on disk shows and the journal does not.
  void CatchUp(const Container& container) EXCLUDES(mutex_);
  // Announces the ends of execs that are not in `running`.
  void CatchUpExecs(const Container& container, const std::set<std::string>& running)
      EXCLUDES(mutex_);
  // Announces the start of the current run, unless it has been announced.
  void CatchUpStart(const Container& container) EXCLUDES(mutex_);

 private:
  struct Subject {
    std::string id;
    std::string name;
    std::string image;
  };
  static Subject SubjectOf(const Container& container);
  // The container's channels whose mounts have not been announced.
  std::vector<host_channel::HostChannel> Untold(const Container& container) const EXCLUDES(mutex_);
  // Whether the channel's mount has been announced, with any container, and its unmount has not.
  bool IsMountTold(const std::string& host_path) const EXCLUDES(mutex_);
  bool IsToldMounted(const std::string& host_path) const REQUIRES(mutex_);
  // Records the unmount of a channel that `event` announces, whichever container it names.
  void EndMountLocked(const events::Event& event) REQUIRES(mutex_);
  // Records what `event` says about its container.
  void TakeLocked(const events::Event& event) REQUIRES(mutex_);
  void Send(const Subject& subject, events::EventType type, events::Attributes attributes)
      EXCLUDES(mutex_);
  void SendRemoval(const Subject& subject, const std::set<std::string>& ended) EXCLUDES(mutex_);
  void CatchUpPause(const Container& container, const State& state) EXCLUDES(mutex_);
  Told Find(const std::string& id) const EXCLUDES(mutex_);
  // Treats what is older than `complete_since` as announced: it was, or is of no interest any more.
  void AssumeOld(const Container& container, const State& state, Timestamp complete_since)
      EXCLUDES(mutex_);

  events::Journal* const journal_;
  mutable Mutex mutex_;
  std::map<std::string, Told> told_ GUARDED_BY(mutex_);  // by id, of containers that exist
  std::set<std::string> destroyed_ GUARDED_BY(mutex_);   // while a daemon starts up
  // Host paths of channels that outlive the container with which their mount was announced.
  std::set<std::string> left_mounted_ GUARDED_BY(mutex_);
  bool failing_ GUARDED_BY(mutex_) = false;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_ANNOUNCER_H_
