// What is copied: entries of a tree of files, in the order in which they can be made, and who takes
// them. Values; nothing here touches a file.
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
  // Relative to what is copied, components separated by single slashes; empty: the thing itself.
  std::string path;
  Type type = Type::kFile;
  uint32_t mode = 0;  // permissions with set-user-id, set-group-id and sticky
  uint32_t uid = 0;   // numbers only: names are nobody's business but of who has a passwd file
  uint32_t gid = 0;
  int64_t mtime_seconds = 0;
  uint32_t mtime_nanoseconds = 0;
  uint64_t size = 0;   // of a file, bytes
  std::string target;  // of a symbolic link, as it stands; of a hard link, a path like `path`
  uint32_t major = 0;  // of a device
  uint32_t minor = 0;
  std::vector<std::pair<std::string, std::string>> xattrs;
  // Where the data of a file with holes is; empty: everywhere.
  std::vector<Extent> extents;
  friend bool operator==(const Entry&, const Entry&) = default;
};

// What stands at the beginning of a copy: what is copied, for who places it.
struct Source {
  std::string name;        // its last component; empty: it has none (the root)
  bool directory = false;  // after links that were to be followed
  bool contents = false;   // of a directory: what is in it, not itself (SRC/.)
  bool tar = false;        // entries of a tar archive: the place must be a directory
  uint64_t total = 0;      // bytes that are to come, where that is known
  friend bool operator==(const Source&, const Source&) = default;
};

// Takes a copy piece by piece: OnSource, then entries, each of a file followed by its data, OnEnd.
// An error ends it. Not thread-safe.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Status OnSource(const Source& source) = 0;
  virtual Status OnEntry(const Entry& entry) = 0;
  // Of the last entry. What no call gives is zeros.
  virtual Status OnData(uint64_t offset, std::string_view bytes) = 0;
  // Something was left out, and the copy goes on: a line for the user.
  virtual Status OnNotice(std::string_view line) = 0;
  virtual Status OnEnd() = 0;
};

// Longer paths of entries are not taken.
inline constexpr size_t kMaxEntryPath = 64u << 10;

// `path` without empty and "." components and a trailing slash. kInvalidArgument where it is
// absolute, has a ".." or a zero byte, or is longer than a path may be: an archive from somebody
// else must not name what lies outside of its place.
Result<std::string> CleanEntryPath(std::string_view path);

// How deep directories may lie in what is copied: each that is open costs a descriptor.
inline constexpr size_t kMaxDepth = 400;

// Data is passed in pieces of at most so many bytes.
inline constexpr size_t kMaxPiece = 64u << 10;

// Which attributes are copied: those of users, and with `privileged` what gives rights.
bool IsCopiedXattr(std::string_view name, bool privileged);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_ENTRY_H_
