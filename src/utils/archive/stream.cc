#include "utils/archive/stream.h"

#include <algorithm>

#include "utils/archive/stream_fields.h"
#include "utils/base/wire.h"

namespace isulad::archive {
namespace {

// A frame consists of its type, the length of its payload in 4 bytes, and the payload.
constexpr char kSource = 'S';
constexpr char kEntry = 'E';
constexpr char kData = 'D';
constexpr char kNotice = 'N';
constexpr char kEnd = 'Z';
constexpr char kError = 'X';
constexpr size_t kHeadBytes = 5;
constexpr size_t kFlushBytes = 64u << 10;
// An entry can have a long path, attributes of 64 KiB each and a long list of extents.
constexpr size_t kMaxFrame = 4u << 20;
constexpr size_t kMaxDataFrame = kMaxPiece + sizeof(uint64_t);
constexpr int kMaxNotices = 100;
constexpr int kLastCode = static_cast<int>(Code::kDataLoss);

Error NoCopy(std::string_view what) {
  return Error(Code::kDataLoss, "the copy came damaged: " + std::string(what));
}

Error DecodeError(std::string_view payload) {
  WireReader wire(payload);
  uint8_t code = 0;
  wire(code);
  const bool known = code >= static_cast<int>(Code::kCancelled) && code <= kLastCode;
  return Error(known ? static_cast<Code>(code) : Code::kUnknown, std::string(wire.rest()));
}

}  // namespace

Status StreamEncoder::Add(char type, std::string_view head, std::string_view body) {
  WireWriter wire;
  wire(static_cast<uint8_t>(type), static_cast<uint32_t>(head.size() + body.size()));
  buffer_.append(wire.bytes()).append(head).append(body);
  return buffer_.size() >= kFlushBytes ? Flush() : OkStatus();
}

Status StreamEncoder::Flush() {
  if (buffer_.empty()) {
    return OkStatus();
  }
  const Status written = writer_(buffer_);
  buffer_.clear();
  return written;
}

Status StreamEncoder::OnSource(const Source& source) {
  RETURN_IF_ERROR(Add(kSource, EncodeSource(source)));
  return Flush();  // so that the receiver can refuse before anything else is read
}

Status StreamEncoder::OnEntry(const Entry& entry) { return Add(kEntry, EncodeEntry(entry)); }

Status StreamEncoder::OnData(uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kMaxPiece);
    WireWriter head;
    head(offset);
    RETURN_IF_ERROR(Add(kData, head.bytes(), piece));
    offset += piece.size();
    bytes.remove_prefix(piece.size());
  }
  return OkStatus();
}

Status StreamEncoder::OnNotice(std::string_view line) {
  if (notices_ > kMaxNotices) {
    return OkStatus();
  }
  return Add(kNotice, notices_++ < kMaxNotices ? line : "more was left out");
}

Status StreamEncoder::OnEnd() {
  RETURN_IF_ERROR(Add(kEnd, {}));
  return Flush();
}

Status StreamEncoder::OnError(const Error& error) {
  RETURN_IF_ERROR(Add(kError, std::string(1, static_cast<char>(error.code())), error.message()));
  return Flush();
}

Status StreamDecoder::Add(std::string_view bytes) {
  buffer_.append(bytes);
  size_t begin = 0;
  while (buffer_.size() - begin >= kHeadBytes) {
    WireReader wire(std::string_view(buffer_).substr(begin, kHeadBytes));
    uint8_t type = 0;
    uint32_t size = 0;
    wire(type, size);
    if (size > (type == kData ? kMaxDataFrame : kMaxFrame)) {
      return NoCopy("a piece is too long");
    }
    if (buffer_.size() - begin - kHeadBytes < size) {
      break;
    }
    const std::string_view payload = std::string_view(buffer_).substr(begin + kHeadBytes, size);
    RETURN_IF_ERROR(Take(static_cast<char>(type), payload));
    begin += kHeadBytes + size;
  }
  buffer_.erase(0, begin);
  return OkStatus();
}

Status StreamDecoder::Take(char type, std::string_view payload) {
  if (ended_) {
    return NoCopy("it goes on after its end");
  }
  switch (type) {
    case kSource: {
      Source source;
      return DecodeSource(payload, source) ? sink_->OnSource(source) : NoCopy("source");
    }
    case kEntry: {
      Entry entry;
      return DecodeEntry(payload, entry) ? sink_->OnEntry(entry) : NoCopy("entry");
    }
    case kData: {
      WireReader wire(payload);
      uint64_t offset = 0;
      wire(offset);
      return wire.ok() ? sink_->OnData(offset, wire.rest()) : NoCopy("data");
    }
    case kNotice:
      return sink_->OnNotice(payload);
    case kEnd:
      ended_ = true;
      return sink_->OnEnd();
    case kError:
      peer_failed_ = true;
      return DecodeError(payload);
    default:
      return NoCopy("a piece of an unknown kind");
  }
}

}  // namespace isulad::archive
