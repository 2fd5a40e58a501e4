#include "cmd/isulad-shim/log_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/nonblocking_io.h"

namespace isulad::monitor {
namespace {

constexpr mode_t kLogMode = 0640;
constexpr size_t kMaxBatchBytes = 32u << 10;

std::string RotatedName(const std::string& path, uint32_t number) {
  return number == 0 ? path : path + "." + std::to_string(number);
}

// Reads up to `count` bytes at `offset`; empty if there are none or on error.
std::string ReadAt(int fd, size_t count, uint64_t offset) {
  std::string bytes(count, '\0');
  const ssize_t got = ::pread(fd, bytes.data(), count, static_cast<off_t>(offset));
  bytes.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return bytes;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> RotationRenames(const std::string& path,
                                                                 uint32_t files) {
  std::vector<std::pair<std::string, std::string>> renames;
  for (uint32_t number = files; number > 1; --number) {
    renames.emplace_back(RotatedName(path, number - 2), RotatedName(path, number - 1));
  }
  return renames;
}

LogFile::LogFile(std::string path, Limits limits, const Clock* clock)
    : path_(std::move(path)), limits_(limits), clock_(clock) {}

Result<std::unique_ptr<LogFile>> LogFile::Open(std::string path, Limits limits,
                                               const Clock* clock) {
  std::unique_ptr<LogFile> log(new LogFile(std::move(path), limits, clock));
  RETURN_IF_ERROR(log->Reopen(0));
  log->torn_ = log->size_ > 0 && ReadAt(log->file_.get(), 1, log->size_ - 1) != "\n";
  log->number_ = log->CurrentNumber();
  return log;
}

// The number of the open file or, if it is empty, the number it will get: one more than the newest
// rotated one's.
uint64_t LogFile::CurrentNumber() const {
  if (size_ > 0) {
    return FileNumberOf(ReadAt(file_.get(), kFileNumberBytes, 0));
  }
  for (uint32_t index = 1; index < limits_.max_files; ++index) {
    const auto rotated = os::Open(RotatedName(path_, index), O_RDONLY | O_NOFOLLOW);
    if (rotated) {
      return FileNumberOf(ReadAt(rotated->get(), kFileNumberBytes, 0)) + 1;
    }
  }
  return 1;
}

Status LogFile::Append(bool error, std::string_view bytes) {
  std::string entries;
  Status status;
  (error ? error_ : output_).Feed(bytes, EmitTo(error, &entries, &status));
  const Status written = WriteEntries(&entries);
  return status ? written : status;
}

Status LogFile::Finish() {
  std::string entries;
  Status status;
  output_.Flush(EmitTo(false, &entries, &status));
  error_.Flush(EmitTo(true, &entries, &status));
  const Status written = WriteEntries(&entries);
  return status ? written : status;
}

// Collects entries, so that a chunk of many lines needs few writes, and writes them when the file
// or the batch is full: as entries, short lines grow to many times their size.
LineSplitter::Emit LogFile::EmitTo(bool error, std::string* entries, Status* status) {
  return [this, error, entries, status](std::string_view text) {
    std::string entry = EncodeLogEntry(error, text, clock_->Now());
    const uint64_t size = size_ + entries->size();
    const bool file_full =
        limits_.max_bytes != 0 && size != 0 && size + entry.size() > limits_.max_bytes;
    Status step;
    if (file_full || entries->size() + entry.size() > kMaxBatchBytes) {
      step = WriteEntries(entries);
    }
    if (file_full && step) {
      step = Rotate();
    }
    if (!step) {
      *status = step;
    }
    const bool first = size_ == 0 && entries->empty();
    entries->append(first && limits_.max_bytes != 0 ? WithFileNumber(std::move(entry), number_)
                                                    : entry);
  };
}

Status LogFile::Reopen(int flags) {
  ASSIGN_OR_RETURN(os::UniqueFd file,
                   os::Open(path_, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | flags, kLogMode));
  struct stat info;
  if (::fstat(file.get(), &info) != 0) {
    return SystemError(errno, "stat " + Quote(path_));
  }
  file_ = std::move(file);
  size_ = static_cast<uint64_t>(info.st_size);
  return OkStatus();
}

Status LogFile::Rotate() {
  if (!moved_) {
    RETURN_IF_ERROR(MoveAway());
    moved_ = true;
  }
  // If this fails, later entries are written to the file that has been moved, which is still open,
  // and the next attempt must not move the files again.
  RETURN_IF_ERROR(Reopen(O_EXCL));
  moved_ = false;
  ++number_;
  return OkStatus();
}

Status LogFile::MoveAway() const {
  for (const auto& [from, to] : RotationRenames(path_, limits_.max_files)) {
    if (::rename(from.c_str(), to.c_str()) != 0 && errno != ENOENT) {
      return SystemError(errno, "rename " + Quote(from));
    }
  }
  // If only one file is kept, it is removed: truncating it would also destroy it for those who are
  // reading it.
  if (::unlink(path_.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove " + Quote(path_));
  }
  return OkStatus();
}

Status LogFile::WriteEntries(std::string* entries) {
  if (torn_) {
    entries->insert(0, "\n");  // so that readers skip one damaged line, not two
  }
  const std::string bytes = std::move(*entries);
  entries->clear();
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const auto count = os::WriteSome(file_.get(), rest);
    if (!count) {
      if (rest.size() != bytes.size()) {  // else the end of the file is unchanged
        torn_ = bytes[bytes.size() - rest.size() - 1] != '\n';
      }
      return Error(count.error()).AddContext("write " + Quote(path_));
    }
    size_ += *count;
    rest.remove_prefix(*count);
  }
  torn_ = false;
  return OkStatus();
}

}  // namespace isulad::monitor
