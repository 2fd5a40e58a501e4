#include <fcntl.h>
#include <sys/statfs.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "daemon/modules/spec/host_channel/channel_mount.h"
#include "daemon/modules/spec/host_channel/host_path.h"
#include "daemon/modules/spec/host_channel/marked_directory.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mountinfo.h"

namespace isulad::host_channel {
namespace {

using os::MountEntry;

Inspection State(PathState state, std::string detail) {
  Inspection inspection;
  inspection.state = state;
  inspection.detail = std::move(detail);
  return inspection;
}

bool IsChannelMount(const MountEntry& mount, const HostDirectory& directory) {
  return mount.type == "tmpfs" && mount.root == "/" &&
         mount.source == SourceName(directory.channel_id);
}

Status ReadUsage(int fd, Inspection& inspection) {
  struct statfs status;
  if (::fstatfs(fd, &status) != 0) {
    return SystemError(errno, "read the usage of a host channel");
  }
  const uint64_t block = static_cast<uint64_t>(status.f_bsize);
  inspection.used = (status.f_blocks - status.f_bfree) * block;
  inspection.free = status.f_bavail * block;
  inspection.inodes = status.f_files;
  inspection.inodes_used = status.f_files - status.f_ffree;
  return OkStatus();
}

// Another mount on the channel's, or somewhere in it.
const MountEntry* FindChild(const std::vector<MountEntry>& mounts, uint64_t id) {
  const auto child = std::find_if(mounts.begin(), mounts.end(),
                                  [&](const MountEntry& m) { return m.parent_id == id; });
  return child == mounts.end() ? nullptr : &*child;
}

std::string CoveredBy(const MountEntry& mount) {
  return "another mount, of " + Quote(mount.source) + ", stands at " + Quote(mount.target);
}

// What is mounted at the path, on whose topmost mount `fd` is.
Result<Inspection> InspectMount(int fd, const HostDirectory& directory) {
  ASSIGN_OR_RETURN(const uint64_t id, os::MountIdOf(fd));
  ASSIGN_OR_RETURN(const std::vector<MountEntry> mounts, os::ReadMountinfo());
  const MountEntry* top = nullptr;
  const MountEntry* below = nullptr;  // the channel's mount at this path under another one
  for (const MountEntry& mount : mounts) {
    if (mount.id == id) {
      top = &mount;
    } else if (mount.target == directory.path && IsChannelMount(mount, directory)) {
      below = &mount;
    }
  }
  if (top == nullptr) {
    return FailedPrecondition("what is mounted at " + Quote(directory.path) +
                              " changes while it is looked at");
  }
  if (below != nullptr) {
    return State(PathState::kCovered, CoveredBy(*top));
  }
  if (!IsChannelMount(*top, directory)) {
    return State(PathState::kForeign, CoveredBy(*top));
  }
  if (const MountEntry* child = FindChild(mounts, id); child != nullptr) {
    return State(PathState::kCovered, CoveredBy(*child));
  }
  Inspection inspection = State(PathState::kMounted, "");
  RETURN_IF_ERROR(ReadUsage(fd, inspection));
  return inspection;
}

Result<Inspection> InspectOpen(int fd, const HostDirectory& directory) {
  ASSIGN_OR_RETURN(const bool mounted_on, os::IsMountRoot(fd));
  if (mounted_on) {
    return InspectMount(fd, directory);
  }
  ASSIGN_OR_RETURN(const bool ours, IsMarked(fd, directory));
  if (ours) {
    return State(PathState::kOurs, "");
  }
  return State(PathState::kForeign,
               Quote(directory.path) + " exists and was not made for the channel");
}

// Replaces a finding that has no mount of the channel in it where the channel is mounted somewhere
// else.
Status SearchElsewhere(const HostDirectory& directory, Inspection& inspection) {
  ASSIGN_OR_RETURN(const std::vector<MountEntry> mounts, os::ReadMountinfo());
  const auto elsewhere = std::find_if(mounts.begin(), mounts.end(), [&](const MountEntry& mount) {
    return IsChannelMount(mount, directory);
  });
  if (elsewhere != mounts.end()) {
    inspection = State(PathState::kElsewhere, "it is mounted at " + Quote(elsewhere->target) +
                                                  " now: a directory on its path has been renamed");
  }
  return OkStatus();
}

Result<Found> FindAtPath(const HostDirectory& directory) {
  Found found;
  Result<os::UniqueFd> fd = OpenCanonical(directory.path);
  if (!fd) {
    switch (fd.error().code()) {
      case Code::kNotFound:
        return found;
      case Code::kFailedPrecondition:
        found.inspection = State(PathState::kForeign, fd.error().message());
        return found;
      default:
        return std::move(fd).error();
    }
  }
  found.fd = *std::move(fd);
  ASSIGN_OR_RETURN(found.inspection, InspectOpen(found.fd.get(), directory));
  return found;
}

}  // namespace

std::string SourceName(const std::string& channel_id) { return "isulad:" + channel_id; }

Result<Found> FindChannel(const HostDirectory& directory, Search search) {
  ASSIGN_OR_RETURN(Found found, FindAtPath(directory));
  const PathState state = found.inspection.state;
  const bool mount_seen = state == PathState::kMounted || state == PathState::kCovered;
  if (search == Search::kEverywhere && !mount_seen) {
    RETURN_IF_ERROR(SearchElsewhere(directory, found.inspection));
  }
  return found;
}

}  // namespace isulad::host_channel
