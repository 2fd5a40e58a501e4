// Reads a tree of files that others may change at the same time, and whose contents are not
// trusted.
//
// No link is followed. FIFOs, sockets and devices are never opened: a file is opened through the
// descriptor that was examined. Contents of the kernel's own file systems (/proc, /sys) are left
// out. Not thread-safe.
#ifndef ISULAD_UTILS_ARCHIVE_PACK_H_
#define ISULAD_UTILS_ARCHIVE_PACK_H_

#include "utils/archive/entry.h"
#include "utils/base/result.h"

namespace isulad::archive {

struct PackOptions {
  int descriptors = -1;    // from OpenDescriptors(), borrowed
  bool one_mount = false;  // leave out mounts inside the tree; the mount points are empty
};

// Passes the entries of `fd` (O_PATH) to `sink`, first the tree itself, with the path "". Files
// that disappear during the copy are left out. A file that shrinks is padded with zeros by the
// receiver; of one that grows only the first part is sent. Anything below `fd` that cannot be read,
// has too long a path or lies too deep is left out with a notice. Errors name the path; errors of
// the sink are returned as they are.
Status Pack(int fd, const PackOptions& options, Sink& sink);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_PACK_H_
