// Where a copy goes: the rules that people know from `docker cp`.
//
//     the destination     a file is copied          a directory is copied        SRC/. is copied
//     is not there        to it                     to it                        to it
//     ... and ends in /   refused                   to it                        to it
//     is a file           over it                   refused                      refused
//     is something else   refused                   refused                      refused
//     is a directory      into it                   into it                      into it, what is
//     in SRC
//
// The directory above the destination has to be there. A link at the end is followed.
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
  // What the thing that is copied is called in it; empty: it is the directory.
  std::string name;
  std::string shown;  // the directory as the user knows it
};

// kFailedPrecondition and kNotFound with a line for the user where `source` cannot be copied to
// `path`. The directory is the one that the path led to at one moment; what is made in it later is
// made by descriptor.
Result<Destination> FindDestination(const Tree& tree, const std::string& path,
                                    const Source& source);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_DESTINATION_H_
