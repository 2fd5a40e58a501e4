// Framing on the monitor's control socket: a stream of frames, each
//
//   u32 length (little endian; of type and payload)   u8 type   payload
//
// See docs/shim-protocol.md, which must be kept in step with this file. Pure, no system calls.
#ifndef ISULAD_SHIM_PROTOCOL_FRAME_H_
#define ISULAD_SHIM_PROTOCOL_FRAME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad::shim {

// The limit of a frame's length. A peer that announces more is broken: close the connection.
inline constexpr uint32_t kMaxFrameBytes = 1u << 20;
inline constexpr size_t kFrameHeaderBytes = 5;

enum class FrameType : uint8_t {
  // to the monitor
  kConfigure = 1,   // Config; the first frame on the inherited socket, once
  kAttach = 2,      // Attach; from then on this connection carries streams
  kStdin = 3,       // bytes for the standard input
  kCloseStdin = 4,  // no more input: the pipe is closed, a terminal gets its end-of-file character
  kResize = 5,      // WindowSize
  kSignal = 6,      // Signal, to the process that the monitor waits for
  kSubscribe = 7,  // this connection receives kStarted and kExited; if either has happened already,
                   // it is sent at once
  kAbandon = 8,    // the start is abandoned: the monitor kills what it has started, and exits
  // from the monitor
  kStarted = 32,       // Started
  kStartFailed = 33,   // StartFailed; then the monitor exits
  kStdout = 34,        // bytes
  kStderr = 35,        // bytes
  kStreamsEnd = 36,    // an attached connection: all output has been sent
  kExited = 37,        // Exited; the exit record is on disk
  kSignalResult = 38,  // SignalResult: answers the kSignal frames in order
};

struct Frame {
  FrameType type;
  std::string payload;
};

// Returns header and payload in one string. `payload` must not exceed kMaxFrameBytes - 1.
std::string EncodeFrame(FrameType type, std::string_view payload);

// Splits a byte stream into frames.
class FrameDecoder {
 public:
  void Append(std::string_view bytes);
  // Returns the next complete frame; nullopt if more bytes are needed; kDataLoss for a length of 0
  // or over the limit. An unknown type is not an error here: the receiver decides.
  Result<std::optional<Frame>> Next();
  size_t buffered() const { return buffer_.size() - consumed_; }

 private:
  std::string buffer_;
  size_t consumed_ = 0;
};

}  // namespace isulad::shim

#endif  // ISULAD_SHIM_PROTOCOL_FRAME_H_
