#include "daemon/modules/cgroup/memory_limit.h"

#include <cerrno>
#include <limits>
#include <utility>

#include "daemon/modules/cgroup/kernel_files.h"
#include "daemon/modules/cgroup/linux_cgroupfs.h"
#include "utils/base/byte_size.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::cgroup {
namespace {

constexpr uint64_t kNone = std::numeric_limits<uint64_t>::max();

std::string FormatLimit(uint64_t limit) {
  return limit == kNone ? kUnlimited : std::to_string(limit);
}

Error InUse(uint64_t usage, uint64_t limit) {
  return Error(Code::kResourceExhausted, FormatByteSize(usage) + " (" + std::to_string(usage) +
                                             " bytes) are in use, more than " +
                                             FormatByteSize(limit));
}

// Writes one of version 1's limits. EBUSY means that too much memory is in use.
Status WriteLimitV1(const std::string& directory, const char* name, uint64_t limit) {
  Status written =
      os::WriteKernelFile(directory + "/" + name, limit == kNone ? "-1" : std::to_string(limit));
  if (!written && written.error().system_errno() == EBUSY) {
    ASSIGN_OR_RETURN(const uint64_t usage, ReadNumber(directory + "/" + kMemoryUsage));
    return InUse(usage, limit);
  }
  return written;
}

// Writing memory.max kills processes if not enough can be reclaimed; memory.high only reclaims.
Status ReclaimTo(const std::string& directory, uint64_t memory) {
  ASSIGN_OR_RETURN(uint64_t usage, ReadNumber(directory + "/" + kMemoryCurrent));
  if (usage <= memory) {
    return OkStatus();
  }
  const std::string high = directory + "/" + kMemoryHigh;
  ASSIGN_OR_RETURN(const uint64_t before, ReadNumber(high));
  RETURN_IF_ERROR(os::WriteKernelFile(high, std::to_string(memory)));
  const Result<uint64_t> left = ReadNumber(directory + "/" + kMemoryCurrent);
  RETURN_IF_ERROR(os::WriteKernelFile(high, FormatLimit(before)));
  RETURN_IF_ERROR(left);
  return *left <= memory ? OkStatus() : Status(InUse(*left, memory));
}

}  // namespace

// The limit of memory and swap may never be below that of memory: if it grows it is written first,
// if it shrinks it is written last.
Status SetMemoryLimitV1(const std::string& directory, uint64_t memory,
                        std::optional<uint64_t> memory_and_swap) {
  ASSIGN_OR_RETURN(const uint64_t before, ReadNumber(directory + "/" + kMemoryLimit));
  uint64_t swap_before = kNone;
  if (memory_and_swap) {
    ASSIGN_OR_RETURN(swap_before, ReadNumber(directory + "/" + kMemoryAndSwapLimit));
  }
  if (memory_and_swap && *memory_and_swap > swap_before) {
    RETURN_IF_ERROR(WriteLimitV1(directory, kMemoryAndSwapLimit, *memory_and_swap));
  }
  if (memory != before) {
    RETURN_IF_ERROR(WriteLimitV1(directory, kMemoryLimit, memory));
  }
  if (!memory_and_swap || *memory_and_swap >= swap_before) {
    return OkStatus();
  }
  Status lowered = WriteLimitV1(directory, kMemoryAndSwapLimit, *memory_and_swap);
  if (!lowered) {
    IgnoreError(WriteLimitV1(directory, kMemoryLimit, before));  // there was room for it before
  }
  return lowered;
}

// Version 2 limits swap by itself: the amount that --memory-swap leaves for swap stays the same if
// both limits grow alike.
Status SetMemoryLimitV2(const std::string& directory, uint64_t memory,
                        std::optional<uint64_t> memory_and_swap) {
  ASSIGN_OR_RETURN(const uint64_t before, ReadNumber(directory + "/" + kMemoryMax));
  if (memory < before) {
    RETURN_IF_ERROR(ReclaimTo(directory, memory));
  }
  RETURN_IF_ERROR(os::WriteKernelFile(directory + "/" + kMemoryMax, FormatLimit(memory)));
  const std::string swap = directory + "/" + kMemorySwapMax;
  if (!memory_and_swap || !os::PathExists(swap)) {
    return OkStatus();
  }
  return os::WriteKernelFile(
      swap, FormatLimit(*memory_and_swap == kNone ? kNone : *memory_and_swap - memory));
}

}  // namespace isulad::cgroup
