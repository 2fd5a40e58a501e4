#include <string>

#include "daemon/modules/spec/passes.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

json::Value Mapping(uint32_t first, uint32_t size) {
  json::Object mapping;
  mapping.Set("containerID", 0);
  mapping.Set("hostID", first);
  mapping.Set("size", size);
  json::Array mappings;
  mappings.emplace_back(std::move(mapping));
  return mappings;
}

Status CheckId(const char* kind, uint32_t id, const UserRemap& remap) {
  if (!remap.Contains(id)) {
    return InvalidArgument(std::string(kind) + " " + std::to_string(id) +
                           " of the process is not mapped: user remap " +
                           Quote(FormatUserRemap(remap)) + " has 0 to " +
                           std::to_string(remap.size - 1));
  }
  return OkStatus();
}

}  // namespace

void ApplyUserNamespace(const Input& input, json::Object* config) {
  if (!input.user_remap) {
    return;
  }
  json::Object& linux_object = ObjectMember(config, "linux");
  json::Object entry;
  entry.Set("type", "user");
  linux_object.Find("namespaces")->AsArray()->emplace_back(std::move(entry));
  linux_object.Set("uidMappings", Mapping(input.user_remap->uid, input.user_remap->size));
  linux_object.Set("gidMappings", Mapping(input.user_remap->gid, input.user_remap->size));
}

Status CheckMapped(const Identity& identity, const std::optional<UserRemap>& remap) {
  if (!remap) {
    return OkStatus();
  }
  RETURN_IF_ERROR(CheckId("uid", identity.uid, *remap));
  RETURN_IF_ERROR(CheckId("gid", identity.gid, *remap));
  for (const uint32_t gid : identity.additional_gids) {
    RETURN_IF_ERROR(CheckId("gid", gid, *remap));
  }
  return OkStatus();
}

}  // namespace isulad::spec
