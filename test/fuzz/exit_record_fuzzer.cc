// Feeds arbitrary text to the reader of exit records. What it takes is an end that a process can
// have, and there is one way to write it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.h"
#include "shim_protocol/messages.h"

namespace isulad::shim {
namespace {

void CheckRecord(std::string_view text) {
  const Result<Exited> exited = DecodeExitRecord(text);
  if (!exited) {
    REQUIRE(exited.error().code() == Code::kDataLoss);
    return;
  }
  REQUIRE(exited->code >= 0 && exited->code <= 255);
  REQUIRE(exited->signal >= 0 && exited->signal <= 127);
  const Result<Exited> again = DecodeExitRecord(EncodeExitRecord(*exited));
  REQUIRE(again.has_value());
  REQUIRE(again->code == exited->code && again->signal == exited->signal);
  REQUIRE(again->time == exited->time);
}

}  // namespace
}  // namespace isulad::shim

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  isulad::shim::CheckRecord({reinterpret_cast<const char*>(data), size});
  return 0;
}
