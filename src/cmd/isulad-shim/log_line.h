// The lines of a json-file log. Pure.
//
//   {"log":"text\n","stream":"stdout","time":"2026-01-02T03:04:05.000000006Z"}
//
// JSON holds UTF-8 only. An entry whose text is not has the text's bytes in base64, too, so that
// nothing is lost while readers that do not know of it show what can be shown:
//
//   {"log":"caf\ufffd\n","stream":"stdout","time":"...","b64":"Y2Fm6Qo="}
//
// The first entry of each file of a log that is rotated says which file it is, counted from 1, so
// that a reader knows whether it has missed one:
//
//   {"file":12,"log":"text\n","stream":"stdout","time":"..."}
//
// A line of output longer than kMaxLogText is several entries, of which only the last has the
// newline.
#ifndef ISULAD_CMD_ISULAD_SHIM_LOG_LINE_H_
#define ISULAD_CMD_ISULAD_SHIM_LOG_LINE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "utils/base/clock.h"

namespace isulad::monitor {

// Bytes of output in one entry: what readers of this format expect.
inline constexpr size_t kMaxLogText = 16u << 10;

// One entry, its newline included. `error`: of standard error. What is not UTF-8 becomes U+FFFD in
// "log" and stands in "b64" as it is.
std::string EncodeLogEntry(bool error, std::string_view text, Timestamp time);
// `entry` as the first one of file `number`.
std::string WithFileNumber(std::string entry, uint64_t number);
// The number in an entry, of which `text` is the beginning; 0 where it has none.
uint64_t FileNumberOf(std::string_view text);
// Bytes of an entry that are enough for FileNumberOf.
inline constexpr size_t kFileNumberBytes = 32;

// Cuts one stream of output into the texts of entries.
class LineSplitter {
 public:
  using Emit = std::function<void(std::string_view text)>;
  // Emits every text that `bytes` completes; the rest is kept.
  void Feed(std::string_view bytes, const Emit& emit);
  // Emits what is kept: the stream has ended without a newline.
  void Flush(const Emit& emit);

 private:
  std::string partial_;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_LOG_LINE_H_
