// Feeds arbitrary text to the parser of a channel's options. What it takes comes back from its own
// form unchanged, and that form is settled; what it refuses, it refuses in one printable line.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "daemon/modules/spec/host_channel/options.h"
#include "require.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

void CheckRefusal(const Error& error) {
  REQUIRE(error.code() == Code::kInvalidArgument);
  REQUIRE(error.message().substr(0, 20) == "host channel option ");
  REQUIRE(IsValidUtf8(error.message()));
  REQUIRE(!HasControlCharacter(error.message()));
}

void CheckOptions(const Options& options) {
  REQUIRE((options.mode & ~mode_t{07777}) == 0);
  // These go to the kernel as they are.
  for (const std::string& text : {options.huge, options.memory_policy}) {
    REQUIRE(text.find_first_of(", \n") == std::string::npos);
  }
  const std::string written = Join(FormatOptions(options), ",");
  const Result<Options> again = ParseOptions(written);
  REQUIRE(again.has_value() && *again == options);
  REQUIRE(Join(FormatOptions(*again), ",") == written);
}

void Check(std::string_view text) {
  const Result<Options> options = ParseOptions(text);
  if (options) {
    CheckOptions(*options);
  } else {
    CheckRefusal(options.error());
  }
}

}  // namespace
}  // namespace isulad::host_channel

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  isulad::host_channel::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
