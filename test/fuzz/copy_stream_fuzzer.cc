// The stream of a copy from the other side: whatever it is, the sink hears of clean paths only.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.h"
#include "utils/archive/stream.h"

namespace isulad::archive {
namespace {

class Checker final : public Sink {
 public:
  Status OnSource(const Source& source) override {
    REQUIRE(source.name.find('/') == std::string::npos && source.name != "..");
    return OkStatus();
  }
  Status OnEntry(const Entry& entry) override {
    REQUIRE(CleanEntryPath(entry.path).value_or("/") == entry.path);
    REQUIRE(entry.type != Type::kHardLink ||
            CleanEntryPath(entry.target).value_or("/") == entry.target);
    return encoder_.OnEntry(entry);
  }
  Status OnData(uint64_t offset, std::string_view bytes) override {
    REQUIRE(bytes.size() <= kMaxPiece);
    return encoder_.OnData(offset, bytes);
  }
  Status OnNotice(std::string_view) override { return OkStatus(); }
  Status OnEnd() override { return OkStatus(); }

 private:
  StreamEncoder encoder_{[](std::string_view) { return OkStatus(); }};
};

}  // namespace
}  // namespace isulad::archive

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  isulad::archive::Checker checker;
  isulad::archive::StreamDecoder decoder(&checker);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const size_t half = size / 2;
  if (decoder.Add(bytes.substr(0, half))) {
    isulad::IgnoreError(decoder.Add(bytes.substr(half)));
  }
  return 0;
}
