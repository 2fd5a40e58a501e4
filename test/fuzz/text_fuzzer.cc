// Feeds arbitrary bytes to the parsers of sizes, paths, times and signals. What one takes must come
// out the same when it is written and read again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.h"
#include "utils/base/byte_size.h"
#include "utils/base/clean_path.h"
#include "utils/base/clock.h"
#include "utils/base/moment.h"
#include "utils/base/signals.h"
#include "utils/base/strings.h"

namespace isulad {
namespace {

void CheckByteSize(std::string_view text) {
  if (const Result<uint64_t> bytes = ParseByteSize(text)) {
    REQUIRE(ParseByteSize(FormatByteSize(*bytes)).value_or(~*bytes) == *bytes);
  }
}

void CheckPath(std::string_view text) {
  const Result<std::string> clean = CleanAbsolutePath(text);
  if (!clean) {
    return;
  }
  REQUIRE(CleanAbsolutePath(*clean).value_or("") == *clean);
  REQUIRE(IsSameOrBeneath(*clean, ParentPath(*clean)));
  std::string rebuilt;
  for (const std::string_view component : PathComponents(*clean)) {
    REQUIRE(!component.empty() && component != "." && component != "..");
    rebuilt.append("/").append(component);
  }
  REQUIRE(rebuilt == *clean || *clean == "/");
}

void CheckTimestamp(std::string_view text) {
  if (const Result<Timestamp> time = ParseTimestamp(text)) {
    REQUIRE(ParseTimestamp(FormatTimestamp(*time)).value_or(Timestamp{-1}) == *time);
  }
}

// Times as programs write them are among those that people write.
void CheckMoment(std::string_view text) {
  const auto no_zone = [](int64_t local) { return local; };
  const Result<Moment> moment = ParseMoment(text, no_zone);
  REQUIRE(!moment || !moment->ago || moment->nanoseconds >= 0);
  if (const Result<Timestamp> time = ParseTimestamp(text)) {
    REQUIRE(moment && moment->At({}) == *time);
  }
}

void CheckSignal(std::string_view text) {
  if (const Result<int> signal = ParseSignal(text)) {
    REQUIRE(ParseSignal(SignalName(*signal)).value_or(0) == *signal);
  }
}

void CheckQuote(std::string_view text) {
  const std::string quoted = Quote(text);
  REQUIRE(IsValidUtf8(quoted));
  REQUIRE(!HasControlCharacter(quoted));
}

}  // namespace
}  // namespace isulad

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  isulad::CheckByteSize(text);
  isulad::CheckPath(text);
  isulad::CheckTimestamp(text);
  isulad::CheckMoment(text);
  isulad::CheckSignal(text);
  isulad::CheckQuote(text);
  return 0;
}
