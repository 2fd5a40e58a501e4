// Where the data of a file with holes is. Internal to this folder.
#ifndef ISULAD_UTILS_ARCHIVE_EXTENTS_H_
#define ISULAD_UTILS_ARCHIVE_EXTENTS_H_

#include <cstdint>
#include <vector>

#include "utils/archive/entry.h"

namespace isulad::archive {

// Of the first `size` bytes of `fd`, which may have become longer or shorter meanwhile: ascending,
// none empty but for {size, 0} where all is a hole. Empty where that cannot be told: all of it is
// to be read.
std::vector<Extent> FindExtents(int fd, uint64_t size);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_EXTENTS_H_
