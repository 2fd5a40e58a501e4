#include "daemon/modules/spec/host_channel/empty_channel.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/channel_mount.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"

namespace isulad::host_channel {
namespace {

constexpr int kMostPasses = 5;
constexpr uint64_t kLeeway = 1024;
constexpr const char* kHoistedPrefix = ".isulad-clear-";

// Moves directories that are not empty up to the root, one by one, so that neither a path nor a
// chain of open directories grows long.
class Emptying {
 public:
  // `most_moves` limits the moves of directories: a process that makes new ones at the same time
  // could otherwise keep this going forever.
  Emptying(int root, uint64_t most_moves) : root_(root), most_moves_(most_moves) {}

  Status Run() {
    for (int pass = 0; pass < kMostPasses; ++pass) {
      ASSIGN_OR_RETURN(waiting_, os::ListDirectoryAt(root_, "."));
      if (waiting_.empty()) {
        return OkStatus();
      }
      refilled_ = false;
      while (!waiting_.empty()) {
        const std::string name = std::move(waiting_.back());
        waiting_.pop_back();
        RETURN_IF_ERROR(RemoveFromRoot(name));
      }
    }
    // Everything that was there is gone; others keep creating new files.
    return refilled_ ? Status(BusyError()) : OkStatus();
  }

 private:
  static Error BusyError() {
    return Error(Code::kAborted, "others write to it as fast as it is emptied");
  }

  // Whether `name` is gone. False: it is a directory that is not empty.
  static Result<bool> Remove(int directory, const std::string& name) {
    if (::unlinkat(directory, name.c_str(), 0) == 0 || errno == ENOENT) {
      return true;
    }
    if (errno == EISDIR &&
        (::unlinkat(directory, name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT)) {
      return true;
    }
    if (errno == ENOTEMPTY || errno == EEXIST) {
      return false;
    }
    return SystemError(errno, "remove " + Quote(name));
  }

  Status RemoveFromRoot(const std::string& name) {
    ASSIGN_OR_RETURN(const bool removed, Remove(root_, name));
    if (removed) {
      return OkStatus();
    }
    const Result<os::UniqueFd> directory =
        os::OpenAt2(root_, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0,
                    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
    if (!directory) {
      return directory.error().code() == Code::kNotFound ? OkStatus() : Status(directory.error());
    }
    ASSIGN_OR_RETURN(const std::vector<std::string> children,
                     os::ListDirectoryAt(directory->get(), "."));
    for (const std::string& child : children) {
      ASSIGN_OR_RETURN(const bool gone, Remove(directory->get(), child));
      if (!gone) {
        RETURN_IF_ERROR(Hoist(directory->get(), child));
      }
    }
    ASSIGN_OR_RETURN(const bool emptied, Remove(root_, name));
    refilled_ = refilled_ || !emptied;  // by others after it was listed: left to the next pass
    return OkStatus();
  }

  Status Hoist(int directory, const std::string& name) {
    while (moves_ < most_moves_) {
      std::string hoisted = kHoistedPrefix + std::to_string(moves_++);
      if (::renameat2(directory, name.c_str(), root_, hoisted.c_str(), RENAME_NOREPLACE) == 0) {
        waiting_.push_back(std::move(hoisted));
        return OkStatus();
      }
      if (errno == ENOENT) {
        return OkStatus();
      }
      if (errno != EEXIST) {
        return SystemError(errno, "move " + Quote(name));
      }
    }
    return BusyError();
  }

  const int root_;
  const uint64_t most_moves_;
  uint64_t moves_ = 0;
  bool refilled_ = false;             // whether others refilled a directory in this pass
  std::vector<std::string> waiting_;  // names in the root
};

}  // namespace

Status EmptyChannel(int root) {
  ASSIGN_OR_RETURN(const Usage usage, UsageOf(root));
  ASSIGN_OR_RETURN(const os::UniqueFd directory, os::Reopen(root, O_RDONLY | O_DIRECTORY));
  return Emptying(directory.get(), 2 * usage.inodes_used + kLeeway).Run();
}

}  // namespace isulad::host_channel
