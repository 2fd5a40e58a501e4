// Feeds arbitrary text to the reader of a container's config.json. What it takes can be written and
// read again, and never says what would be dangerous to believe.
#include <signal.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "daemon/modules/container/container_config.h"
#include "require.h"
#include "utils/base/ids.h"

namespace isulad::container {
namespace {

void CheckConfig(std::string_view text) {
  const Result<json::Value> value = json::Parse(text);
  if (!value) {
    return;
  }
  const Result<ContainerConfig> config = ConfigFromJson(*value);
  if (!config) {
    REQUIRE(config.error().code() == Code::kInvalidArgument);
    return;
  }
  REQUIRE(IsValidId(config->id) && IsValidName(config->name));
  REQUIRE(!spec::CommandOf(config->process()).empty());
  REQUIRE(config->stop_signal >= 0 && config->stop_signal <= SIGRTMAX);
  REQUIRE(logs::ValidateLogOptions(config->log).has_value());
  const Result<json::Value> written = ToJson(*config);
  REQUIRE(written.has_value());
  const Result<json::Value> again = json::Parse(json::Serialize(*written, json::Style::kIndented));
  REQUIRE(again.has_value());
  const Result<ContainerConfig> read = ConfigFromJson(*again);
  REQUIRE(read.has_value());
  const Result<json::Value> third = ToJson(*read);
  REQUIRE(third.has_value() && *third == *written);
}

}  // namespace
}  // namespace isulad::container

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  isulad::container::CheckConfig({reinterpret_cast<const char*>(data), size});
  return 0;
}
