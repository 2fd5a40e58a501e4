// Unix stream sockets.
#ifndef ISULAD_UTILS_OS_UNIX_SOCKET_H_
#define ISULAD_UTILS_OS_UNIX_SOCKET_H_

#include <sys/types.h>

#include <string>
#include <utility>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// Paths longer than sun_path (107 bytes) work: the directory is opened and the socket is addressed
// through /proc/self/fd. The socket is close-on-exec.
// Listens on `path` with `mode`. kAlreadyExists if the file exists.
Result<UniqueFd> ListenUnix(const std::string& path, mode_t mode, int backlog = 64);
// kNotFound if there is no such file, kUnavailable if nobody listens on it.
Result<UniqueFd> ConnectUnix(const std::string& path);
// A connected pair of stream sockets.
Result<std::pair<UniqueFd, UniqueFd>> SocketPair();
// accept4(2), close-on-exec and, if requested, non-blocking. kUnavailable if no connection is
// pending.
Result<UniqueFd> Accept(int listener, bool non_blocking);
// Receives one descriptor that arrives with a message (SCM_RIGHTS), close-on-exec. kUnavailable if
// the sender has closed the connection, kInvalidArgument if the message carries no descriptor.
Result<UniqueFd> ReceiveDescriptor(int socket);

Status SetNonBlocking(int fd);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_UNIX_SOCKET_H_
