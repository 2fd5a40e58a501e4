// One channel during one start: owns what that start makes.
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

// What the starts under way on one channel have made: several owners can start at once. The last of
// them to give up undoes all of it, unless one has been committed. Guarded by the lock that lets
// only one of them at a time be made, committed and destroyed.
struct Making {
  bool directory = false;
  bool mount = false;
  bool committed = false;
};

// The Making of each channel that is in use by a start. Thread-safe.
class Makings {
 public:
  std::shared_ptr<Making> Join(const std::string& channel_id) EXCLUDES(mutex_);

 private:
  Mutex mutex_;
  std::map<std::string, std::weak_ptr<Making>> makings_ GUARDED_BY(mutex_);
};

class ScopedMount {
 public:
  // Keeps what must be remembered of a start beyond the life of the process.
  class Journal {
   public:
    virtual ~Journal() = default;
    // Called before anything is made on the host.
    virtual Status Begin() = 0;
    // As for MountOps::Announce.
    virtual Status Announce(const std::vector<std::string>& identities) = 0;
    // Called when everything made since Begin is gone again.
    virtual void Undone() = 0;
  };

  struct Plan {
    HostDirectory directory;
    TmpfsOptions options;
    std::string view;  // where the view is attached
    ViewWish wish;     // options of the view
    // Whether the channel has been started before; if so, it may be mounted elsewhere by now.
    bool started_before = false;
    std::unique_ptr<Journal> journal;
    std::shared_ptr<Making> making;
  };

  // Makes directory, mount and view, each if it does not exist yet. Nothing that this call made is
  // left on error. `ops` must outlive the result.
  static Result<std::unique_ptr<ScopedMount>> Create(MountOps* ops, Plan plan);

  // Removes the view. If the Making was not committed, its last user also unmounts and removes what
  // was made; what cannot be undone here is found by Recover or by the next start.
  ~ScopedMount();
  ScopedMount(const ScopedMount&) = delete;
  ScopedMount& operator=(const ScopedMount&) = delete;

  // Returns whether this commit is the first one of a tmpfs that was not mounted before.
  bool Commit();
  const std::string& view() const { return plan_.view; }
  // Whether the view shows ids other than the channel's, as Plan::wish asked.
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
