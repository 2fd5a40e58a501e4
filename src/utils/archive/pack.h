// Reading a tree of files that others may change meanwhile, and whose contents are nobody's friend.
//
// No link is followed; FIFOs, sockets and devices are never opened: a file is opened through the
// descriptor of what was looked at. What is on a file system of the kernel's own (/proc, /sys) is
// left out. Not thread-safe.
#ifndef ISULAD_UTILS_ARCHIVE_PACK_H_
#define ISULAD_UTILS_ARCHIVE_PACK_H_

#include "utils/archive/entry.h"
#include "utils/base/result.h"

namespace isulad::archive {

struct PackOptions {
  int descriptors = -1;    // of OpenDescriptors(), borrowed
  bool one_mount = false;  // leave out what is mounted in it; the mount points are empty
};

// Tells `sink` of the entries of `fd` (O_PATH), itself at first, with the path "". What goes away
// meanwhile is left out; a file that shrinks meanwhile is filled up with zeros by who makes it, of
// one that grows its first part is sent. What below `fd` may not be read, or has too long a path
// or lies too deep, is left out with a notice. Errors name the path, and are those of the sink.
Status Pack(int fd, const PackOptions& options, Sink& sink);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_PACK_H_
