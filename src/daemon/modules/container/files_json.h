// How spec::FileOptions look in config.json and, by the same keys, in inspect's HostConfig.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_FILES_JSON_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_FILES_JSON_H_

#include "daemon/modules/spec/file_options.h"
#include "utils/base/result.h"
#include "utils/json/reader.h"
#include "utils/json/value.h"

namespace isulad::container {

void AddFilesToJson(const spec::FileOptions& options, json::Object& object);
// Members that are missing were not asked for, or could not be when it was written.
// kInvalidArgument where AddFilesToJson writes no such thing.
Result<spec::FileOptions> FilesFromJson(const json::Reader& reader);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_FILES_JSON_H_
