#include "daemon/modules/logs/log_tail.h"

#include <algorithm>
#include <string>
#include <utility>

namespace isulad::logs {
namespace {

constexpr size_t kBlockBytes = 64u << 10;

// How many lines end in the file, counting no more than were wanted, and where the first of them
// begins.
struct TailPlace {
  uint64_t lines = 0;
  uint64_t offset = 0;
  bool any = false;  // whether a line ends in the file
};

Result<TailPlace> FindTail(const LogFile& file, uint64_t wanted) {
  TailPlace place;
  ASSIGN_OR_RETURN(uint64_t end, file.Size());
  std::string block(kBlockBytes, '\0');
  while (end > 0) {
    const size_t count = static_cast<size_t>(std::min<uint64_t>(block.size(), end));
    const uint64_t begin = end - count;
    ASSIGN_OR_RETURN(const size_t got, ReadAt(file.fd(), block.data(), count, begin));
    for (size_t i = got; i-- > 0;) {
      if (block[i] != '\n') {
        continue;
      }
      place.any = true;
      if (place.lines == wanted) {
        place.offset = begin + i + 1;
        return place;
      }
      ++place.lines;
    }
    end = begin;
  }
  return place;
}

}  // namespace

Result<std::unique_ptr<LogFile>> OpenTail(const LogFiles& files, uint64_t lines) {
  ASSIGN_OR_RETURN(std::unique_ptr<LogFile> file, files.Newest());
  while (file) {
    ASSIGN_OR_RETURN(const TailPlace place, FindTail(*file, lines));
    file->Seek(place.offset);
    lines -= place.lines;
    if (lines == 0 && place.any) {
      break;
    }
    ASSIGN_OR_RETURN(std::unique_ptr<LogFile> before, files.Before(*file));
    if (!before) {
      break;
    }
    file = std::move(before);
  }
  return file;
}

}  // namespace isulad::logs
