// The ranges of data in a file with holes. Internal to this folder.
#ifndef ISULAD_UTILS_ARCHIVE_EXTENTS_H_
#define ISULAD_UTILS_ARCHIVE_EXTENTS_H_

#include <cstdint>
#include <vector>

#include "utils/archive/entry.h"

namespace isulad::archive {

// The data in the first `size` bytes of `fd`, whose length may have changed in the meantime. The
// extents are ascending, and none is empty except {size, 0} if everything is a hole. An empty list
// means that the extents cannot be determined: the whole file must be read.
std::vector<Extent> FindExtents(int fd, uint64_t size);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_EXTENTS_H_
