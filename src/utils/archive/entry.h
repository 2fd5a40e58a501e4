// The contents of a copy: the entries of a tree of files, in the order in which they can be
// created, and the interface that consumes them. Values; nothing here touches a file.
#ifndef ISULAD_UTILS_ARCHIVE_ENTRY_H_
#define ISULAD_UTILS_ARCHIVE_ENTRY_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "utils/base/result.h"

namespace isulad::archive {

enum class Type : uint8_t {
  kFile = 1,
  kDirectory = 2,
  kSymbolicLink = 3,
  kHardLink = 4,
  kCharacterDevice = 5,
  kBlockDevice = 6,
  kFifo = 7,
};

struct Extent {
  uint64_t offset = 0;
  uint64_t length = 0;
  friend bool operator==(const Extent&, const Extent&) = default;
};

struct Entry {
  // Relative to the source of the copy, components separated by single slashes; empty: the source
  // itself.
  std::string path;
  Type type = Type::kFile;
  uint32_t mode = 0;  // permissions with set-user-id, set-group-id and sticky
  uint32_t uid = 0;   // numeric only: names are left to those who have a passwd file
  uint32_t gid = 0;
  int64_t mtime_seconds = 0;
  uint32_t mtime_nanoseconds = 0;
  uint64_t size = 0;   // of a file, bytes
  std::string target;  // of a symbolic link, verbatim; of a hard link, a path like `path`
  uint32_t major = 0;  // of a device
  uint32_t minor = 0;
  std::vector<std::pair<std::string, std::string>> xattrs;
  // The ranges of data in a file with holes; empty: the whole file.
  std::vector<Extent> extents;
  friend bool operator==(const Entry&, const Entry&) = default;
};

// Sent at the beginning of a copy: tells the receiver what is copied.
struct Source {
  std::string name;        // the last component; empty: there is none (the root)
  bool directory = false;  // after following the links that had to be followed
  bool contents = false;   // of a directory: its contents, not itself (SRC/.)
  bool tar = false;        // entries of a tar archive: the destination must be a directory
  uint64_t total = 0;      // bytes to come, if known
  friend bool operator==(const Source&, const Source&) = default;
};

// Consumes a copy piece by piece: OnSource, then entries (each file followed by its data), then
// OnEnd. An error ends the copy. Not thread-safe.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Status OnSource(const Source& source) = 0;
  virtual Status OnEntry(const Entry& entry) = 0;
  // Data of the last entry. Ranges for which there is no call are zeros.
  virtual Status OnData(uint64_t offset, std::string_view bytes) = 0;
  // Something was left out and the copy continues: a line for the user.
  virtual Status OnNotice(std::string_view line) = 0;
  virtual Status OnEnd() = 0;
};

// The longest path of an entry that is accepted, in bytes.
inline constexpr size_t kMaxEntryPath = 64u << 10;

// `path` without empty and "." components and a trailing slash. kInvalidArgument if it is absolute,
// contains ".." or a zero byte, or is longer than the limit: an archive from elsewhere must not
// name files outside of its destination.
Result<std::string> CleanEntryPath(std::string_view path);

// The maximum depth of directories in a copy: each open directory costs a descriptor.
inline constexpr size_t kMaxDepth = 400;

// The largest piece of data that is passed at once, in bytes.
inline constexpr size_t kMaxPiece = 64u << 10;

// Whether an extended attribute is copied: those of users are, and with `privileged` also those
// that grant rights.
bool IsCopiedXattr(std::string_view name, bool privileged);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_ENTRY_H_
