// The lines of a json-file log. Pure.
//
//   {"log":"text\n","stream":"stdout","time":"2026-01-02T03:04:05.000000006Z"}
//
// JSON is UTF-8 only. An entry whose text is not UTF-8 also contains the text's bytes in base64, so
// that nothing is lost, while readers that do not know of it show what can be shown:
//
//   {"log":"caf\ufffd\n","stream":"stdout","time":"...","b64":"Y2Fm6Qo="}
//
// The first entry of each file of a rotated log gives the number of the file, counted from 1, so
// that a reader knows whether it has missed one:
//
//   {"file":12,"log":"text\n","stream":"stdout","time":"..."}
//
// A line of output longer than kMaxLogText becomes several entries, of which only the last has the
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

// The maximum number of output bytes in one entry, as readers of this format expect.
inline constexpr size_t kMaxLogText = 16u << 10;

// One entry, including its newline. `error` means standard error. Bytes that are not UTF-8 become
// U+FFFD in "log"; "b64" has the text unchanged.
std::string EncodeLogEntry(bool error, std::string_view text, Timestamp time);
// `entry` as the first entry of file `number`.
std::string WithFileNumber(std::string entry, uint64_t number);
// The file number in an entry that begins with `text`; 0 if there is none.
uint64_t FileNumberOf(std::string_view text);
// The number of bytes of an entry that suffice for FileNumberOf.
inline constexpr size_t kFileNumberBytes = 32;

// Splits one stream of output into the texts of entries.
class LineSplitter {
 public:
  using Emit = std::function<void(std::string_view text)>;
  // Emits every text that `bytes` completes and keeps the rest.
  void Feed(std::string_view bytes, const Emit& emit);
  // Emits the bytes kept, if any: the stream has ended without a newline.
  void Flush(const Emit& emit);

 private:
  std::string partial_;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_LOG_LINE_H_
