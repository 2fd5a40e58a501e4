// Feeds arbitrary text to the parser of --format templates; what parses is rendered over a small
// document and must give the same text every time.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cmd/isula/output/template.h"
#include "utils/json/value.h"

namespace isulad::output {
namespace {

void Fuzz(std::string_view text) {
  static const json::Value* const document =
      new json::Value(*json::Parse(R"({"A":{"B":"text","L":[1,{"k":null}]},"E":[],"N":-1.5})"));
  const Result<Template> parsed = Template::Parse(text);
  if (!parsed) {
    return;
  }
  const Result<std::string> first = parsed->Render(*document);
  const Result<std::string> second = parsed->Render(*document);
  if (first.has_value() != second.has_value() || (first && *first != *second)) {
    std::abort();
  }
}

}  // namespace
}  // namespace isulad::output

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  isulad::output::Fuzz({reinterpret_cast<const char*>(data), size});
  return 0;
}
