// A copy as a byte stream, as sent between `isula`, the daemon (which only forwards it) and the
// worker in the container. docs/copy-stream.md describes the format.
#ifndef ISULAD_UTILS_ARCHIVE_STREAM_H_
#define ISULAD_UTILS_ARCHIVE_STREAM_H_

#include <functional>
#include <string>
#include <string_view>

#include "utils/archive/entry.h"
#include "utils/base/result.h"

namespace isulad::archive {

// Writes all of `bytes`.
using Writer = std::function<Status(std::string_view bytes)>;

// Writes the copy that it is given, in pieces of about 64 KiB, with only the first 100 notices. Not
// thread-safe.
class StreamEncoder final : public Sink {
 public:
  explicit StreamEncoder(Writer writer) : writer_(std::move(writer)) {}

  Status OnSource(const Source& source) override;
  Status OnEntry(const Entry& entry) override;
  Status OnData(uint64_t offset, std::string_view bytes) override;
  Status OnNotice(std::string_view line) override;
  Status OnEnd() override;
  // Ends the stream and tells the other side why.
  Status OnError(const Error& error);
  // Writes the buffered bytes.
  Status Flush();

 private:
  Status Add(char type, std::string_view head, std::string_view body = {});

  Writer writer_;
  std::string buffer_;
  int notices_ = 0;
};

// Decodes bytes as they arrive and passes the copy to `sink`. Whatever the bytes are, no more than
// one frame (about 70 KiB, for an entry 4 MiB) is buffered. Not thread-safe.
class StreamDecoder {
 public:
  explicit StreamDecoder(Sink* sink) : sink_(sink) {}

  // Returns the error of the sink, or the error that the other side has sent (see `peer_failed`),
  // or kDataLoss if the bytes are not a valid copy.
  Status Add(std::string_view bytes);
  // Whether the copy is complete.
  bool ended() const { return ended_; }
  // Whether the last error was sent by the other side.
  bool peer_failed() const { return peer_failed_; }

 private:
  Status Take(char type, std::string_view payload);

  Sink* const sink_;
  std::string buffer_;
  bool ended_ = false;
  bool peer_failed_ = false;
};

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_STREAM_H_
