#include "daemon/modules/spec/host_channel/directory_identity.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "utils/base/ids.h"

namespace isulad::host_channel {
namespace {

// file_handle ends in an array of undeclared length: the buffer around it provides the room.
struct HandleBuffer {
  alignas(file_handle) char bytes[sizeof(file_handle) + MAX_HANDLE_SZ];
};

Result<std::string> HandleOf(int fd) {
  HandleBuffer buffer = {};
  auto* handle = reinterpret_cast<file_handle*>(buffer.bytes);
  handle->handle_bytes = MAX_HANDLE_SZ;
  int mount_id = 0;
  if (::name_to_handle_at(fd, "", handle, &mount_id, AT_EMPTY_PATH) != 0) {
    if (errno == EOPNOTSUPP || errno == EOVERFLOW) {
      return Error(Code::kUnimplemented, errno,
                   "the file system has neither trusted attributes nor file handles");
    }
    return SystemError(errno, "read the file handle of a directory");
  }
  const std::string_view data(buffer.bytes + offsetof(file_handle, f_handle), handle->handle_bytes);
  return std::to_string(handle->handle_type) + "-" + HexEncode(data);
}

// "0" if the file system does not keep the birth time.
Result<std::string> BirthOf(int fd) {
  struct statx status;
  if (::statx(fd, "", AT_EMPTY_PATH, STATX_BTIME, &status) != 0) {
    return SystemError(errno, "read the time of birth of a directory");
  }
  if ((status.stx_mask & STATX_BTIME) == 0) {
    return std::string("0");
  }
  return std::to_string(status.stx_btime.tv_sec) + "." + std::to_string(status.stx_btime.tv_nsec);
}

}  // namespace

Result<std::string> IdentityOf(int fd) {
  ASSIGN_OR_RETURN(const std::string handle, HandleOf(fd));
  ASSIGN_OR_RETURN(const std::string birth, BirthOf(fd));
  return handle + "-" + birth;
}

}  // namespace isulad::host_channel
