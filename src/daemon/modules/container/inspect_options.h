// Adds groups of options to the output of inspect, under the keys of the engine API.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_INSPECT_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_INSPECT_OPTIONS_H_

#include "daemon/modules/spec/container_spec.h"
#include "daemon/modules/spec/file_options.h"
#include "daemon/modules/spec/options.h"
#include "utils/base/namespace_mode.h"
#include "utils/json/value.h"

namespace isulad::container {

void AddFiles(const spec::FileOptions& options, json::Object& object);
void AddSecurity(const spec::SecurityOptions& options, json::Object& object);
void AddNamespaces(const NamespaceOptions& options, json::Object& object);
void AddResources(const spec::ResourceLimits& limits, json::Object& object);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_INSPECT_OPTIONS_H_
