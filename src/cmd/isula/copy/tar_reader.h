// Reads a tar archive as a copy.
#ifndef ISULAD_CMD_ISULA_COPY_TAR_READER_H_
#define ISULAD_CMD_ISULA_COPY_TAR_READER_H_

#include "utils/archive/entry.h"
#include "utils/base/result.h"

namespace isulad::copy {

// Passes the entries of the archive read from `fd`, plain or compressed by gzip, bzip2, xz or zstd,
// to `sink`: OnSource() and the entries, but not OnEnd(). kInvalidArgument for entries that would
// lie outside of the directory they are unpacked in (absolute, "..").
Status ReadTar(int fd, archive::Sink& sink);

}  // namespace isulad::copy

#endif  // ISULAD_CMD_ISULA_COPY_TAR_READER_H_
