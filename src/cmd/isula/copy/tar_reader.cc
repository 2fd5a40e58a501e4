#include "cmd/isula/copy/tar_reader.h"

#include <sys/stat.h>

#include <optional>
#include <string>
#include <utility>

#include "cmd/isula/copy/tar_library.h"
#include "utils/base/strings.h"

namespace isulad::copy {
namespace {

constexpr size_t kBlock = 64u << 10;

class TarReader {
 public:
  TarReader(const TarLibrary& tar, archive::Sink& sink)
      : tar_(tar), sink_(sink), archive_(tar.archive_read_new()) {}
  ~TarReader() { tar_.archive_read_free(archive_); }
  TarReader(const TarReader&) = delete;
  TarReader& operator=(const TarReader&) = delete;

  Status Run(int fd) {
    tar_.archive_read_support_format_tar(archive_);
    tar_.archive_read_support_format_empty(archive_);
    tar_.archive_read_support_filter_gzip(archive_);
    tar_.archive_read_support_filter_bzip2(archive_);
    tar_.archive_read_support_filter_xz(archive_);
    tar_.archive_read_support_filter_zstd(archive_);
    if (tar_.archive_read_open_fd(archive_, fd, kBlock) != ARCHIVE_OK) {
      return Failed();
    }
    for (;;) {
      ::archive_entry* entry = nullptr;
      const int result = tar_.archive_read_next_header(archive_, &entry);
      if (result == ARCHIVE_EOF) {
        return OkStatus();
      }
      if (!IsUsable(result)) {
        return Failed();
      }
      RETURN_IF_ERROR(TakeEntry(entry));
    }
  }

 private:
  Error Failed() const {
    const char* reason = tar_.archive_error_string(archive_);
    return InvalidArgument("read a tar archive: " +
                           std::string(reason == nullptr ? "it is damaged" : reason));
  }

  static std::optional<archive::Type> TypeOf(mode_t format) {
    switch (format) {
      case S_IFREG:
        return archive::Type::kFile;
      case S_IFDIR:
        return archive::Type::kDirectory;
      case S_IFLNK:
        return archive::Type::kSymbolicLink;
      case S_IFCHR:
        return archive::Type::kCharacterDevice;
      case S_IFBLK:
        return archive::Type::kBlockDevice;
      case S_IFIFO:
        return archive::Type::kFifo;
      default:
        return std::nullopt;
    }
  }

  Status TakeEntry(::archive_entry* entry) {
    archive::Entry taken;
    const char* path = tar_.archive_entry_pathname(entry);
    if (path == nullptr) {
      return Failed();
    }
    ASSIGN_OR_RETURN(taken.path, archive::CleanEntryPath(path));
    const char* hard_link = tar_.archive_entry_hardlink(entry);
    const auto type = TypeOf(tar_.archive_entry_filetype(entry));
    if (hard_link != nullptr) {
      taken.type = archive::Type::kHardLink;
      ASSIGN_OR_RETURN(taken.target, archive::CleanEntryPath(hard_link));
    } else if (type) {
      taken.type = *type;
    } else {
      return sink_.OnNotice("left out " + Quote(path) + ", of an unknown type");
    }
    TakeAttributes(entry, taken);
    RETURN_IF_ERROR(sink_.OnEntry(taken));
    return taken.type == archive::Type::kFile ? TakeData() : OkStatus();
  }

  void TakeAttributes(::archive_entry* entry, archive::Entry& taken) const {
    taken.mode = tar_.archive_entry_perm(entry) & 07777;
    taken.uid = static_cast<uint32_t>(tar_.archive_entry_uid(entry));
    taken.gid = static_cast<uint32_t>(tar_.archive_entry_gid(entry));
    taken.mtime_seconds = tar_.archive_entry_mtime(entry);
    taken.mtime_nanoseconds = static_cast<uint32_t>(tar_.archive_entry_mtime_nsec(entry));
    if (taken.type == archive::Type::kFile) {
      taken.size = static_cast<uint64_t>(tar_.archive_entry_size(entry));
    }
    if (const char* target = tar_.archive_entry_symlink(entry);
        target != nullptr && taken.type == archive::Type::kSymbolicLink) {
      taken.target = target;
    }
    taken.major = static_cast<uint32_t>(tar_.archive_entry_rdevmajor(entry));
    taken.minor = static_cast<uint32_t>(tar_.archive_entry_rdevminor(entry));
    tar_.archive_entry_xattr_reset(entry);
    const char* name = nullptr;
    const void* value = nullptr;
    size_t size = 0;
    while (tar_.archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK) {
      taken.xattrs.emplace_back(name, std::string(static_cast<const char*>(value), size));
    }
  }

  Status TakeData() {
    for (;;) {
      const void* bytes = nullptr;
      size_t size = 0;
      la_int64_t offset = 0;
      const int result = tar_.archive_read_data_block(archive_, &bytes, &size, &offset);
      if (result == ARCHIVE_EOF) {
        return OkStatus();
      }
      if (!IsUsable(result)) {
        return Failed();
      }
      RETURN_IF_ERROR(sink_.OnData(static_cast<uint64_t>(offset),
                                   std::string_view(static_cast<const char*>(bytes), size)));
    }
  }

  const TarLibrary& tar_;
  archive::Sink& sink_;
  ::archive* const archive_;
};

}  // namespace

Status ReadTar(int fd, archive::Sink& sink) {
  ASSIGN_OR_RETURN(const TarLibrary* tar, LoadTarLibrary());
  archive::Source source;
  source.directory = true;
  source.contents = true;
  source.tar = true;
  RETURN_IF_ERROR(sink.OnSource(source));
  return TarReader(*tar, sink).Run(fd);
}

}  // namespace isulad::copy
