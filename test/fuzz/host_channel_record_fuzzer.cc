// Feeds arbitrary text to the reader of channels' records. What it takes can be written and read
// again, and never says what would be dangerous to believe.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "daemon/modules/spec/host_channel/record.h"
#include "require.h"
#include "utils/base/clean_path.h"

namespace isulad::host_channel {
namespace {

void CheckPath(const std::string& path) {
  REQUIRE(path != "/" && CleanAbsolutePath(path).value_or("") == path);
}

void CheckRecord(std::string_view text) {
  const std::string id(64, 'a');
  const Result<Record> record = ParseRecord(text, id);
  if (!record) {
    return;
  }
  REQUIRE(record->id == id);
  REQUIRE(record->size >= kMinimumSize);
  CheckPath(record->host_path);
  REQUIRE(!record->owners.empty());
  for (const OwnerEntry& entry : record->owners) {
    CheckPath(entry.container_path);
    REQUIRE(FindOwner(*record, entry.owner.id) == &entry);  // nobody stands there twice
  }
  const Result<Record> again = ParseRecord(SerializeRecord(*record), id);
  REQUIRE(again.has_value() && *again == *record);
}

}  // namespace
}  // namespace isulad::host_channel

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  isulad::host_channel::CheckRecord({reinterpret_cast<const char*>(data), size});
  return 0;
}
