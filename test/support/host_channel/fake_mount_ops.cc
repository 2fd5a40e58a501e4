#include "support/host_channel/fake_mount_ops.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::host_channel::test {
namespace {

constexpr const char* kForeignSource = "foreign";

std::string Beneath(std::string_view directory, std::string_view name) {
  return (directory == "/" ? "" : std::string(directory)) + "/" + std::string(name);
}

std::string TemporaryPath(const std::string& first_missing, const std::string& channel_id) {
  return Beneath(ParentPath(first_missing), ".isulad-" + channel_id);
}

}  // namespace

const FakeMountOps::Node* FakeMountOps::Find(const std::string& path) const {
  const auto found = nodes_.find(path);
  return found == nodes_.end() ? nullptr : &found->second;
}

FakeMountOps::Node* FakeMountOps::Find(const std::string& path) {
  const auto found = nodes_.find(path);
  return found == nodes_.end() ? nullptr : &found->second;
}

bool FakeMountOps::HasChildren(const std::string& path) const {
  return std::any_of(nodes_.begin(), nodes_.end(), [&](const auto& entry) {
    return entry.first != path && entry.first != "/" && ParentPath(entry.first) == path;
  });
}

FakeMountOps::Node& FakeMountOps::Add(const std::string& path, Kind kind) {
  Node& node = nodes_[path];
  node.kind = kind;
  node.identity = std::to_string(next_identity_++);
  return node;
}

Result<std::string> FakeMountOps::Canonical(const std::string& directory, int depth) const {
  if (directory == "/") {
    return directory;
  }
  ASSIGN_OR_RETURN(const std::string parent, Canonical(std::string(ParentPath(directory)), depth));
  const std::string path = Beneath(parent, BaseName(directory));
  const Node* node = Find(path);
  if (node == nullptr) {
    return path;
  }
  switch (node->kind) {
    case Kind::kFile:
      return InvalidArgument(Quote(path) + " is not a directory");
    case Kind::kDirectory:
      return path;
    case Kind::kLink:
      break;
  }
  if (depth == 0 || Find(node->target) == nullptr) {
    return InvalidArgument(Quote(path) + " is a dangling symbolic link");
  }
  return Canonical(node->target, depth - 1);
}

Result<ResolvedPath> FakeMountOps::Resolve(const std::string& path) {
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(const std::string parent, Canonical(std::string(ParentPath(path)), 8));
  ResolvedPath resolved;
  resolved.canonical = Beneath(parent, BaseName(path));
  resolved.exists = Find(resolved.canonical) != nullptr;
  return resolved;
}

Status FakeMountOps::CheckWay(const std::string& path) const {
  std::string at;
  for (const std::string_view component : PathComponents(ParentPath(path))) {
    at.append("/").append(component);
    const Node* node = Find(at);
    if (node == nullptr) {
      return NotFound(Quote(at) + " does not exist");
    }
    if (node->kind != Kind::kDirectory) {
      return FailedPrecondition("a parent of " + Quote(path) + " is not a directory any more");
    }
  }
  return Find(path) != nullptr ? OkStatus() : Status(NotFound(Quote(path) + " does not exist"));
}

bool FakeMountOps::IsMarkedFor(const Node& node, const HostDirectory& directory) const {
  if (node.kind != Kind::kDirectory) {
    return false;
  }
  if (!node.mark.empty()) {
    return node.mark == directory.channel_id;
  }
  return std::find(directory.identities.begin(), directory.identities.end(), node.identity) !=
         directory.identities.end();
}

