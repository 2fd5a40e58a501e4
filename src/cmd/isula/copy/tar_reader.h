// A tar archive as a copy.
#ifndef ISULAD_CMD_ISULA_COPY_TAR_READER_H_
#define ISULAD_CMD_ISULA_COPY_TAR_READER_H_

#include "utils/archive/entry.h"
#include "utils/base/result.h"

namespace isulad::copy {

// Tells `sink` of the entries of the archive that is read from `fd`, plain or compressed by gzip,
// bzip2, xz or zstd: OnSource, entries, not OnEnd. Entries that would lie outside of where it is
// unpacked (absolute, "..") are kInvalidArgument.
Status ReadTar(int fd, archive::Sink& sink);

}  // namespace isulad::copy

#endif  // ISULAD_CMD_ISULA_COPY_TAR_READER_H_
