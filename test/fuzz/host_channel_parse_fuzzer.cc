// Feeds arbitrary text to the parser of host channels. What it takes is a value that Format writes
// back and that the policy finds clean; what it refuses, it refuses in one printable line.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "daemon/modules/spec/host_channel/policy.h"
#include "require.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

constexpr uint64_t kPageSize = 4096;

void CheckRefusal(const Error& error) {
  REQUIRE(error.code() == Code::kInvalidArgument);
  REQUIRE(error.message().substr(0, 13) == "host channel ");
  REQUIRE(IsValidUtf8(error.message()));
  REQUIRE(!HasControlCharacter(error.message()));
}

void CheckValue(const HostChannel& channel) {
  REQUIRE(channel.size >= kMinimumSize && channel.size % kPageSize == 0);
  const Result<HostChannel> again = Parse(Format(channel), kPageSize);
  REQUIRE(again.has_value() && *again == channel);
  // The policy refuses more, but it changes nothing in what it lets pass.
  const Limits limits{kPageSize, UINT64_MAX, {}};
  const Result<Verdict> verdict = Validate({channel}, limits, {});
  REQUIRE(!verdict.has_value() || verdict->channels.front() == channel);
}

void CheckParse(std::string_view text) {
  const Result<HostChannel> channel = Parse(text, kPageSize);
  if (channel) {
    CheckValue(*channel);
  } else {
    CheckRefusal(channel.error());
  }
}

}  // namespace
}  // namespace isulad::host_channel

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  isulad::host_channel::CheckParse({reinterpret_cast<const char*>(data), size});
  return 0;
}
