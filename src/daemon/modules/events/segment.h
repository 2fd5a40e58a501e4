// A file of the journal: a header, then lines. A crash or a full disk may cut the last line short;
// the next write begins on a new line, so that only the cut line is lost.
//
//   <graph>/events/          0700
//     <sequence>.jsonl       20 digits: the lowest sequence number that may be in the file
#ifndef ISULAD_DAEMON_MODULES_EVENTS_SEGMENT_H_
#define ISULAD_DAEMON_MODULES_EVENTS_SEGMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/modules/events/event.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::events {

std::string SegmentName(uint64_t first);
// nullopt for the names of other files.
std::optional<uint64_t> ParseSegmentName(std::string_view name);

struct Block {
  std::vector<Entry> entries;
  uint64_t end = 0;  // where to continue, in bytes from the start of the file
};

// Reads the entries in the lines that begin at `offset` and end before `limit` (both in bytes), as
// many as one read returns. Lines that are not entries are skipped. If `end` is not past `offset`
// there is nothing more.
Result<Block> ReadBlock(int file, uint64_t offset, uint64_t limit);

// A summary of a file, with what is needed to continue writing it.
struct Survey {
  Timestamp since;             // from the header
  uint64_t last_sequence = 0;  // 0: no event
  Timestamp last_time;
  uint64_t bytes = 0;
  bool torn = false;  // it does not end in a newline
};
// Reads the whole file. kDataLoss if not even the header is whole, kInvalidArgument if it is not a
// file of the journal.
Result<Survey> SurveySegment(int file);
// Like SurveySegment(), but without reading the events.
Result<Survey> SurveyHeader(int file);

// Writes one file. Not thread-safe.
class SegmentWriter {
 public:
  // Makes the file; kAlreadyExists if it exists.
  static Result<SegmentWriter> Create(int directory, uint64_t first, Timestamp since);
  static Result<SegmentWriter> Resume(int directory, uint64_t first, const Survey& survey);

  // Appends a line with its newline. Not synced. After an error the line is not in the file.
  Status Append(std::string line);
  uint64_t bytes() const { return bytes_; }

 private:
  SegmentWriter(os::UniqueFd file, uint64_t bytes, bool torn)
      : file_(std::move(file)), bytes_(bytes), torn_(torn) {}

  os::UniqueFd file_;
  uint64_t bytes_;
  bool torn_;
};

}  // namespace isulad::events

#endif  // ISULAD_DAEMON_MODULES_EVENTS_SEGMENT_H_
