// Framing of the monitor's control socket: a stream of frames, each
//
//   u32 length (little endian; of type and payload)   u8 type   payload
//
// See docs/shim-protocol.md, which changes with this file. Pure, no system calls.
#ifndef ISULAD_SHIM_PROTOCOL_FRAME_H_
#define ISULAD_SHIM_PROTOCOL_FRAME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad::shim {

// A peer that announces more is broken: the connection is to be closed.
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
  kSubscribe =
      7,  // this connection wants kStarted and kExited; the answer to either that has happened
          // already comes at once
  kAbandon = 8,  // the start is given up: the monitor kills what it has started, and ends
  // from the monitor
  kStarted = 32,       // Started
  kStartFailed = 33,   // StartFailed; the monitor ends after it
  kStdout = 34,        // bytes
  kStderr = 35,        // bytes
  kStreamsEnd = 36,    // an attached connection: all output has been sent
  kExited = 37,        // Exited; the exit record is on disk
  kSignalResult = 38,  // SignalResult: answers each kSignal in turn
};

struct Frame {
  FrameType type;
  std::string payload;
};

// Header and payload in one string. `payload` must not exceed kMaxFrameBytes - 1.
std::string EncodeFrame(FrameType type, std::string_view payload);

// Cuts a byte stream into frames.
class FrameDecoder {
 public:
  void Append(std::string_view bytes);
  // The next whole frame; nullopt where more bytes are needed; kDataLoss for a length of 0 or over
  // the limit. An unknown type is no error here: the receiver decides.
  Result<std::optional<Frame>> Next();
  size_t buffered() const { return buffer_.size() - consumed_; }

 private:
  std::string buffer_;
  size_t consumed_ = 0;
};

}  // namespace isulad::shim

#endif  // ISULAD_SHIM_PROTOCOL_FRAME_H_
