// Files and directories: whole reads, atomic writes, removal that never crosses a mount or follows
// a link. All descriptors are opened close-on-exec; EINTR is retried. Errors carry the errno and
// the path.
#ifndef ISULAD_UTILS_OS_FILE_H_
#define ISULAD_UTILS_OS_FILE_H_

#include <fcntl.h>
#include <sys/types.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

inline constexpr size_t kMaxFileBytes = 16u << 20;

// open(2) with O_CLOEXEC added.
Result<UniqueFd> Open(const std::string& path, int flags, mode_t mode = 0);
// openat(2) with O_CLOEXEC added.
Result<UniqueFd> OpenAt(int directory, const std::string& path, int flags, mode_t mode = 0);

// Reads the whole file. kResourceExhausted if it has more than `limit` bytes.
Result<std::string> ReadFile(const std::string& path, size_t limit = kMaxFileBytes);
Result<std::string> ReadFileAt(int directory, const std::string& name,
                               size_t limit = kMaxFileBytes);
// Reads `fd` to its end.
Result<std::string> ReadAll(int fd, size_t limit = kMaxFileBytes);
// Writes all of `data`, in as many calls as it takes. For blocking descriptors.
Status WriteAll(int fd, std::string_view data);

enum class Sync {
  kNone,     // survives the death of the process, not a power cut
  kDurable,  // file and directory are synced: when it returns, a power cut loses nothing
};

// Replaces `directory`/`name` by a file of `mode` with `data`: writes a temporary file and renames
// it. Readers see the old file or the new one. On error the old file stays and no temporary file is
// left, except that a failed sync of the directory is reported after the rename.
Status WriteFileAtomicAt(int directory, const std::string& name, std::string_view data, mode_t mode,
                         Sync sync);
Status WriteFileAtomic(const std::string& path, std::string_view data, mode_t mode, Sync sync);
// Writes into an existing file (of sysfs, cgroupfs, procfs): one write(2), no O_CREAT, no O_TRUNC.
Status WriteKernelFile(const std::string& path, std::string_view data);
Status WriteKernelFileAt(int directory, const std::string& name, std::string_view data);

// fsync(2) of a directory.
Status SyncDirectory(int directory);

// mkdir -p; new directories get `mode`. Path components that exist must be directories.
Status MakeDirectories(const std::string& path, mode_t mode);
// The names in a directory without "." and "..", sorted.
Result<std::vector<std::string>> ListDirectory(const std::string& path);
Result<std::vector<std::string>> ListDirectoryAt(int directory, const std::string& name);
bool PathExists(const std::string& path);  // by lstat(2), so a dangling link exists

// Removes `name` in `directory` and everything beneath it. Never follows a link and never enters
// another mount, but stops there with kFailedPrecondition (EXDEV). Succeeds if `name` does not
// exist.
Status RemoveTreeAt(int directory, const std::string& name);
Status RemoveTree(const std::string& path);

// Extended attributes through a descriptor that may be O_PATH. GetXattr: kNotFound if the attribute
// is not set.
Status SetXattr(int fd, const std::string& name, std::string_view value);
Result<std::string> GetXattr(int fd, const std::string& name);

// Reopens an O_PATH descriptor (through /proc/self/fd).
Result<UniqueFd> Reopen(int path_fd, int flags);
Result<UniqueFd> Duplicate(int fd);
// The kernel's path of a descriptor (readlink of /proc/self/fd/N).
Result<std::string> DescriptorPath(int fd);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_FILE_H_
