// Reads and writes the elementary types of messages.h. Internal to this folder.
#ifndef ISULAD_SHIM_PROTOCOL_WIRE_H_
#define ISULAD_SHIM_PROTOCOL_WIRE_H_

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace isulad::shim {

template <typename T>
concept WireInteger = std::integral<T> && !std::same_as<T, bool>;

class WireWriter {
 public:
  template <typename... Fields>
  void operator()(const Fields&... fields) {
    (Write(fields), ...);
  }
  std::string Take() && { return std::move(bytes_); }

 private:
  template <WireInteger T>
  void Write(T value) {
    const auto bits = static_cast<std::make_unsigned_t<T>>(value);
    for (size_t i = 0; i < sizeof(T); ++i) {
      bytes_.push_back(static_cast<char>(bits >> (8 * i)));
    }
  }
  void Write(bool value) { bytes_.push_back(value ? 1 : 0); }
  void Write(const std::string& value) {
    Write(static_cast<uint32_t>(value.size()));
    bytes_.append(value);
  }
  void Write(const std::vector<std::string>& values) {
    Write(static_cast<uint32_t>(values.size()));
    for (const std::string& value : values) {
      Write(value);
    }
  }

  std::string bytes_;
};

// After the first truncated or malformed field it reads nothing further and ok() stays false.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : bytes_(bytes) {}

  template <typename... Fields>
  void operator()(Fields&... fields) {
    (Read(fields), ...);
  }
  bool ok() const { return ok_; }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view Take(size_t count) {
    if (!ok_ || count > bytes_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  template <WireInteger T>
  void Read(T& value) {
    const std::string_view taken = Take(sizeof(T));
    uint64_t bits = 0;
    for (size_t i = 0; i < taken.size(); ++i) {
      bits |= static_cast<uint64_t>(static_cast<uint8_t>(taken[i])) << (8 * i);
    }
    value = static_cast<T>(bits);
  }
  void Read(bool& value) {
    uint8_t byte = 0;
    Read(byte);
    ok_ = ok_ && byte <= 1;
    value = byte == 1;
  }
  void Read(std::string& value) {
    uint32_t size = 0;
    Read(size);
    value = Take(size);
  }
  void Read(std::vector<std::string>& values) {
    uint32_t count = 0;
    Read(count);
    // No reserve(count): the count is chosen by the peer, and the loop ends when no element is
    // left.
    for (uint32_t i = 0; ok_ && i < count; ++i) {
      Read(values.emplace_back());
    }
  }

  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace isulad::shim

#endif  // ISULAD_SHIM_PROTOCOL_WIRE_H_
