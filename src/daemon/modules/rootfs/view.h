// A container whose rootfs is not simply a directory gets it through a mount of its own, a *view*.
// With a user namespace, the files of the host's root then belong to the container's root without a
// change on disk. With a layer of the container's own, the rootfs below it stays unchanged. Both
// can be combined.
//
//     <views>/<container id>/        root:<gid of the container's root>, 0710
//                            root/   the mount
//                            lower/  the mapped rootfs, while that is overlaid
//
// The runtime walks there as the container's root, which must therefore be able to search all
// directories above; no other user gets in. The mount exists while a runtime starts. An empty
// directory stays in its place for as long as the container runs, because runc changes to the path
// of the root before every exec. Directories are made before the mount and removed after it, and so
// show after a crash what has to be cleaned up. Thread-safe for different ids.
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

// Returns a detached copy of the tree at `rootfs`, a descriptor of the directory `path`, with
// everything that is mounted in it. If the directory belongs to the mapped root, the tree has been
// prepared and its ids are left alone; otherwise the mount maps them. kFailedPrecondition if the
// file system cannot do that; the message says what to prepare.
Result<os::UniqueFd> CloneRemapped(int rootfs, const std::string& path, const UserRemap& remap);

// kFailedPrecondition if the root of `remap` cannot search `directory` and all directories above
// it.
Status CheckSearchable(const std::string& directory, const UserRemap& remap);

// The source of a view.
struct ViewSource {
  int rootfs = -1;  // the directory `path`, borrowed
  std::string path;
  std::optional<UserRemap> remap;  // if set, its ids are mapped
  std::string layers;  // directory of its layers, see overlay.h; empty: no layer over it
};

class ScopedView {
 public:
  // Mounts `source` at <views>/<id>/root. Leftovers of an earlier start are removed first. On an
  // error nothing is left behind except layers.
  static Result<std::unique_ptr<ScopedView>> Create(const std::string& views, const std::string& id,
                                                    const ViewSource& source);
  // Removes the whole view, unless Finish() was called. RecoverViews() repeats what fails here.
  ~ScopedView();
  ScopedView(const ScopedView&) = delete;
  ScopedView& operator=(const ScopedView&) = delete;

  // To be called once the container runs, with its own copy of the mount: unmounts the view and
  // leaves its directory.
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

// Removes what is left of the view of `id` after the end of a run. Succeeds if there is nothing.
Status RemoveView(const std::string& views, const std::string& id);

// To be called after a start of the daemon: removes the mounts that the previous daemon left, and
// the directories of ids for which `runs` is false. Returns one line for each mount and each
// failure.
std::vector<std::string> RecoverViews(const std::string& views,
                                      const std::function<bool(const std::string& id)>& runs);

}  // namespace isulad::rootfs

#endif  // ISULAD_DAEMON_MODULES_ROOTFS_VIEW_H_
