#include "daemon/modules/logs/log_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "daemon/modules/logs/log_cursor.h"
#include "utils/base/strings.h"

namespace isulad::logs {
namespace {

constexpr size_t kReadBytes = 128u << 10;
constexpr std::string_view kNumberKey = "{\"file\":";

uint64_t NumberIn(std::string_view line) {
  if (!line.starts_with(kNumberKey)) {
    return 0;
  }
  line.remove_prefix(kNumberKey.size());
  return ParseUint64(line.substr(0, line.find(','))).value_or(0);
}

}  // namespace

Result<size_t> ReadAt(int fd, char* buffer, size_t count, uint64_t offset) {
  size_t total = 0;
  while (total < count) {
    const ssize_t got =
        ::pread(fd, buffer + total, count - total, static_cast<off_t>(offset + total));
    if (got == 0) {
      break;
    }
    if (got > 0) {
      total += static_cast<size_t>(got);
    } else if (errno != EINTR) {
      return SystemError(errno, "read log file");
    }
  }
  return total;
}

Result<std::unique_ptr<LogFile>> LogFile::Create(os::UniqueFd fd) {
  struct stat attributes = {};
  if (::fstat(fd.get(), &attributes) != 0) {
    return SystemError(errno, "stat log file");
  }
  return std::unique_ptr<LogFile>(new LogFile(std::move(fd), attributes.st_dev, attributes.st_ino));
}

Result<uint64_t> LogFile::Size() const {
  struct stat attributes = {};
  if (::fstat(fd_.get(), &attributes) != 0) {
    return SystemError(errno, "stat log file");
  }
  return static_cast<uint64_t>(attributes.st_size);
}

Result<std::optional<LogFile::Identity>> LogFile::Identify() {
  std::string line;
  for (size_t newline = std::string::npos; !identity_;) {
    const size_t known = line.size();
    line.resize(known + kReadBytes);
    ASSIGN_OR_RETURN(const size_t got, ReadAt(fd(), line.data() + known, kReadBytes, known));
    line.resize(known + got);
    newline = line.find('\n', known);
    if (newline == std::string::npos && got < kReadBytes) {
      break;
    }
    if (newline != std::string::npos) {
      line.resize(newline);
      identity_ = Identity{NumberIn(line), HashOfLine(line)};
    }
  }
  return identity_;
}

void LogFile::Seek(uint64_t offset) {
  position_ = offset;
  buffer_.clear();
  consumed_ = searched_ = 0;
}

Result<std::optional<std::string_view>> LogFile::NextLine() {
  for (;;) {
    const size_t newline = buffer_.find('\n', searched_);
    if (newline != std::string::npos) {
      const std::string_view line(buffer_.data() + consumed_, newline - consumed_);
      position_ += line.size() + 1;
      consumed_ = searched_ = newline + 1;
      return std::optional<std::string_view>(line);
    }
    buffer_.erase(0, consumed_);
    consumed_ = 0;
    searched_ = buffer_.size();
    buffer_.resize(searched_ + kReadBytes);
    const Result<size_t> got =
        ReadAt(fd(), buffer_.data() + searched_, kReadBytes, position_ + searched_);
    buffer_.resize(searched_ + got.value_or(0u));
    if (!got) {
      return got.error();
    }
    if (*got == 0) {
      return std::optional<std::string_view>();
    }
  }
}

}  // namespace isulad::logs
