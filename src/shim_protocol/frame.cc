#include "shim_protocol/frame.h"

#include <utility>

namespace isulad::shim {
namespace {

constexpr size_t kLengthBytes = 4;
// A buffer that one large frame has enlarged is freed, because a monitor may idle for months.
constexpr size_t kKeptBufferBytes = 16u << 10;

uint32_t ReadLength(std::string_view bytes) {
  uint32_t length = 0;
  for (size_t i = 0; i < kLengthBytes; ++i) {
    length |= static_cast<uint32_t>(static_cast<uint8_t>(bytes[i])) << (8 * i);
  }
  return length;
}

}  // namespace

std::string EncodeFrame(FrameType type, std::string_view payload) {
  const auto length = static_cast<uint32_t>(payload.size() + 1);
  std::string frame;
  frame.reserve(kFrameHeaderBytes + payload.size());
  for (size_t i = 0; i < kLengthBytes; ++i) {
    frame.push_back(static_cast<char>(length >> (8 * i)));
  }
  frame.push_back(static_cast<char>(type));
  frame.append(payload);
  return frame;
}

void FrameDecoder::Append(std::string_view bytes) {
  buffer_.erase(0, consumed_);
  consumed_ = 0;
  buffer_.append(bytes);
}

Result<std::optional<Frame>> FrameDecoder::Next() {
  const std::string_view rest = std::string_view(buffer_).substr(consumed_);
  if (rest.size() < kLengthBytes) {
    return std::optional<Frame>();
  }
  const uint32_t length = ReadLength(rest);
  if (length == 0 || length > kMaxFrameBytes) {
    return Error(Code::kDataLoss, "frame of " + std::to_string(length) +
                                      " bytes, allowed are 1 to " + std::to_string(kMaxFrameBytes));
  }
  if (rest.size() < kLengthBytes + length) {
    return std::optional<Frame>();
  }
  Frame frame{static_cast<FrameType>(static_cast<uint8_t>(rest[kLengthBytes])),
              std::string(rest.substr(kFrameHeaderBytes, length - 1))};
  consumed_ += kLengthBytes + length;
  if (consumed_ == buffer_.size()) {
    buffer_.clear();
    consumed_ = 0;
    if (buffer_.capacity() > kKeptBufferBytes) {
      buffer_.shrink_to_fit();
    }
  }
  return std::optional<Frame>(std::move(frame));
}

}  // namespace isulad::shim
