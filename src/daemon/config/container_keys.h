// The keys of daemon.json about what containers get that ask for nothing else.
#ifndef ISULAD_DAEMON_CONFIG_CONTAINER_KEYS_H_
#define ISULAD_DAEMON_CONFIG_CONTAINER_KEYS_H_

#include <string_view>
#include <vector>

#include "daemon/config/daemon_config.h"
#include "utils/base/result.h"
#include "utils/json/reader.h"

namespace isulad::config {

// Their names.
const std::vector<std::string_view>& ContainerKeys();

// Applies those that are there to `config`. kInvalidArgument with the key's name. What a module
// has to judge (drivers and options of logs, the contents of files) is left to who builds it.
Status ReadContainerKeys(const json::Reader& reader, DaemonConfig& config);

}  // namespace isulad::config

#endif  // ISULAD_DAEMON_CONFIG_CONTAINER_KEYS_H_
