// How spec::SecurityOptions look in config.json and, by the same keys, in inspect's HostConfig.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_SECURITY_JSON_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_SECURITY_JSON_H_

#include "daemon/modules/spec/options.h"
#include "utils/base/result.h"
#include "utils/json/reader.h"
#include "utils/json/value.h"

namespace isulad::container {

void AddSecurityToJson(const spec::SecurityOptions& options, json::Object& object);
// Members that are missing were not asked for, or could not be when it was written.
// kInvalidArgument where AddSecurityToJson writes no such thing.
Result<spec::SecurityOptions> SecurityFromJson(const json::Reader& reader);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SECURITY_JSON_H_
