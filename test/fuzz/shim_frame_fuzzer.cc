// Feeds arbitrary bytes to the decoder of frames and each frame to the decoders of all messages.
// What decodes must encode to the very same bytes again: there is one encoding of a message only.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "shim_protocol/frame.h"
#include "shim_protocol/messages.h"

namespace isulad::shim {
namespace {

void Require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

template <typename Message>
void CheckMessage(std::string_view payload) {
  if (auto message = Decode<Message>(payload)) {
    Require(Encode(*message) == payload);
  }
}

void CheckFrame(const Frame& frame) {
  Require(frame.payload.size() < kMaxFrameBytes);
  CheckMessage<Config>(frame.payload);
  CheckMessage<Attach>(frame.payload);
  CheckMessage<WindowSize>(frame.payload);
  CheckMessage<Started>(frame.payload);
  CheckMessage<StartFailed>(frame.payload);
  CheckMessage<Exited>(frame.payload);
  CheckMessage<Signal>(frame.payload);
  CheckMessage<SignalResult>(frame.payload);
  if (auto exited = DecodeExitRecord(frame.payload)) {
    Require(DecodeExitRecord(EncodeExitRecord(*exited)).has_value());
  }
}

// All frames of `bytes`, appended in pieces of `piece`, as one string.
std::string DecodeInPieces(std::string_view bytes, size_t piece) {
  FrameDecoder decoder;
  std::string frames;
  while (!bytes.empty()) {
    decoder.Append(bytes.substr(0, piece));
    bytes.remove_prefix(bytes.size() < piece ? bytes.size() : piece);
    for (;;) {
      auto frame = decoder.Next();
      if (!frame) {
        return frames + "!";
      }
      if (!*frame) {
        break;
      }
      CheckFrame(**frame);
      frames += EncodeFrame((*frame)->type, (*frame)->payload);
    }
  }
  return frames;
}

}  // namespace
}  // namespace isulad::shim

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string whole = isulad::shim::DecodeInPieces(bytes, size + 1);
  isulad::shim::Require(whole == isulad::shim::DecodeInPieces(bytes, 3));
  isulad::shim::Require(
      bytes.starts_with(whole.ends_with('!') ? whole.substr(0, whole.size() - 1) : whole));
  return 0;
}
