// MountOps over a file tree in memory, for tests of what stands above it. It behaves as the real
// one does (both pass mount_ops_contract.h), and lets a test put things into the host's tree behind
// the back of whoever uses it.
#ifndef ISULAD_TEST_SUPPORT_HOST_CHANNEL_FAKE_MOUNT_OPS_H_
#define ISULAD_TEST_SUPPORT_HOST_CHANNEL_FAKE_MOUNT_OPS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/mutex.h"

namespace isulad::host_channel::test {

class FakeMountOps final : public MountOps {
 public:
  FakeMountOps() { AddDirectory("/"); }

  // MountOps. Views are plain directories on the real file system, because the manager looks for
  // them there.
  Result<ResolvedPath> Resolve(const std::string& path) override;
  Result<Inspection> Inspect(const HostDirectory& directory, Search search) override;
  std::vector<Result<Inspection>> InspectAll(
      const std::vector<HostDirectory>& directories) override;
  Status MakeDirectory(const HostDirectory& directory, const Announce& announce) override;
  Status Probe(const std::string& name, const std::string& value) override;
  Status Mount(const HostDirectory& directory, const TmpfsOptions& options) override;
  Status Resize(const HostDirectory& directory, const TmpfsOptions& options) override;
  Result<Unmounted> Unmount(const HostDirectory& directory) override;
  Status RemoveDirectory(const HostDirectory& directory, Remains what) override;
  Result<View> AttachView(const HostDirectory& directory, const std::string& view,
                          const ViewWish& wish) override;
  Status DetachView(const std::string& view) override;

  // What others do to the host.
  void AddDirectory(const std::string& path);
  void AddFile(const std::string& path);
  void AddLink(const std::string& path, const std::string& target);
  void RemovePath(const std::string& path);
  void Rename(const std::string& from, const std::string& to);
  void MountForeign(const std::string& path);
  void UnmountForeign(const std::string& path);
  void SetHolders(const std::string& path, const std::vector<std::string>& holders);
  void WriteInto(const std::string& path, uint64_t bytes);
  // As a restart of the machine does: no mount is left, what is on disk stays.
  void Reboot();
  // Directories made from now on cannot bear a mark.
  void set_marks(bool marks) { marks_ = marks; }
  // Whether views can map ids: the kernel's version.
  void set_maps_ids(bool maps_ids) { maps_ids_ = maps_ids; }

  // The kernel does not know the parameter.
  void Lack(const std::string& parameter) { lacking_.insert(parameter); }

  // What a test looks at.
  bool Exists(const std::string& path) const;
  bool IsMounted(const std::string& path) const;
  TmpfsOptions OptionsAt(const std::string& path) const;
  bool IsViewReadOnly(const std::string& view) const;
  std::optional<UserRemap> RemapOfView(const std::string& view) const;  // as it was asked for
  // All of the tree, a line for each path and mount: equal trees give equal texts.
  std::string Dump() const;

 private:
  enum class Kind { kDirectory, kFile, kLink };
  struct FakeMount {
    std::string source;  // a channel's id, or kForeignSource
    TmpfsOptions options;
    uint64_t used = 0;
    std::vector<std::string> holders;
  };
  struct Node {
    Kind kind = Kind::kDirectory;
    std::string target;    // of a link
    std::string mark;      // the channel that made it, as an attribute
    std::string identity;  // differs for each node that ever was
    std::vector<FakeMount> mounts;
  };

  const Node* Find(const std::string& path) const REQUIRES(mutex_);
  Node* Find(const std::string& path) REQUIRES(mutex_);
  bool HasChildren(const std::string& path) const REQUIRES(mutex_);
  Node& Add(const std::string& path, Kind kind) REQUIRES(mutex_);
  Result<std::string> Canonical(const std::string& directory, int depth) const REQUIRES(mutex_);
  // kNotFound or kFailedPrecondition where the way to `path` does not lead there without links.
  Status CheckWay(const std::string& path) const REQUIRES(mutex_);
  bool IsMarkedFor(const Node& node, const HostDirectory& directory) const REQUIRES(mutex_);
  Inspection InspectLocked(const HostDirectory& directory, Search search) const REQUIRES(mutex_);
  Inspection InspectNode(const Node& node, const HostDirectory& directory) const REQUIRES(mutex_);
  Status RemoveEmpty(const std::string& path) REQUIRES(mutex_);
  std::string FirstMissing(const std::string& path) const REQUIRES(mutex_);

  mutable Mutex mutex_;
  std::map<std::string, Node> nodes_ GUARDED_BY(mutex_);
  std::map<std::string, ViewWish> views_ GUARDED_BY(mutex_);  // by path
  uint64_t next_identity_ GUARDED_BY(mutex_) = 1;
  bool marks_ = true;
  std::set<std::string> lacking_;
  bool maps_ids_ = true;
};

}  // namespace isulad::host_channel::test

#endif  // ISULAD_TEST_SUPPORT_HOST_CHANNEL_FAKE_MOUNT_OPS_H_
