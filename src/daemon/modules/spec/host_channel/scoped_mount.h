// One channel during one start: the owner of what that start makes.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_SCOPED_MOUNT_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_SCOPED_MOUNT_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

// What the starts of one channel that are under way have made: several owners can start at once.
// The last of them to give up undoes all of it, unless one has been committed. Guarded by whatever
// lets only one of them at a time be made, committed and destroyed.
struct Making {
  bool directory = false;
  bool mount = false;
  bool committed = false;
};

// The making of each channel that somebody has a hand in. Thread-safe.
class Makings {
 public:
  std::shared_ptr<Making> Join(const std::string& channel_id) EXCLUDES(mutex_);

 private:
  Mutex mutex_;
  std::map<std::string, std::weak_ptr<Making>> makings_ GUARDED_BY(mutex_);
};

class ScopedMount {
 public:
  // What has to be remembered of a start beyond the life of the process.
  class Journal {
   public:
    virtual ~Journal() = default;
    // Before anything is made on the host.
    virtual Status Begin() = 0;
    // As MountOps::Announce.
    virtual Status Announce(const std::vector<std::string>& identities) = 0;
    // All that was made since Begin is gone again.
    virtual void Undone() = 0;
  };

  struct Plan {
    HostDirectory directory;
    TmpfsOptions options;
    std::string view;  // where the view is attached
    ViewWish wish;     // how the view is to be
    // Whether a start has been before: then the channel may be mounted elsewhere by now.
    bool started_before = false;
    std::unique_ptr<Journal> journal;
    std::shared_ptr<Making> making;
  };

  // Makes directory, mount and view, each where it is not there yet. Nothing that this call made is
  // left on error. `ops` must outlive the result.
  static Result<std::unique_ptr<ScopedMount>> Create(MountOps* ops, Plan plan);

  // Takes the view away. The last one of a making that was not committed unmounts and removes what
  // was made; what cannot be undone here is found by Recover or by the next start.
  ~ScopedMount();
  ScopedMount(const ScopedMount&) = delete;
  ScopedMount& operator=(const ScopedMount&) = delete;

  // Whether the tmpfs has been there since this very commit, and was not before.
  bool Commit();
  const std::string& view() const { return plan_.view; }
  // Whether the view shows other ids than the channel, as Plan::wish asked.
  bool maps_ids() const { return attached_ && attached_->maps_ids; }

 private:
  ScopedMount(MountOps* ops, Plan plan) : ops_(ops), plan_(std::move(plan)) {}

  Status MakeDirectory();
  Status Mount(PathState state);
  Status AttachView();
  bool NothingIsLeft();

  MountOps* const ops_;
  Plan plan_;
  std::optional<View> attached_;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_SCOPED_MOUNT_H_
