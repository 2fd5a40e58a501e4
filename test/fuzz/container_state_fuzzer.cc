// Feeds arbitrary text to the reader of a container's state.json. What it takes can be written and
// read again, and names no process that could be somebody else's.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "daemon/modules/container/state.h"
#include "require.h"

namespace isulad::container {
namespace {

void CheckState(std::string_view text) {
  const Result<json::Value> value = json::Parse(text);
  if (!value) {
    return;
  }
  const Result<State> state = StateFromJson(*value);
  if (!state) {
    REQUIRE(state.error().code() == Code::kInvalidArgument);
    return;
  }
  REQUIRE(state->pid >= 0);
  REQUIRE(state->exit_code >= 0 && state->exit_code <= 255);
  const Result<json::Value> again =
      json::Parse(json::Serialize(ToJson(*state), json::Style::kIndented));
  REQUIRE(again.has_value());
  const Result<State> read = StateFromJson(*again);
  REQUIRE(read.has_value() && *read == *state);
}

}  // namespace
}  // namespace isulad::container

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  isulad::container::CheckState({reinterpret_cast<const char*>(data), size});
  return 0;
}
