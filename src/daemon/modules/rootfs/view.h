// A container whose rootfs is not simply a directory gets it by a mount of its own, a *view*: with
// a user namespace, so that the files of the host's root belong to the container's without a change
// on disk; with a layer of its own over a rootfs that stays as it is; or with both.
//
//     <views>/<container id>/        root:<gid of the container's root>, 0710
//                            root/   the mount
//                            lower/  the mapped rootfs, while that is overlaid
//
// The runtime walks there as the container's root, so that one must be able to search all
// directories above; nobody else gets in. The mount is there while a runtime starts; an empty
// directory stays in its place for as long as the container runs, because runc changes to the path
// of the root before every exec. Directories are made before the mount and go after it, and so say
// after a crash what has to be taken away. Thread-safe, for different ids.
#ifndef ISULAD_DAEMON_MODULES_ROOTFS_VIEW_H_
#define ISULAD_DAEMON_MODULES_ROOTFS_VIEW_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "utils/base/result.h"
#include "utils/base/user_remap.h"
#include "utils/os/unique_fd.h"

namespace isulad::rootfs {

// A detached copy of the tree at `rootfs`, a descriptor of the directory `path`, with all that is
// mounted in it. Where the directory belongs to the mapped root, the tree has been prepared, and
// its ids are left alone; else they are mapped by the mount. kFailedPrecondition where its file
// system cannot do that: the message says what to prepare.
Result<os::UniqueFd> CloneRemapped(int rootfs, const std::string& path, const UserRemap& remap);

// kFailedPrecondition where the root of `remap` cannot search `directory` and all above it.
Status CheckSearchable(const std::string& directory, const UserRemap& remap);

// What a view is of.
struct ViewSource {
  int rootfs = -1;  // the directory `path`, borrowed
  std::string path;
  std::optional<UserRemap> remap;  // maps its ids
  std::string layers;  // the directory of its layers, see overlay.h; empty: nothing lies over it
};

class ScopedView {
 public:
  // Mounts `source` at <views>/<id>/root. What an earlier start left there is taken away. Nothing
  // is left on error, but for layers.
  static Result<std::unique_ptr<ScopedView>> Create(const std::string& views, const std::string& id,
                                                    const ViewSource& source);
  // Takes all of it away, unless Finish() was called. What fails here, RecoverViews repeats.
  ~ScopedView();
  ScopedView(const ScopedView&) = delete;
  ScopedView& operator=(const ScopedView&) = delete;

  // The container runs, with a copy of its own: takes the mount away and leaves its directory.
  Status Finish();

  const std::string& path() const { return path_; }  // of the mount

 private:
  explicit ScopedView(std::string directory)
      : directory_(std::move(directory)), path_(directory_ + "/root") {}
  Status MakeDirectories(const ViewSource& source) const;
  Result<os::UniqueFd> MountOf(const ViewSource& source) const;

  const std::string directory_;
  const std::string path_;
  bool finished_ = false;
};

// When the run has ended: takes away what is left of the view of `id`. Not there: success.
Status RemoveView(const std::string& views, const std::string& id);

// After a start of the engine: takes away the mounts that the last one left, and the directories of
// those ids of which `runs` is not true. One line for each mount, and for each failure.
std::vector<std::string> RecoverViews(const std::string& views,
                                      const std::function<bool(const std::string& id)>& runs);

}  // namespace isulad::rootfs

#endif  // ISULAD_DAEMON_MODULES_ROOTFS_VIEW_H_
