// A file of the journal: a header, then lines. The last line may be cut short by a crash or a full
// disk; what is written after it begins on a new line, so that it alone is lost.
//
//   <graph>/events/          0700
//     <sequence>.jsonl       20 digits: the number of the first event that may stand in it
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
  uint64_t end = 0;  // where to read on, bytes from the start of the file
};

// The entries in the lines that begin at `offset` and end before `limit` (both bytes), as many as
// one read gives. Lines that are none are passed over. Where `end` is not past `offset` there is
// nothing more.
Result<Block> ReadBlock(int file, uint64_t offset, uint64_t limit);

// What a file holds, as far as somebody who goes on with it has to know.
struct Survey {
  Timestamp since;             // the header's
  uint64_t last_sequence = 0;  // 0: no event
  Timestamp last_time;
  uint64_t bytes = 0;
  bool torn = false;  // it does not end in a newline
};
// Reads it all. kDataLoss where not even the header is whole, kInvalidArgument where it is not one
// of ours.
Result<Survey> SurveySegment(int file);
// The same without a look at the events.
Result<Survey> SurveyHeader(int file);

// Writes one file. Not thread-safe.
class SegmentWriter {
 public:
  // Makes the file; one that is there is kAlreadyExists.
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
