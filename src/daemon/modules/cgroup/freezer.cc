#include "daemon/modules/cgroup/freezer.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string_view>

#include "daemon/modules/cgroup/kernel_files.h"
#include "daemon/modules/cgroup/linux_cgroupfs.h"
#include "utils/base/deadline.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::cgroup {
namespace {

using std::chrono::steady_clock;

// Version 1 has no event for a cgroup that has become frozen, so its state is polled.
constexpr int kFreezeRetryMilliseconds = 2;
// An execve(2) waits until the other threads of its process have died. Version 1 does not let
// frozen threads die, so the thread in execve(2) could never be frozen itself. Therefore all are
// thawed for a moment now and then. runc's init is such a process just before it becomes the
// container's.
constexpr std::chrono::milliseconds kRespiteAfter(50);
constexpr int kRespiteMilliseconds = 10;

std::string StateFile(const std::string& directory) { return directory + "/" + kFreezerState; }
std::string FreezeFile(const std::string& directory) { return directory + "/" + kFreeze; }

Status Write(const std::string& directory, const std::string& file, std::string_view text) {
  Status written = os::WriteKernelFile(file, text);
  if (!written && !os::PathExists(directory)) {
    return NotFound("cgroup " + Quote(directory) + " is gone");
  }
  if (!written && written.error().system_errno() == ENOENT) {
    return FailedPrecondition("the kernel has no freezer for cgroup " + Quote(directory));
  }
  return written;
}

// A cgroup that is gone has nothing to thaw.
Status UnlessGone(Status status) {
  return !status && status.error().code() == Code::kNotFound ? OkStatus() : status;
}

Error TookTooLong(const std::string& directory, std::chrono::milliseconds timeout) {
  return Error(Code::kDeadlineExceeded, "processes in cgroup " + Quote(directory) +
                                            " did not freeze within " +
                                            std::to_string(timeout.count()) + " ms");
}

Status WaitFrozenV1(const std::string& directory, std::chrono::milliseconds timeout) {
  const Deadline deadline = steady_clock::now() + timeout;
  Deadline respite = steady_clock::now() + kRespiteAfter;
  while (true) {
    // Written every time: this also freezes processes that could not be frozen the time before.
    RETURN_IF_ERROR(Write(directory, StateFile(directory), kFrozenV1));
    ASSIGN_OR_RETURN(const FreezerState state, ReadFreezerV1(directory));
    if (state == FreezerState::kFrozen) {
      return OkStatus();
    }
    if (MillisecondsUntil(deadline) == 0) {
      return TookTooLong(directory, timeout);
    }
    if (MillisecondsUntil(respite) == 0) {
      RETURN_IF_ERROR(Write(directory, StateFile(directory), kThawedV1));
      ::poll(nullptr, 0, kRespiteMilliseconds);
      respite = steady_clock::now() + kRespiteAfter;
      continue;
    }
    ::poll(nullptr, 0, std::min(MillisecondsUntil(deadline), kFreezeRetryMilliseconds));
  }
}

Status WaitFrozenV2(const std::string& directory, std::chrono::milliseconds timeout) {
  const Deadline deadline = steady_clock::now() + timeout;
  RETURN_IF_ERROR(Write(directory, FreezeFile(directory), "1"));
  ASSIGN_OR_RETURN(const bool frozen, WaitForEvent(directory, kFrozen, 1, deadline));
  return frozen ? OkStatus() : Status(TookTooLong(directory, timeout));
}

}  // namespace

Status FreezeV1(const std::string& directory, std::chrono::milliseconds timeout) {
  Status frozen = WaitFrozenV1(directory, timeout);
  if (!frozen) {
    IgnoreError(ThawV1(directory));  // the first error is the one to report
  }
  return frozen;
}

Status ThawV1(const std::string& directory) {
  return UnlessGone(Write(directory, StateFile(directory), kThawedV1));
}

Result<FreezerState> ReadFreezerV1(const std::string& directory) {
  ASSIGN_OR_RETURN(const std::string text, os::ReadFile(StateFile(directory)));
  const std::string_view word = Trim(text);
  if (word == kFrozenV1) {
    return FreezerState::kFrozen;
  }
  return word == kThawedV1 ? FreezerState::kThawed : FreezerState::kFreezing;
}

Status FreezeV2(const std::string& directory, std::chrono::milliseconds timeout) {
  Status frozen = WaitFrozenV2(directory, timeout);
  if (!frozen) {
    IgnoreError(ThawV2(directory));  // the first error is the one to report
  }
  return frozen;
}

Status ThawV2(const std::string& directory) {
  return UnlessGone(Write(directory, FreezeFile(directory), "0"));
}

Result<FreezerState> ReadFreezerV2(const std::string& directory) {
  ASSIGN_OR_RETURN(const uint64_t frozen, ReadKey(directory + "/" + kEvents, kFrozen));
  if (frozen != 0) {
    return FreezerState::kFrozen;
  }
  ASSIGN_OR_RETURN(const uint64_t asked, ReadNumber(FreezeFile(directory)));
  return asked != 0 ? FreezerState::kFreezing : FreezerState::kThawed;
}

}  // namespace isulad::cgroup
