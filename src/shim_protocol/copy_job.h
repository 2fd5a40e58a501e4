// What a copy worker is told: by its arguments, and by descriptors with numbers of their own. A
// worker is `isulad-shim --copy`, a process that enters a container before it looks at any path.
#ifndef ISULAD_SHIM_PROTOCOL_COPY_JOB_H_
#define ISULAD_SHIM_PROTOCOL_COPY_JOB_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::shim {

enum class CopyVerb { kFrom, kTo, kExport };

// How it gets to the files.
enum class CopyPlace {
  kDirectory,        // the root is all: of a container that does not run
  kUserNamespace,    // the same, with the ids of a user namespace
  kProcess,          // in the mount namespace of the container's first process
  kRemappedProcess,  // and in its user namespace
};

struct CopyJob {
  CopyVerb verb = CopyVerb::kFrom;
  CopyPlace place = CopyPlace::kDirectory;
  bool follow_link = false;  // kFrom: a link at the end of the path
  bool archive = false;      // kTo: owners and what gives rights as they are
  std::string path;          // in the container; empty for kExport
  friend bool operator==(const CopyJob&, const CopyJob&) = default;
};

// Standard input and output carry the copy (utils/archive/stream.h), and for kTo the notices and
// the outcome.
inline constexpr int kCopyLifeDescriptor = 3;   // a pipe whose other end dies with the daemon
inline constexpr int kCopyRootDescriptor = 4;   // O_PATH
inline constexpr int kCopyPlaceDescriptor = 5;  // a user namespace, or a pidfd; none for kDirectory

inline constexpr char kCopyArgument[] = "--copy";

// argv, without the program.
std::vector<std::string> ToArguments(const CopyJob& job);
// kInvalidArgument where they are none that ToArguments makes.
Result<CopyJob> CopyJobFromArguments(const std::vector<std::string>& arguments);

}  // namespace isulad::shim

#endif  // ISULAD_SHIM_PROTOCOL_COPY_JOB_H_
