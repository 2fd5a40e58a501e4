// A copy as bytes: what goes between `isula`, the daemon, which only passes it on, and the worker
// in the container. docs/copy-stream.md describes it.
#ifndef ISULAD_UTILS_ARCHIVE_STREAM_H_
#define ISULAD_UTILS_ARCHIVE_STREAM_H_

#include <functional>
#include <string>
#include <string_view>

#include "utils/archive/entry.h"
#include "utils/base/result.h"

namespace isulad::archive {

// Takes bytes, all of them.
using Writer = std::function<Status(std::string_view bytes)>;

// Writes what it is told, in pieces of some 64 KiB; of notices the first 100. Not thread-safe.
class StreamEncoder final : public Sink {
 public:
  explicit StreamEncoder(Writer writer) : writer_(std::move(writer)) {}

  Status OnSource(const Source& source) override;
  Status OnEntry(const Entry& entry) override;
  Status OnData(uint64_t offset, std::string_view bytes) override;
  Status OnNotice(std::string_view line) override;
  Status OnEnd() override;
  // The last that the other side hears: why there is no more.
  Status OnError(const Error& error);
  // Writes what has gathered.
  Status Flush();

 private:
  Status Add(char type, std::string_view head, std::string_view body = {});

  Writer writer_;
  std::string buffer_;
  int notices_ = 0;
};

// Takes bytes as they come and tells `sink`. Whatever the bytes are, no more than one frame
// (some 70 KiB, an entry 4 MiB) is kept. Not thread-safe.
class StreamDecoder {
 public:
  explicit StreamDecoder(Sink* sink) : sink_(sink) {}

  // The error of the sink; that which the other side has sent, see `peer_failed`; or kDataLoss
  // where the bytes are no copy.
  Status Add(std::string_view bytes);
  // The copy is whole.
  bool ended() const { return ended_; }
  // Whether the last error is the other side's.
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
