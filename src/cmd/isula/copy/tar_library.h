// libarchive, loaded when first needed: it brings along sixteen libraries, which every other
// command would pay for at its start. Internal to this folder.
#ifndef ISULAD_CMD_ISULA_COPY_TAR_LIBRARY_H_
#define ISULAD_CMD_ISULA_COPY_TAR_LIBRARY_H_

#include <archive.h>
#include <archive_entry.h>

#include "utils/base/result.h"

// Every function of the library that is used.
#define ISULAD_TAR_FUNCTIONS(X)            \
  X(archive_entry_clear)                   \
  X(archive_entry_filetype)                \
  X(archive_entry_free)                    \
  X(archive_entry_gid)                     \
  X(archive_entry_hardlink)                \
  X(archive_entry_mtime)                   \
  X(archive_entry_mtime_nsec)              \
  X(archive_entry_new)                     \
  X(archive_entry_pathname)                \
  X(archive_entry_perm)                    \
  X(archive_entry_rdevmajor)               \
  X(archive_entry_rdevminor)               \
  X(archive_entry_set_filetype)            \
  X(archive_entry_set_gid)                 \
  X(archive_entry_set_hardlink)            \
  X(archive_entry_set_mtime)               \
  X(archive_entry_set_pathname)            \
  X(archive_entry_set_perm)                \
  X(archive_entry_set_rdevmajor)           \
  X(archive_entry_set_rdevminor)           \
  X(archive_entry_set_size)                \
  X(archive_entry_set_symlink)             \
  X(archive_entry_set_uid)                 \
  X(archive_entry_size)                    \
  X(archive_entry_sparse_add_entry)        \
  X(archive_entry_symlink)                 \
  X(archive_entry_uid)                     \
  X(archive_entry_xattr_add_entry)         \
  X(archive_entry_xattr_next)              \
  X(archive_entry_xattr_reset)             \
  X(archive_error_string)                  \
  X(archive_read_data_block)               \
  X(archive_read_free)                     \
  X(archive_read_new)                      \
  X(archive_read_next_header)              \
  X(archive_read_open_fd)                  \
  X(archive_read_support_filter_bzip2)     \
  X(archive_read_support_filter_gzip)      \
  X(archive_read_support_filter_xz)        \
  X(archive_read_support_filter_zstd)      \
  X(archive_read_support_format_empty)     \
  X(archive_read_support_format_tar)       \
  X(archive_write_close)                   \
  X(archive_write_data)                    \
  X(archive_write_free)                    \
  X(archive_write_header)                  \
  X(archive_write_new)                     \
  X(archive_write_open)                    \
  X(archive_write_set_bytes_in_last_block) \
  X(archive_write_set_format_option)       \
  X(archive_write_set_format_pax)

namespace isulad::copy {

struct TarLibrary {
#define ISULAD_TAR_MEMBER(name) decltype(&::name) name = nullptr;
  ISULAD_TAR_FUNCTIONS(ISULAD_TAR_MEMBER)
#undef ISULAD_TAR_MEMBER
};

// Whether a call has done its work. ARCHIVE_RETRY, for one, is greater than ARCHIVE_WARN, but its
// entry cannot be used at all.
inline bool IsUsable(int result) { return result == ARCHIVE_OK || result == ARCHIVE_WARN; }

// kFailedPrecondition if the library is not installed. It stays loaded.
Result<const TarLibrary*> LoadTarLibrary();

}  // namespace isulad::copy

#endif  // ISULAD_CMD_ISULA_COPY_TAR_LIBRARY_H_
