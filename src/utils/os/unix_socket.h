// Unix stream sockets.
#ifndef ISULAD_UTILS_OS_UNIX_SOCKET_H_
#define ISULAD_UTILS_OS_UNIX_SOCKET_H_

#include <sys/types.h>

#include <string>
#include <utility>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// Paths longer than sun_path (107 bytes) work: the directory is opened and the socket named through
// /proc/self/fd. The socket is close-on-exec.
// Listening on `path` with `mode`; a file that is there is an error (AlreadyExists).
Result<UniqueFd> ListenUnix(const std::string& path, mode_t mode, int backlog = 64);
// kNotFound where there is no such file, kUnavailable where nobody listens on it.
Result<UniqueFd> ConnectUnix(const std::string& path);
// A connected pair of stream sockets.
Result<std::pair<UniqueFd, UniqueFd>> SocketPair();
// accept4(2), close-on-exec and, where asked, non-blocking. kUnavailable where none waits.
Result<UniqueFd> Accept(int listener, bool non_blocking);
// One descriptor that arrives with a message (SCM_RIGHTS), close-on-exec. kUnavailable where the
// sender has closed the connection, kInvalidArgument where the message carries none.
Result<UniqueFd> ReceiveDescriptor(int socket);

Status SetNonBlocking(int fd);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_UNIX_SOCKET_H_
