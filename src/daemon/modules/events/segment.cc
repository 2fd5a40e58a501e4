#include "daemon/modules/events/segment.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "daemon/modules/events/event_line.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::events {
namespace {

constexpr std::string_view kSuffix = ".jsonl";
constexpr size_t kDigits = 20;
constexpr mode_t kFileMode = 0600;

Result<std::string> ReadAt(int file, uint64_t offset, size_t count) {
  std::string text(count, '\0');
  for (;;) {
    const ssize_t got = ::pread(file, text.data(), count, static_cast<off_t>(offset));
    if (got >= 0) {
      text.resize(static_cast<size_t>(got));
      return text;
    }
    if (errno != EINTR) {
      return SystemError(errno, "read journal of events");
    }
  }
}

Result<Timestamp> ReadHeader(int file) {
  constexpr size_t kMaxHeaderBytes = 256;
  ASSIGN_OR_RETURN(const std::string text, ReadAt(file, 0, kMaxHeaderBytes));
  const size_t newline = text.find('\n');
  if (newline == std::string::npos) {
    return Error(Code::kDataLoss, "the journal's header is cut short");
  }
  return ParseHeader(std::string_view(text).substr(0, newline));
}

}  // namespace

std::string SegmentName(uint64_t first) {
  std::string digits = std::to_string(first);
  return std::string(kDigits - digits.size(), '0') + digits + std::string(kSuffix);
}

std::optional<uint64_t> ParseSegmentName(std::string_view name) {
  if (name.size() != kDigits + kSuffix.size() || !name.ends_with(kSuffix)) {
    return std::nullopt;
  }
  return ParseUint64(name.substr(0, kDigits));
}

Result<Block> ReadBlock(int file, uint64_t offset, uint64_t limit) {
  Block block;
  block.end = offset;
  if (offset >= limit) {
    return block;
  }
  const size_t count = std::min<uint64_t>(kMaxLineBytes, limit - offset);
  ASSIGN_OR_RETURN(const std::string text, ReadAt(file, offset, count));
  const auto take = [&block](std::string_view line) {
    if (Result<Entry> entry = ParseEntry(line); entry) {
      block.entries.push_back(*std::move(entry));
    }
  };
  size_t begin = 0;
  for (size_t newline = text.find('\n'); newline != std::string::npos;
       newline = text.find('\n', begin)) {
    take(std::string_view(text).substr(begin, newline - begin));
    begin = newline + 1;
  }
  if (begin == 0) {
    // Either a last line that was cut short, perhaps by only its newline, or a line longer than any
    // that the journal writes.
    take(text);
    begin = text.size();
  }
  block.end = offset + begin;
  return block;
}

Result<Survey> SurveyHeader(int file) {
  Survey survey;
  ASSIGN_OR_RETURN(survey.since, ReadHeader(file));
  struct stat attributes = {};
  if (::fstat(file, &attributes) != 0) {
    return SystemError(errno, "stat journal of events");
  }
  survey.bytes = static_cast<uint64_t>(attributes.st_size);
  survey.last_time = survey.since;
  return survey;
}

Result<Survey> SurveySegment(int file) {
  ASSIGN_OR_RETURN(Survey survey, SurveyHeader(file));
  uint64_t offset = 0;
  for (;;) {
    ASSIGN_OR_RETURN(const Block block, ReadBlock(file, offset, survey.bytes));
    for (const Entry& entry : block.entries) {
      survey.last_sequence = std::max(survey.last_sequence, entry.sequence);
      survey.last_time = std::max(survey.last_time, entry.event.time);
    }
    if (block.end <= offset) {
      break;
    }
    offset = block.end;
  }
  ASSIGN_OR_RETURN(const std::string last, ReadAt(file, survey.bytes - 1, 1));
  survey.torn = last != "\n";
  return survey;
}

Result<SegmentWriter> SegmentWriter::Create(int directory, uint64_t first, Timestamp since) {
  const std::string name = SegmentName(first);
  ASSIGN_OR_RETURN(os::UniqueFd file,
                   os::OpenAt(directory, name, O_WRONLY | O_APPEND | O_CREAT | O_EXCL, kFileMode));
  SegmentWriter writer(std::move(file), 0, false);
  if (Status status = writer.Append(FormatHeader(since)); !status) {
    ::unlinkat(directory, name.c_str(), 0);  // else it would be in the way of the next attempt
    return std::move(status).error();
  }
  return writer;
}

Result<SegmentWriter> SegmentWriter::Resume(int directory, uint64_t first, const Survey& survey) {
  ASSIGN_OR_RETURN(os::UniqueFd file,
                   os::OpenAt(directory, SegmentName(first), O_WRONLY | O_APPEND));
  return SegmentWriter(std::move(file), survey.bytes, survey.torn);
}

Status SegmentWriter::Append(std::string line) {
  if (torn_) {
    line.insert(0, 1, '\n');
  }
  // A single call, so that a kill cannot come between the parts of a line.
  ssize_t written = -1;
  do {
    written = ::write(file_.get(), line.data(), line.size());
  } while (written < 0 && errno == EINTR);
  if (written < 0) {
    return SystemError(errno, "write journal of events");
  }
  bytes_ += static_cast<uint64_t>(written);
  if (static_cast<size_t>(written) == line.size()) {
    torn_ = false;
    return OkStatus();
  }
  torn_ = written > 0 || torn_;
  return SystemError(ENOSPC, "write journal of events");
}

}  // namespace isulad::events