Inspection FakeMountOps::InspectNode(const Node& node, const HostDirectory& directory) const {
  Inspection inspection;
  if (node.mounts.empty()) {
    const bool ours = IsMarkedFor(node, directory);
    inspection.state = ours ? PathState::kOurs : PathState::kForeign;
    inspection.detail =
        ours ? "" : Quote(directory.path) + " exists and was not made for the channel";
    return inspection;
  }
  const FakeMount& top = node.mounts.back();
  if (top.source != directory.channel_id || node.mounts.size() > 1) {
    const bool below = node.mounts.front().source == directory.channel_id;
    inspection.state = below ? PathState::kCovered : PathState::kForeign;
    inspection.detail = "another mount stands at " + Quote(directory.path);
    return inspection;
  }
  inspection.state = PathState::kMounted;
  inspection.used = top.used;
  inspection.free = top.options.size - top.used;
  inspection.inodes = top.options.inodes;
  inspection.inodes_used = 1;
  return inspection;
}

Inspection FakeMountOps::InspectLocked(const HostDirectory& directory, Search search) const {
  Inspection inspection;
  const Status way = CheckWay(directory.path);
  if (way) {
    inspection = InspectNode(*Find(directory.path), directory);
  } else if (way.error().code() == Code::kFailedPrecondition) {
    inspection.state = PathState::kForeign;
    inspection.detail = way.error().message();
  }
  if (search == Search::kPathOnly || inspection.state == PathState::kMounted ||
      inspection.state == PathState::kCovered) {
    return inspection;
  }
  for (const auto& [path, node] : nodes_) {
    if (!node.mounts.empty() && node.mounts.front().source == directory.channel_id) {
      inspection.state = PathState::kElsewhere;
      inspection.detail = "it is mounted at " + Quote(path) + " now";
    }
  }
  return inspection;
}

Result<Inspection> FakeMountOps::Inspect(const HostDirectory& directory, Search search) {
  MutexLock lock(mutex_);
  return InspectLocked(directory, search);
}

std::string FakeMountOps::FirstMissing(const std::string& path) const {
  std::string first = path;
  while (Find(std::string(ParentPath(first))) == nullptr) {
    first = std::string(ParentPath(first));
  }
  return first;
}

std::vector<Result<Inspection>> FakeMountOps::InspectAll(
    const std::vector<HostDirectory>& directories) {
  MutexLock lock(mutex_);
  std::vector<Result<Inspection>> inspections;
  for (const HostDirectory& directory : directories) {
    inspections.push_back(InspectLocked(directory, Search::kPathOnly));
  }
  return inspections;
}

Status FakeMountOps::MakeDirectory(const HostDirectory& directory, const Announce& announce) {
  std::vector<std::string> identities;
  std::string first;
  {
    MutexLock lock(mutex_);
    const Status way = CheckWay(directory.path);
    if (way) {
      return AlreadyExists(Quote(directory.path) + " exists already");
    }
    if (way.error().code() != Code::kNotFound) {
      return way;
    }
    first = FirstMissing(directory.path);
    Add(TemporaryPath(first, directory.channel_id), Kind::kDirectory);
    // One for each directory of the chain, as they will be numbered below.
    for (size_t i = 0;
         !marks_ && i <= PathComponents(directory.path).size() - PathComponents(first).size();
         ++i) {
      identities.push_back(std::to_string(next_identity_ + i));
    }
  }
  const Status announced = announce(identities);
  MutexLock lock(mutex_);
  nodes_.erase(TemporaryPath(first, directory.channel_id));
  RETURN_IF_ERROR(announced);
  for (std::string path = first;;
       path = Beneath(path, PathComponents(directory.path)[PathComponents(path).size()])) {
    Node& node = Add(path, Kind::kDirectory);
    node.mark = marks_ ? directory.channel_id : "";
    if (path == directory.path) {
      return OkStatus();
    }
  }
}

Status FakeMountOps::Probe(const std::string& name, const std::string&) {
  const bool known = name == "size" || name == "noswap" || name == "huge" || name == "mpol";
  if (!known || lacking_.count(name) != 0) {
    return InvalidArgument("tmpfs: Unknown parameter '" + name + "'");
  }
  return OkStatus();
}

