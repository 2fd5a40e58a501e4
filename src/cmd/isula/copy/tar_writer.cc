#include "cmd/isula/copy/tar_writer.h"

#include <sys/stat.h>

#include <algorithm>
#include <string>
#include <utility>

#include "cmd/isula/copy/tar_library.h"
#include "utils/base/strings.h"

namespace isulad::copy {
namespace {

using Notice = std::function<Status(std::string_view line)>;

mode_t FormatOf(archive::Type type) {
  switch (type) {
    case archive::Type::kDirectory:
      return S_IFDIR;
    case archive::Type::kSymbolicLink:
      return S_IFLNK;
    case archive::Type::kCharacterDevice:
      return S_IFCHR;
    case archive::Type::kBlockDevice:
      return S_IFBLK;
    case archive::Type::kFifo:
      return S_IFIFO;
    default:
      return S_IFREG;
  }
}

class TarWriter final : public archive::Sink {
 public:
  TarWriter(const TarLibrary& tar, Writer writer, Notice notice)
      : tar_(tar),
        writer_(std::move(writer)),
        notice_(std::move(notice)),
        archive_(tar.archive_write_new()),
        entry_(tar.archive_entry_new()),
        zeros_(archive::kMaxPiece, '\0') {}
  ~TarWriter() override {
    written_ = Internal("abandoned");  // the library writes an end of archive even after a failure
    tar_.archive_entry_free(entry_);
    tar_.archive_write_free(archive_);
  }

  Status Open() {
    tar_.archive_write_set_format_pax(archive_);
    // The form that other tars use, instead of two forms at once.
    tar_.archive_write_set_format_option(archive_, nullptr, "xattrheader", "SCHILY");
    tar_.archive_write_set_bytes_in_last_block(archive_, 1);
    return Check(tar_.archive_write_open(archive_, this, nullptr, &TarWriter::OnBytes, nullptr));
  }

  Status OnSource(const archive::Source& source) override {
    prefix_ = source.contents ? std::string() : source.name;
    return OkStatus();
  }

  Status OnEntry(const archive::Entry& entry) override {
    RETURN_IF_ERROR(FinishFile());
    const std::string path = Join(entry.path);
    if (path.empty()) {
      return OkStatus();  // contents only: the directory they are unpacked in must not change
    }
    Describe(entry, path);
    size_ = entry.type == archive::Type::kFile ? entry.size : 0;
    position_ = 0;
    return Check(tar_.archive_write_header(archive_, entry_));
  }

  Status OnData(uint64_t offset, std::string_view bytes) override {
    if (offset < position_ || offset > size_ || bytes.size() > size_ - offset) {
      return Error(Code::kDataLoss, "the copy came damaged: data out of order");
    }
    RETURN_IF_ERROR(FillTo(offset));
    return Write(bytes);
  }

  Status OnNotice(std::string_view line) override { return notice_(line); }

  Status OnEnd() override {
    RETURN_IF_ERROR(FinishFile());
    return Check(tar_.archive_write_close(archive_));
  }

 private:
  static la_ssize_t OnBytes(::archive*, void* self, const void* bytes, size_t size) {
    TarWriter& writer = *static_cast<TarWriter*>(self);
    if (writer.written_) {
      writer.written_ = writer.writer_(std::string_view(static_cast<const char*>(bytes), size));
    }
    return writer.written_ ? static_cast<la_ssize_t>(size) : -1;
  }

  // The result of the last write: an error of `writer_` is the more useful one.
  Status Check(int result) const {
    if (!written_) {
      return written_;
    }
    if (IsUsable(result)) {
      return OkStatus();
    }
    const char* reason = tar_.archive_error_string(archive_);
    return Internal("write a tar archive: " + std::string(reason == nullptr ? "" : reason));
  }

  std::string Join(const std::string& path) const {
    return prefix_.empty() || path.empty() ? prefix_ + path : prefix_ + "/" + path;
  }

  void Describe(const archive::Entry& entry, const std::string& path) {
    tar_.archive_entry_clear(entry_);
    tar_.archive_entry_set_pathname(entry_, path.c_str());
    tar_.archive_entry_set_filetype(entry_, FormatOf(entry.type));
    tar_.archive_entry_set_perm(entry_, entry.mode);
    tar_.archive_entry_set_uid(entry_, entry.uid);
    tar_.archive_entry_set_gid(entry_, entry.gid);
    tar_.archive_entry_set_mtime(entry_, entry.mtime_seconds, entry.mtime_nanoseconds);
    tar_.archive_entry_set_size(entry_, 0);
    if (entry.type == archive::Type::kFile) {
      tar_.archive_entry_set_size(entry_, static_cast<la_int64_t>(entry.size));
    } else if (entry.type == archive::Type::kSymbolicLink) {
      tar_.archive_entry_set_symlink(entry_, entry.target.c_str());
    } else if (entry.type == archive::Type::kHardLink) {
      tar_.archive_entry_set_hardlink(entry_, Join(entry.target).c_str());
    }
    tar_.archive_entry_set_rdevmajor(entry_, entry.major);
    tar_.archive_entry_set_rdevminor(entry_, entry.minor);
    for (const auto& [name, value] : entry.xattrs) {
      tar_.archive_entry_xattr_add_entry(entry_, name.c_str(), value.data(), value.size());
    }
    for (const archive::Extent& extent : entry.extents) {
      tar_.archive_entry_sparse_add_entry(entry_, static_cast<la_int64_t>(extent.offset),
                                          static_cast<la_int64_t>(extent.length));
    }
  }

  // The library leaves holes out, but must be given their zeros.
  Status FillTo(uint64_t offset) {
    while (position_ < offset) {
      RETURN_IF_ERROR(Write(std::string_view(zeros_).substr(
          0, std::min<uint64_t>(zeros_.size(), offset - position_))));
    }
    return OkStatus();
  }

  Status Write(std::string_view bytes) {
    position_ += bytes.size();
    while (!bytes.empty()) {
      const la_ssize_t count = tar_.archive_write_data(archive_, bytes.data(), bytes.size());
      if (count <= 0) {
        RETURN_IF_ERROR(Check(ARCHIVE_FATAL));
      }
      bytes.remove_prefix(std::min(bytes.size(), static_cast<size_t>(count)));
    }
    return OkStatus();
  }

  Status FinishFile() {
    RETURN_IF_ERROR(FillTo(size_));
    size_ = 0;
    position_ = 0;
    return OkStatus();
  }

  const TarLibrary& tar_;
  const Writer writer_;
  const Notice notice_;
  ::archive* const archive_;
  ::archive_entry* const entry_;
  const std::string zeros_;
  std::string prefix_;
  uint64_t size_ = 0;
  uint64_t position_ = 0;
  Status written_;
};

}  // namespace

Result<std::unique_ptr<archive::Sink>> NewTarWriter(Writer writer, Notice notice) {
  ASSIGN_OR_RETURN(const TarLibrary* tar, LoadTarLibrary());
  auto sink = std::make_unique<TarWriter>(*tar, std::move(writer), std::move(notice));
  RETURN_IF_ERROR(sink->Open());
  return std::unique_ptr<archive::Sink>(std::move(sink));
}

}  // namespace isulad::copy
