// One channel during one start: the owner of what that start makes.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_SCOPED_MOUNT_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_SCOPED_MOUNT_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

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
    std::string view;        // where the view is attached
    bool read_only = false;  // of the view
    // Whether a start has been before: then the channel may be mounted elsewhere by now.
    bool started_before = false;
    std::unique_ptr<Journal> journal;
  };

  // Makes directory, mount and view, each where it is not there yet. Nothing that this call made is
  // left on error. `ops` must outlive the result.
  static Result<std::unique_ptr<ScopedMount>> Create(MountOps* ops, Plan plan);

  // Takes the view away; unmounts and removes what Create made unless committed. What cannot be
  // undone here is found by Recover or by the next start.
  ~ScopedMount();
  ScopedMount(const ScopedMount&) = delete;
  ScopedMount& operator=(const ScopedMount&) = delete;

  void Commit() { committed_ = true; }
  const std::string& view() const { return plan_.view; }

 private:
  ScopedMount(MountOps* ops, Plan plan) : ops_(ops), plan_(std::move(plan)) {}

  Status MakeDirectory();
  Status Mount(PathState state);
  Status AttachView();

  MountOps* const ops_;
  Plan plan_;
  bool made_directory_ = false;
  bool mounted_ = false;
  bool attached_ = false;
  bool committed_ = false;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_SCOPED_MOUNT_H_
