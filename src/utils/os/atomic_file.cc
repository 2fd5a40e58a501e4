#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "utils/base/clean_path.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/random.h"
#include "utils/os/retry.h"

namespace isulad::os {
namespace {

// A file under a temporary name, removed unless it is renamed to its final name.
class TemporaryFile {
 public:
  static Result<TemporaryFile> Create(int directory, mode_t mode) {
    // Short, whatever the final name is, so that it never exceeds NAME_MAX.
    std::string name = ".tmp-" + ShortId(RandomId());
    ASSIGN_OR_RETURN(UniqueFd file, OpenAt(directory, name, O_WRONLY | O_CREAT | O_EXCL, 0600));
    TemporaryFile temporary(directory, std::move(name), std::move(file));
    // Not by the mode given to open(), from which the umask removes bits.
    if (::fchmod(temporary.fd(), mode) != 0) {
      return SystemError(errno, "chmod");
    }
    return temporary;
  }

  TemporaryFile(TemporaryFile&& other) noexcept
      : directory_(other.directory_),
        name_(std::exchange(other.name_, {})),
        file_(std::move(other.file_)) {}
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile() {
    if (!name_.empty()) {
      ::unlinkat(directory_, name_.c_str(), 0);
    }
  }

  int fd() const { return file_.get(); }

  Status RenameTo(const std::string& name) {
    if (::renameat(directory_, name_.c_str(), directory_, name.c_str()) != 0) {
      return SystemError(errno, "rename");
    }
    name_.clear();
    return OkStatus();
  }

 private:
  TemporaryFile(int directory, std::string name, UniqueFd file)
      : directory_(directory), name_(std::move(name)), file_(std::move(file)) {}

  int directory_;
  std::string name_;
  UniqueFd file_;
};

Status SyncDescriptor(int fd) {
  if (RetryOnEintr([fd] { return ::fsync(fd); }) != 0) {
    return SystemError(errno, "sync");
  }
  return OkStatus();
}

Status Replace(int directory, const std::string& name, std::string_view data, mode_t mode,
               Sync sync) {
  ASSIGN_OR_RETURN(TemporaryFile temporary, TemporaryFile::Create(directory, mode));
  RETURN_IF_ERROR(WriteAll(temporary.fd(), data));
  if (sync == Sync::kDurable) {
    RETURN_IF_ERROR(SyncDescriptor(temporary.fd()));
  }
  RETURN_IF_ERROR(temporary.RenameTo(name));
  return sync == Sync::kDurable ? SyncDirectory(directory) : OkStatus();
}

}  // namespace

Status WriteFileAtomicAt(int directory, const std::string& name, std::string_view data, mode_t mode,
                         Sync sync) {
  Status status = Replace(directory, name, data, mode, sync);
  if (!status) {
    return std::move(status).error().AddContext("replace " + Quote(name));
  }
  return status;
}

Status WriteFileAtomic(const std::string& path, std::string_view data, mode_t mode, Sync sync) {
  const size_t slash = path.rfind('/');
  const std::string parent = slash == std::string::npos ? "." : std::string(ParentPath(path));
  ASSIGN_OR_RETURN(const UniqueFd directory, Open(parent, O_RDONLY | O_DIRECTORY));
  Status status = WriteFileAtomicAt(directory.get(), std::string(BaseName(path)), data, mode, sync);
  if (!status) {
    return std::move(status).error().AddContext("in " + Quote(parent));
  }
  return status;
}

Status SyncDirectory(int directory) { return SyncDescriptor(directory); }

}  // namespace isulad::os