Status FakeMountOps::Mount(const HostDirectory& directory, const TmpfsOptions& options) {
  MutexLock lock(mutex_);
  const Inspection inspection = InspectLocked(directory, Search::kPathOnly);
  RETURN_IF_ERROR(CheckUnobstructed(inspection));
  if (inspection.state == PathState::kMissing) {
    return NotFound(Quote(directory.path) + " does not exist");
  }
  Node* node = Find(directory.path);
  if (inspection.state == PathState::kMounted) {
    node->mounts.back().options = options;
    node->mounts.back().used = options.clear ? 0 : inspection.used;
    return OkStatus();
  }
  if (HasChildren(directory.path)) {
    return FailedPrecondition(Quote(directory.path) + " is not empty");
  }
  node->mounts.push_back({directory.channel_id, options, 0, {}});
  return OkStatus();
}

Status FakeMountOps::Resize(const HostDirectory& directory, const TmpfsOptions& options) {
  MutexLock lock(mutex_);
  const Inspection inspection = InspectLocked(directory, Search::kPathOnly);
  RETURN_IF_ERROR(CheckUnobstructed(inspection));
  if (inspection.state != PathState::kMounted) {
    return FailedPrecondition("the channel is not mounted at " + Quote(directory.path));
  }
  RETURN_IF_ERROR(CheckInUse(directory.path, inspection.used, options.size));
  TmpfsOptions& present = Find(directory.path)->mounts.back().options;
  present.size = options.size;
  present.inodes = std::max(options.inodes, inspection.inodes_used);
  return OkStatus();
}

Result<Unmounted> FakeMountOps::Unmount(const HostDirectory& directory) {
  MutexLock lock(mutex_);
  const Inspection inspection = InspectLocked(directory, Search::kPathOnly);
  RETURN_IF_ERROR(CheckUnobstructed(inspection));
  Unmounted unmounted;
  if (inspection.state == PathState::kMounted) {
    Node* node = Find(directory.path);
    unmounted.holders = node->mounts.back().holders;
    unmounted.detached = !unmounted.holders.empty();
    node->mounts.pop_back();
  }
  return unmounted;
}

Status FakeMountOps::RemoveEmpty(const std::string& path) {
  if (!Find(path)->mounts.empty()) {
    return FailedPrecondition(Quote(path) + " is mounted on");
  }
  if (HasChildren(path)) {
    return FailedPrecondition(Quote(path) + " is not empty");
  }
  nodes_.erase(path);
  return OkStatus();
}

Status FakeMountOps::RemoveDirectory(const HostDirectory& directory, Remains what) {
  MutexLock lock(mutex_);
  for (std::string_view path = directory.path; path != "/"; path = ParentPath(path)) {
    nodes_.erase(TemporaryPath(std::string(path), directory.channel_id));
  }
  if (what == Remains::kUnpublished) {
    return OkStatus();
  }
  const Status way = CheckWay(directory.path);
  if (!way && way.error().code() != Code::kNotFound) {
    return way;
  }
  if (way) {
    if (Find(directory.path)->mounts.empty() && !IsMarkedFor(*Find(directory.path), directory)) {
      return FailedPrecondition(Quote(directory.path) +
                                " is not the directory that was made for the channel");
    }
    RETURN_IF_ERROR(RemoveEmpty(directory.path));
  }
  for (std::string_view path = ParentPath(directory.path); path != "/"; path = ParentPath(path)) {
    const Node* node = Find(std::string(path));
    if (node != nullptr && ((node->mark.empty() && !IsMarkedFor(*node, directory)) ||
                            !RemoveEmpty(std::string(path)))) {
      break;
    }
  }
  return OkStatus();
}

Result<View> FakeMountOps::AttachView(const HostDirectory& directory, const std::string& view,
                                      const ViewWish& wish) {
  MutexLock lock(mutex_);
  if (InspectLocked(directory, Search::kPathOnly).state != PathState::kMounted) {
    return FailedPrecondition("the channel is not mounted at " + Quote(directory.path));
  }
  if (::mkdir(view.c_str(), 0700) != 0) {
    return SystemError(errno, "make directory " + Quote(view));
  }
  views_[view] = wish;
  return View{wish.remap && maps_ids_};
}

