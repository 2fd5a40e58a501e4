// The keys of daemon.json that set defaults for containers.
#ifndef ISULAD_DAEMON_CONFIG_CONTAINER_KEYS_H_
#define ISULAD_DAEMON_CONFIG_CONTAINER_KEYS_H_

#include <string_view>
#include <vector>

#include "daemon/config/daemon_config.h"
#include "utils/base/result.h"
#include "utils/json/reader.h"

namespace isulad::config {

// The names of these keys.
const std::vector<std::string_view>& ContainerKeys();

// Applies the keys that are present to `config`. kInvalidArgument with the key's name. Values that
// a module has to check (log drivers and options, the contents of files) are left to the code that
// builds that module.
Status ReadContainerKeys(const json::Reader& reader, DaemonConfig& config);

}  // namespace isulad::config

#endif  // ISULAD_DAEMON_CONFIG_CONTAINER_KEYS_H_
