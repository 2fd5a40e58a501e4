#include "utils/base/user_remap.h"

#include <limits>
#include <optional>
#include <vector>

#include "utils/base/strings.h"

namespace isulad {
namespace {

// (uint32_t)-1 is not an id: it means "unchanged" to chown(2) and similar calls.
constexpr uint64_t kMaxId = std::numeric_limits<uint32_t>::max() - 1;

Result<uint32_t> ParseField(const char* field, std::string_view text, uint64_t max) {
  const std::optional<uint64_t> number = ParseUint64(text);
  if (!number || *number == 0 || *number > max) {
    return InvalidArgument(std::string("user remap ") + field + " " + Quote(text) +
                           " must be a whole number from 1 to " + std::to_string(max));
  }
  return static_cast<uint32_t>(*number);
}

Status CheckLast(const char* field, uint32_t first, uint32_t size) {
  if (kMaxId - first < size - 1) {
    return InvalidArgument(std::string("user remap ") + field + " \"" + std::to_string(first) +
                           "\" with the size " + std::to_string(size) +
                           " goes beyond the largest id, " + std::to_string(kMaxId));
  }
  return OkStatus();
}

}  // namespace

Result<UserRemap> ParseUserRemap(std::string_view text) {
  const std::vector<std::string_view> fields = Split(text, ':');
  if (fields.size() != 3) {
    return InvalidArgument("user remap " + Quote(text) +
                           " has not three fields: expected UID:GID:SIZE");
  }
  UserRemap remap;
  ASSIGN_OR_RETURN(remap.uid, ParseField("uid", fields[0], kMaxId));
  ASSIGN_OR_RETURN(remap.gid, ParseField("gid", fields[1], kMaxId));
  ASSIGN_OR_RETURN(remap.size, ParseField("size", fields[2], kMaxRemapSize));
  RETURN_IF_ERROR(CheckLast("uid", remap.uid, remap.size));
  RETURN_IF_ERROR(CheckLast("gid", remap.gid, remap.size));
  return remap;
}

std::string FormatUserRemap(const UserRemap& remap) {
  return std::to_string(remap.uid) + ":" + std::to_string(remap.gid) + ":" +
         std::to_string(remap.size);
}

}  // namespace isulad
