#include "utils/os/mountinfo.h"

#include <fcntl.h>
#include <libmount.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "utils/os/file.h"

namespace isulad::os {
namespace {

// Of the thread, because it may have moved to a mount namespace of its own.
constexpr char kMountinfo[] = "thread-self/mountinfo";

struct TableDeleter {
  void operator()(libmnt_table* table) const { mnt_unref_table(table); }
};
struct StreamCloser {
  void operator()(FILE* stream) const { ::fclose(stream); }
};
struct IteratorDeleter {
  void operator()(libmnt_iter* iterator) const { mnt_free_iter(iterator); }
};

std::string OrEmpty(const char* text) { return text != nullptr ? text : ""; }

MountEntry ToEntry(libmnt_fs* fs) {
  MountEntry entry;
  entry.id = static_cast<uint64_t>(mnt_fs_get_id(fs));
  entry.parent_id = static_cast<uint64_t>(mnt_fs_get_parent_id(fs));
  entry.target = OrEmpty(mnt_fs_get_target(fs));
  entry.root = OrEmpty(mnt_fs_get_root(fs));
  entry.type = OrEmpty(mnt_fs_get_fstype(fs));
  entry.source = OrEmpty(mnt_fs_get_source(fs));
  entry.options = OrEmpty(mnt_fs_get_vfs_options(fs));
  entry.superblock_options = OrEmpty(mnt_fs_get_fs_options(fs));
  return entry;
}

Result<struct statx> Statx(int fd, unsigned mask) {
  struct statx status = {};
  if (::statx(fd, "", AT_EMPTY_PATH, mask, &status) != 0) {
    return SystemError(errno, "statx");
  }
  return status;
}

}  // namespace

Result<std::vector<MountEntry>> ReadMountinfo() {
  ASSIGN_OR_RETURN(const UniqueFd proc, Open("/proc", O_PATH | O_DIRECTORY));
  return ReadMountinfo(proc.get());
}

Result<std::vector<MountEntry>> ReadMountinfo(int proc) {
  const std::unique_ptr<libmnt_table, TableDeleter> table(mnt_new_table());
  const std::unique_ptr<libmnt_iter, IteratorDeleter> iterator(mnt_new_iter(MNT_ITER_FORWARD));
  if (table == nullptr || iterator == nullptr) {
    return SystemError(ENOMEM, "read the mount table");
  }
  ASSIGN_OR_RETURN(UniqueFd file, OpenAt(proc, kMountinfo, O_RDONLY));
  const std::unique_ptr<FILE, StreamCloser> stream(::fdopen(file.get(), "r"));
  if (stream == nullptr) {
    return SystemError(errno, "read the mount table");
  }
  static_cast<void>(file.release());  // the stream owns it
  if (const int result = mnt_table_parse_stream(table.get(), stream.get(), kMountinfo);
      result != 0) {
    return SystemError(result < 0 ? -result : EIO, "read the mount table");
  }
  std::vector<MountEntry> entries;
  for (libmnt_fs* fs = nullptr; mnt_table_next_fs(table.get(), iterator.get(), &fs) == 0;) {
    entries.push_back(ToEntry(fs));
  }
  return entries;
}

Result<uint64_t> MountIdOf(int fd) {
  ASSIGN_OR_RETURN(const struct statx status, Statx(fd, STATX_MNT_ID));
  return uint64_t{status.stx_mnt_id};
}

Result<bool> IsMountRoot(int fd) {
  ASSIGN_OR_RETURN(const struct statx status, Statx(fd, 0));
  if ((status.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) == 0) {
    return SystemError(ENOTSUP, "statx does not tell mount roots");
  }
  return (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

}  // namespace isulad::os
