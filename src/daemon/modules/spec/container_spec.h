// The specification of a container, in one type from the request to the OCI configuration: the
// message of api/services/containers/v1/spec.proto, under the names that this part of the daemon
// uses. Values: thread-safe like any other.
#ifndef ISULAD_DAEMON_MODULES_SPEC_CONTAINER_SPEC_H_
#define ISULAD_DAEMON_MODULES_SPEC_CONTAINER_SPEC_H_

#include "services/containers/v1/spec.pb.h"

namespace isulad::spec {

using ::isula::containers::v1::ContainerSpec;
using ::isula::containers::v1::FilesConfig;
using ::isula::containers::v1::HealthConfig;
using ::isula::containers::v1::HostConfig;
using ::isula::containers::v1::NamespaceConfig;
using ::isula::containers::v1::ProcessConfig;
using ::isula::containers::v1::ResourceLimits;
using ::isula::containers::v1::SecurityConfig;

// The strings of a repeated field.
using Texts = ::google::protobuf::RepeatedPtrField<std::string>;

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_CONTAINER_SPEC_H_
