#include "utils/os/mount_query.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace isulad::os {
namespace {

// Definitions from the kernel's include/uapi/linux/mount.h that Debian 12 lacks. The numbers are
// the same on every architecture.
constexpr long kStatmount = 457;
constexpr long kListmount = 458;
constexpr unsigned kStatxUniqueMountId = 0x4000;
constexpr uint64_t kMountBasic = 0x2;
constexpr uint64_t kMountRoot = 0x8;
constexpr uint64_t kFileSystemType = 0x20;
constexpr uint64_t kSource = 0x200;
constexpr uint64_t kWanted = kMountBasic | kMountRoot | kFileSystemType | kSource;

struct Request {
  uint32_t size = sizeof(Request);
  uint32_t reserved = 0;
  uint64_t mount_id = 0;
  uint64_t parameter = 0;
};

// struct statmount; strings are offsets into `text`.
struct Answer {
  uint32_t size;
  uint32_t options;
  uint64_t mask;
  uint32_t device_major;
  uint32_t device_minor;
  uint64_t magic;
  uint32_t superblock_flags;
  uint32_t type;
  uint64_t id;
  uint64_t parent_id;
  uint32_t old_id;
  uint32_t old_parent_id;
  uint64_t attributes;
  uint64_t propagation;
  uint64_t peer_group;
  uint64_t master;
  uint64_t propagate_from;
  uint32_t root;
  uint32_t mount_point;
  uint64_t namespace_id;
  uint32_t subtype;
  uint32_t source;
  char later_members[384];
  char text[3584];  // enough for a channel; ENOMEM if it is not
};
static_assert(offsetof(Answer, text) == 512);

}  // namespace

Result<QueriedMount> QueryMountOf(int fd) {
  struct statx status = {};
  if (::statx(fd, "", AT_EMPTY_PATH, kStatxUniqueMountId, &status) != 0) {
    return SystemError(errno, "statx");
  }
  if ((status.stx_mask & kStatxUniqueMountId) == 0) {
    return SystemError(ENOSYS, "ask for a mount's unique id");
  }
  return QueryMount(status.stx_mnt_id);
}

Result<QueriedMount> QueryMount(uint64_t id) {
  Request request;
  request.mount_id = id;
  request.parameter = kWanted;
  Answer answer = {};
  // The last byte stays 0 whatever the kernel writes.
  if (::syscall(kStatmount, &request, &answer, sizeof(answer) - 1, 0) != 0) {
    return SystemError(errno, "statmount");
  }
  if ((answer.mask & kWanted) != kWanted) {
    return SystemError(ENOSYS, "ask for a mount's source");
  }
  for (const uint32_t offset : {answer.root, answer.type, answer.source}) {
    if (offset >= sizeof(answer.text)) {
      return Internal("statmount: an offset is out of bounds");
    }
  }
  return QueriedMount{answer.id, answer.parent_id, answer.text + answer.root,
                      answer.text + answer.type, answer.text + answer.source};
}

Result<bool> HasMountsInside(uint64_t id) {
  Request request;
  request.mount_id = id;
  uint64_t inside = 0;
  const long count = ::syscall(kListmount, &request, &inside, 1, 0);
  if (count < 0) {
    return SystemError(errno, "listmount");
  }
  return count > 0;
}

}  // namespace isulad::os