Status FakeMountOps::DetachView(const std::string& view) {
  MutexLock lock(mutex_);
  views_.erase(view);
  if (::rmdir(view.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove directory " + Quote(view));
  }
  return OkStatus();
}

void FakeMountOps::AddDirectory(const std::string& path) {
  MutexLock lock(mutex_);
  for (std::string_view at = path;; at = ParentPath(at)) {
    if (Find(std::string(at)) == nullptr) {
      Add(std::string(at), Kind::kDirectory);
    }
    if (at == "/") {
      return;
    }
  }
}

void FakeMountOps::AddFile(const std::string& path) {
  MutexLock lock(mutex_);
  Add(path, Kind::kFile);
}

void FakeMountOps::AddLink(const std::string& path, const std::string& target) {
  MutexLock lock(mutex_);
  Add(path, Kind::kLink).target = target;
}

void FakeMountOps::RemovePath(const std::string& path) {
  MutexLock lock(mutex_);
  nodes_.erase(path);
}

void FakeMountOps::Rename(const std::string& from, const std::string& to) {
  MutexLock lock(mutex_);
  std::map<std::string, Node> renamed;
  for (auto& [path, node] : nodes_) {
    const bool moves = IsSameOrBeneath(path, from);
    renamed[moves ? to + path.substr(from.size()) : path] = std::move(node);
  }
  nodes_ = std::move(renamed);
}

void FakeMountOps::MountForeign(const std::string& path) {
  MutexLock lock(mutex_);
  Find(path)->mounts.push_back({kForeignSource, {}, 0, {}});
}

void FakeMountOps::UnmountForeign(const std::string& path) {
  MutexLock lock(mutex_);
  Find(path)->mounts.pop_back();
}

void FakeMountOps::SetHolders(const std::string& path, const std::vector<std::string>& holders) {
  MutexLock lock(mutex_);
  Find(path)->mounts.back().holders = holders;
}

void FakeMountOps::WriteInto(const std::string& path, uint64_t bytes) {
  MutexLock lock(mutex_);
  Find(path)->mounts.back().used += bytes;
}

void FakeMountOps::Reboot() {
  MutexLock lock(mutex_);
  for (auto& [path, node] : nodes_) {
    node.mounts.clear();
  }
}

bool FakeMountOps::Exists(const std::string& path) const {
  MutexLock lock(mutex_);
  return Find(path) != nullptr;
}

bool FakeMountOps::IsMounted(const std::string& path) const {
  MutexLock lock(mutex_);
  const Node* node = Find(path);
  return node != nullptr && !node->mounts.empty() && node->mounts.front().source != kForeignSource;
}

TmpfsOptions FakeMountOps::OptionsAt(const std::string& path) const {
  MutexLock lock(mutex_);
  return Find(path)->mounts.back().options;
}

bool FakeMountOps::IsViewReadOnly(const std::string& view) const {
  MutexLock lock(mutex_);
  return views_.at(view).read_only;
}

std::optional<UserRemap> FakeMountOps::RemapOfView(const std::string& view) const {
  MutexLock lock(mutex_);
  return views_.at(view).remap;
}

std::string FakeMountOps::Dump() const {
  MutexLock lock(mutex_);
  std::string text;
  for (const auto& [path, node] : nodes_) {
    text.append(path).append(" ").append(std::to_string(static_cast<int>(node.kind)));
    text.append(" mark=").append(node.mark).append("\n");
    for (const FakeMount& mount : node.mounts) {
      text.append("  mount ")
          .append(mount.source)
          .append(" ")
          .append(std::to_string(mount.used))
          .append("\n");
    }
  }
  for (const auto& [view, wish] : views_) {
    text.append("view ").append(view).append("\n");
  }
  return text;
}

}  // namespace isulad::host_channel::test
