#include "daemon/modules/logs/log_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "utils/base/base64.h"
#include "utils/json/value.h"
#include "utils/os/file.h"

namespace isulad::logs {
namespace {

constexpr size_t kReadBytes = 64u << 10;
constexpr size_t kChunkBytes = 64u << 10;
constexpr int kMaxRotated = 1000;

Result<off_t> SizeOf(int fd) {
  struct stat attributes = {};
  if (::fstat(fd, &attributes) != 0) {
    return SystemError(errno, "stat log file");
  }
  return attributes.st_size;
}

Result<size_t> ReadAt(int fd, char* buffer, size_t count, off_t offset) {
  for (;;) {
    const ssize_t got = ::pread(fd, buffer, count, offset);
    if (got >= 0) {
      return static_cast<size_t>(got);
    }
    if (errno != EINTR) {
      return SystemError(errno, "read log file");
    }
  }
}

// Newlines in the file, and the offset behind the one after which exactly `wanted` lines follow (0
// where the file has no more than that).
struct TailPlace {
  int64_t lines = 0;
  off_t offset = 0;
};

Result<TailPlace> FindTail(int fd, int64_t wanted) {
  TailPlace place;
  ASSIGN_OR_RETURN(off_t end, SizeOf(fd));
  std::string block(kReadBytes, '\0');
  while (end > 0) {
    const size_t count = std::min<size_t>(block.size(), static_cast<size_t>(end));
    const off_t begin = end - static_cast<off_t>(count);
    ASSIGN_OR_RETURN(const size_t got, ReadAt(fd, block.data(), count, begin));
    for (size_t i = got; i-- > 0;) {
      if (block[i] != '\n') {
        continue;
      }
      if (place.lines == wanted) {
        place.offset = begin + static_cast<off_t>(i) + 1;
        return place;
      }
      ++place.lines;
    }
    end = begin;
  }
  return place;
}

// Places the files (oldest first) so that `tail` lines are left to read, and drops those with
// nothing to read.
Status SeekTail(std::deque<os::UniqueFd>& files, int64_t tail) {
  for (size_t i = files.size(); i-- > 0;) {
    ASSIGN_OR_RETURN(const TailPlace place, FindTail(files[i].get(), tail));
    if (::lseek(files[i].get(), place.offset, SEEK_SET) < 0) {
      return SystemError(errno, "seek log file");
    }
    tail -= place.lines;
    if (tail <= 0) {
      files.erase(files.begin(), files.begin() + static_cast<std::ptrdiff_t>(i));
      return OkStatus();
    }
  }
  return OkStatus();
}

std::optional<LogChunk> Decode(std::string_view line) {
  Result<json::Value> value = json::Parse(line);
  if (!value || value->AsObject() == nullptr) {
    return std::nullopt;
  }
  const json::Value* text = value->AsObject()->Find("log");
  const json::Value* stream = value->AsObject()->Find("stream");
  if (text == nullptr || text->AsString() == nullptr || stream == nullptr ||
      stream->AsString() == nullptr) {
    return std::nullopt;
  }
  LogChunk entry{*stream->AsString() == "stderr", *text->AsString()};
  const json::Value* base64 = value->AsObject()->Find("b64");
  if (base64 != nullptr && base64->AsString() != nullptr) {
    // Damaged, it is not what the text stands for: that is shown then.
    entry.text = Base64Decode(*base64->AsString()).value_or(std::move(entry.text));
  }
  return entry;
}

}  // namespace

Result<std::unique_ptr<LogReader>> LogReader::Open(const std::string& path, int64_t tail) {
  std::unique_ptr<LogReader> reader(new LogReader());
  // From the newest on: a rotation that happens meanwhile only makes a file come twice as a
  // descriptor of the same file, never be missed, as files move from low to high numbers.
  for (int i = 0; i < kMaxRotated; ++i) {
    Result<os::UniqueFd> file = os::Open(i == 0 ? path : path + "." + std::to_string(i), O_RDONLY);
    if (!file && file.error().code() == Code::kNotFound) {
      break;
    }
    if (!file) {
      return std::move(file).error();
    }
    reader->files_.push_front(*std::move(file));
  }
  if (tail >= 0) {
    RETURN_IF_ERROR(SeekTail(reader->files_, tail));
  }
  return reader;
}

Result<std::optional<std::string>> LogReader::NextLine() {
  while (!files_.empty()) {
    const size_t newline = buffer_.find('\n', consumed_);
    if (newline != std::string::npos) {
      std::string line = buffer_.substr(consumed_, newline - consumed_);
      consumed_ = newline + 1;
      return std::optional<std::string>(std::move(line));
    }
    buffer_.erase(0, consumed_);
    consumed_ = 0;
    const size_t kept = buffer_.size();
    buffer_.resize(kept + kReadBytes);
    const ssize_t got = ::read(files_.front().get(), buffer_.data() + kept, kReadBytes);
    buffer_.resize(kept + (got > 0 ? static_cast<size_t>(got) : 0));
    if (got < 0 && errno != EINTR) {
      return SystemError(errno, "read log file");
    }
    if (got == 0) {
      files_.pop_front();
      buffer_.clear();
    }
  }
  return std::optional<std::string>();
}

Result<std::optional<LogChunk>> LogReader::NextEntry() {
  if (pending_) {
    return std::exchange(pending_, std::nullopt);
  }
  for (;;) {
    ASSIGN_OR_RETURN(const std::optional<std::string> line, NextLine());
    if (!line) {
      return std::optional<LogChunk>();
    }
    if (std::optional<LogChunk> entry = Decode(*line)) {
      return entry;
    }
  }
}

Result<std::optional<LogChunk>> LogReader::Next() {
  ASSIGN_OR_RETURN(std::optional<LogChunk> chunk, NextEntry());
  while (chunk && chunk->text.size() < kChunkBytes) {
    ASSIGN_OR_RETURN(std::optional<LogChunk> more, NextEntry());
    if (!more) {
      break;
    }
    if (more->error != chunk->error) {
      pending_ = std::move(more);
      break;
    }
    chunk->text += more->text;
  }
  return chunk;
}

}  // namespace isulad::logs
