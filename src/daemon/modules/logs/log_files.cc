#include "daemon/modules/logs/log_files.h"

#include <fcntl.h>

#include <utility>

#include "daemon/modules/logs/log_options.h"
#include "utils/os/file.h"

namespace isulad::logs {

Result<os::UniqueFd> LogFiles::OpenToRead(const std::string& path) {
  return os::Open(path, O_RDONLY | O_NOFOLLOW);
}

Result<std::unique_ptr<LogFile>> LogFiles::At(uint32_t number) const {
  Result<os::UniqueFd> fd = opener_(number == 0 ? path_ : path_ + "." + std::to_string(number));
  if (fd) {
    return LogFile::Create(*std::move(fd));
  }
  if (fd.error().code() == Code::kNotFound) {
    return std::unique_ptr<LogFile>();
  }
  return std::move(fd).error();
}

Result<bool> LogFiles::IsAt(uint32_t number, const LogFile& file) const {
  ASSIGN_OR_RETURN(const std::unique_ptr<LogFile> found, At(number));
  return found && found->IsSame(file);
}

Result<bool> LogFiles::IsEmptyBetween(uint32_t low, uint32_t high) const {
  for (uint32_t number = low + 1; number < high; ++number) {
    ASSIGN_OR_RETURN(const std::unique_ptr<LogFile> found, At(number));
    if (found) {
      return false;
    }
  }
  return true;
}

// Counting up, as files are renamed, it cannot miss a file that is there.
Result<std::optional<uint32_t>> LogFiles::Find(const LogFile& file) const {
  for (uint32_t number = 0; number < kMaxFiles; ++number) {
    ASSIGN_OR_RETURN(const bool found, IsAt(number, file));
    if (found) {
      return std::optional<uint32_t>(number);
    }
  }
  return std::optional<uint32_t>();
}

Result<std::unique_ptr<LogFile>> LogFiles::Newest() const {
  std::unique_ptr<LogFile> file;
  for (uint32_t number = 0; number < kMaxFiles && !file; ++number) {
    ASSIGN_OR_RETURN(file, At(number));
  }
  return file;
}

Result<std::unique_ptr<LogFile>> LogFiles::Oldest() const {
  std::unique_ptr<LogFile> oldest;
  for (uint32_t number = 0; number < kMaxFiles; ++number) {
    ASSIGN_OR_RETURN(std::unique_ptr<LogFile> file, At(number));
    oldest = file ? std::move(file) : std::move(oldest);
  }
  return oldest;
}

Result<std::unique_ptr<LogFile>> LogFiles::Before(const LogFile& file) const {
  for (;;) {
    ASSIGN_OR_RETURN(const std::optional<uint32_t> place, Find(file));
    std::unique_ptr<LogFile> before;
    if (!place) {
      return before;  // lost, and with it the files before it
    }
    for (uint32_t number = *place + 1; number < kMaxFiles && !before; ++number) {
      ASSIGN_OR_RETURN(before, At(number));
    }
    // If it is still there, it has been there all the time, and no earlier file can have slipped
    // by.
    ASSIGN_OR_RETURN(const bool stayed, IsAt(*place, file));
    if (stayed) {
      return before;
    }
  }
}

Result<LogFiles::Successor> LogFiles::After(const LogFile& file) const {
  for (;;) {
    ASSIGN_OR_RETURN(const std::optional<uint32_t> place, Find(file));
    Successor successor;
    if (!place || *place == 0) {
      successor.file_is_gone = !place;
      return successor;
    }
    uint32_t number = *place;
    while (number > 0 && !successor.next) {
      ASSIGN_OR_RETURN(successor.next, At(--number));
    }
    // Counting down, against the direction of renames, a file may have slipped by. Then it is seen
    // now, or it has moved further up, for which `file` had to make room first.
    ASSIGN_OR_RETURN(const bool empty, IsEmptyBetween(number, *place));
    ASSIGN_OR_RETURN(const bool stayed, IsAt(*place, file));
    if (empty && stayed) {
      return successor;
    }
  }
}

Result<std::unique_ptr<LogFile>> LogFiles::WithFirstLine(uint64_t first_line) const {
  for (uint32_t number = 0; number < kMaxFiles; ++number) {
    ASSIGN_OR_RETURN(std::unique_ptr<LogFile> file, At(number));
    if (!file) {
      continue;
    }
    ASSIGN_OR_RETURN(const std::optional<LogFile::Identity> identity, file->Identify());
    if (identity && identity->first_line == first_line) {
      return file;
    }
  }
  return std::unique_ptr<LogFile>();
}

}  // namespace isulad::logs
