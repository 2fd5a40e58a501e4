// The destination of a copy, by the rules that people know from `docker cp`.
//
//     the destination     a file is copied     a directory is copied     SRC/. is copied
//     does not exist      to it                to it                     to it
//     ... and ends in /   refused              to it                     to it
//     is a file           over it              refused                   refused
//     is something else   refused              refused                   refused
//     is a directory      into it              into it                   its contents into it
//
// The parent directory of the destination must exist. A link at the end of the path is followed.
#ifndef ISULAD_UTILS_ARCHIVE_DESTINATION_H_
#define ISULAD_UTILS_ARCHIVE_DESTINATION_H_

#include <string>

#include "utils/archive/entry.h"
#include "utils/archive/tree.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::archive {

struct Destination {
  os::UniqueFd directory;  // O_PATH
  // The name of the copy in the directory; empty: the copy is the directory itself.
  std::string name;
  std::string shown;  // the path of the directory as shown to the user
};

// kFailedPrecondition and kNotFound, with a line for the user, if `source` cannot be copied to
// `path`. The directory is the one that the path led to at one moment; later files in it are
// created by descriptor.
Result<Destination> FindDestination(const Tree& tree, const std::string& path,
                                    const Source& source);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_DESTINATION_H_
