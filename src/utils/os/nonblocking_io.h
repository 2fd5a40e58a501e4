// Single reads and writes on non-blocking descriptors. EINTR is retried.
#ifndef ISULAD_UTILS_OS_NONBLOCKING_IO_H_
#define ISULAD_UTILS_OS_NONBLOCKING_IO_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// One read(2). Returns the number of bytes, 0 at the end of file, nullopt if no data is available
// yet.
Result<std::optional<size_t>> ReadSome(int fd, char* buffer, size_t size);
// One write(2). Returns the number of bytes written, which may be fewer than all; 0 if the
// descriptor is full. The caller must ignore SIGPIPE.
Result<size_t> WriteSome(int fd, std::string_view bytes);
// Like WriteSome(), but for a socket and without SIGPIPE.
Result<size_t> SendSome(int socket, std::string_view bytes);
// pipe2(2), close-on-exec: the reading and the writing end, both blocking.
Result<std::pair<UniqueFd, UniqueFd>> Pipe();

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_NONBLOCKING_IO_H_
