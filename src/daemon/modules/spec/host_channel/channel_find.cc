#include <fcntl.h>
#include <sys/statfs.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <vector>

#include "daemon/modules/spec/host_channel/channel_mount.h"
#include "daemon/modules/spec/host_channel/host_path.h"
#include "daemon/modules/spec/host_channel/marked_directory.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mount_query.h"
#include "utils/os/mountinfo.h"

namespace isulad::host_channel {
namespace {

using Mounts = std::vector<os::MountEntry>;

// The mount table, read when it is first asked for.
class MountTable {
 public:
  Result<const Mounts*> Get() {
    if (!mounts_) {
      ASSIGN_OR_RETURN(mounts_, os::ReadMountinfo());
    }
    return &*mounts_;
  }

 private:
  std::optional<Mounts> mounts_;
};

Inspection State(PathState state, std::string detail) {
  Inspection inspection;
  inspection.state = state;
  inspection.detail = std::move(detail);
  return inspection;
}

// For a mount from the table, or one that the kernel was queried about.
template <typename Mount>
bool IsChannelMount(const Mount& mount, const HostDirectory& directory) {
  return mount.type == "tmpfs" && mount.root == "/" &&
         mount.source == SourceName(directory.channel_id);
}

// Another mount on the channel's mount, or somewhere in it.
const os::MountEntry* FindChild(const Mounts& mounts, uint64_t id) {
  const auto child = std::find_if(mounts.begin(), mounts.end(),
                                  [&](const os::MountEntry& m) { return m.parent_id == id; });
  return child == mounts.end() ? nullptr : &*child;
}

std::string CoveredBy(const os::MountEntry& mount) {
  return "another mount, of " + Quote(mount.source) + ", stands at " + Quote(mount.target);
}

Result<Inspection> InspectMounted(int fd) {
  Inspection inspection = State(PathState::kMounted, "");
  ASSIGN_OR_RETURN(const Usage usage, UsageOf(fd));
  inspection.used = usage.used;
  inspection.free = usage.free;
  inspection.inodes = usage.inodes;
  inspection.inodes_used = usage.inodes_used;
  return inspection;
}

// Whether the kernel, queried without reading the table, says that the channel is mounted at the
// path, once and with nothing on it. Everything else has to be looked up in the table.
bool IsPlainlyMounted(int fd, const HostDirectory& directory) {
  const Result<os::QueriedMount> top = os::QueryMountOf(fd);
  if (!top || !IsChannelMount(*top, directory)) {
    return false;
  }
  const Result<os::QueriedMount> below = os::QueryMount(top->parent_id);
  return below && !IsChannelMount(*below, directory) &&
         !os::HasMountsInside(top->id).value_or(true);
}

// Inspects what is mounted at the path; `fd` is on its topmost mount.
Result<Inspection> InspectMount(int fd, const HostDirectory& directory, MountTable& table) {
  if (IsPlainlyMounted(fd, directory)) {
    return InspectMounted(fd);
  }
  ASSIGN_OR_RETURN(const uint64_t id, os::MountIdOf(fd));
  ASSIGN_OR_RETURN(const Mounts* const mounts, table.Get());
  const os::MountEntry* top = nullptr;
  const os::MountEntry* below = nullptr;  // the channel's mount at this path under another one
  for (const os::MountEntry& mount : *mounts) {
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
  if (const os::MountEntry* child = FindChild(*mounts, id); child != nullptr) {
    return State(PathState::kCovered, CoveredBy(*child));
  }
  return InspectMounted(fd);
}

Result<Inspection> InspectOpen(int fd, const HostDirectory& directory, MountTable& table) {
  ASSIGN_OR_RETURN(const bool mounted_on, os::IsMountRoot(fd));
  if (mounted_on) {
    return InspectMount(fd, directory, table);
  }
  ASSIGN_OR_RETURN(const bool ours, IsMarked(fd, directory));
  if (ours) {
    return State(PathState::kOurs, "");
  }
  return State(PathState::kForeign,
               Quote(directory.path) + " exists and was not made for the channel");
}

// Replaces the result of an inspection that found no mount of the channel if the channel is mounted
// somewhere else.
Status SearchElsewhere(const HostDirectory& directory, Inspection& inspection) {
  ASSIGN_OR_RETURN(const Mounts mounts, os::ReadMountinfo());
  const auto elsewhere =
      std::find_if(mounts.begin(), mounts.end(),
                   [&](const os::MountEntry& mount) { return IsChannelMount(mount, directory); });
  if (elsewhere != mounts.end()) {
    inspection = State(PathState::kElsewhere, "it is mounted at " + Quote(elsewhere->target) +
                                                  " now: a directory on its path has been renamed");
  }
  return OkStatus();
}

Result<Found> FindAtPath(const HostDirectory& directory, MountTable& table) {
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
  ASSIGN_OR_RETURN(found.inspection, InspectOpen(found.fd.get(), directory, table));
  return found;
}

}  // namespace

std::string SourceName(const std::string& channel_id) { return "isulad:" + channel_id; }

Result<Usage> UsageOf(int fd) {
  struct statfs status;
  if (::fstatfs(fd, &status) != 0) {
    return SystemError(errno, "read the usage of a host channel");
  }
  const uint64_t block = static_cast<uint64_t>(status.f_bsize);
  Usage usage;
  usage.used = (status.f_blocks - status.f_bfree) * block;
  usage.free = status.f_bavail * block;
  usage.inodes = status.f_files;
  usage.inodes_used = status.f_files - status.f_ffree;
  return usage;
}

Result<Found> FindChannel(const HostDirectory& directory, Search search) {
  MountTable table;
  ASSIGN_OR_RETURN(Found found, FindAtPath(directory, table));
  const PathState state = found.inspection.state;
  const bool mount_seen = state == PathState::kMounted || state == PathState::kCovered;
  if (search == Search::kEverywhere && !mount_seen) {
    RETURN_IF_ERROR(SearchElsewhere(directory, found.inspection));
  }
  return found;
}

std::vector<Result<Inspection>> InspectChannels(const std::vector<HostDirectory>& directories) {
  MountTable table;
  std::vector<Result<Inspection>> inspections;
  for (const HostDirectory& directory : directories) {
    Result<Found> found = FindAtPath(directory, table);
    if (!found) {
      // It may have been mounted after the table was read.
      found = FindChannel(directory, Search::kPathOnly);
    }
    inspections.push_back(found ? Result<Inspection>(std::move(found->inspection))
                                : std::move(found).error());
  }
  return inspections;
}

}  // namespace isulad::host_channel
