// How spec::ResourceOptions look in config.json and, by the same keys, in inspect's HostConfig.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RESOURCES_JSON_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RESOURCES_JSON_H_

#include "daemon/modules/spec/resource_options.h"
#include "utils/base/result.h"
#include "utils/json/reader.h"
#include "utils/json/value.h"

namespace isulad::container {

void AddResourcesToJson(const spec::ResourceOptions& options, json::Object& object);
// The limits that the first versions had must be there; others that are missing were not asked for.
// kInvalidArgument where AddResourcesToJson writes no such thing.
Result<spec::ResourceOptions> ResourcesFromJson(const json::Reader& reader);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RESOURCES_JSON_H_
