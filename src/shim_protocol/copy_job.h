// The input of a copy worker: its arguments, and descriptors with fixed numbers. A worker is a
// process `isulad-shim --copy` that enters a container before it looks at any path.
#ifndef ISULAD_SHIM_PROTOCOL_COPY_JOB_H_
#define ISULAD_SHIM_PROTOCOL_COPY_JOB_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::shim {

enum class CopyVerb { kFrom, kTo, kExport };

// How the worker reaches the files.
enum class CopyPlace {
  kDirectory,        // only the root is needed: for a container that does not run
  kUserNamespace,    // like kDirectory, with the ids of a user namespace
  kProcess,          // in the mount namespace of the container's first process
  kRemappedProcess,  // and in its user namespace
};

struct CopyJob {
  CopyVerb verb = CopyVerb::kFrom;
  CopyPlace place = CopyPlace::kDirectory;
  bool follow_link = false;  // kFrom: a link at the end of the path
  bool archive = false;      // kTo: keep owners and attributes that grant rights
  std::string path;          // in the container; empty for kExport
  friend bool operator==(const CopyJob&, const CopyJob&) = default;
};

// Standard input and output carry the copy (utils/archive/stream.h), and for kTo the notices and
// the outcome.
inline constexpr int kCopyLifeDescriptor = 3;   // a pipe; the other end closes with the daemon
inline constexpr int kCopyRootDescriptor = 4;   // O_PATH
inline constexpr int kCopyPlaceDescriptor = 5;  // a user namespace, or a pidfd; none for kDirectory

inline constexpr char kCopyArgument[] = "--copy";

// argv without the program.
std::vector<std::string> ToArguments(const CopyJob& job);
// kInvalidArgument if `arguments` could not come from ToArguments.
Result<CopyJob> CopyJobFromArguments(const std::vector<std::string>& arguments);

}  // namespace isulad::shim

#endif  // ISULAD_SHIM_PROTOCOL_COPY_JOB_H_
