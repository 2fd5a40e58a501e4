// The namespaces of a container as members of a JSON object, under the keys of the engine API.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_NAMESPACES_JSON_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_NAMESPACES_JSON_H_

#include "utils/base/namespace_mode.h"
#include "utils/base/result.h"
#include "utils/json/reader.h"
#include "utils/json/value.h"

namespace isulad::container {

void AddNamespacesToJson(const NamespaceOptions& options, json::Object& object);
// kInvalidArgument where a member is not what AddNamespacesToJson writes; a missing one is one of
// the container's own.
Result<NamespaceOptions> NamespacesFromJson(const json::Reader& reader);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_NAMESPACES_JSON_H_
