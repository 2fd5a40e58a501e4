// The files that every container gets over those of its rootfs, which stays as the user made it.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_GENERATED_FILES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_GENERATED_FILES_H_

#include <vector>

#include "daemon/modules/container/container_config.h"
#include "daemon/modules/store/store.h"

namespace isulad::container {

struct GeneratedName {
  const char* name;    // in the container's directory
  const char* target;  // in the container
};

inline constexpr GeneratedName kGeneratedFiles[] = {
    {"hostname", "/etc/hostname"},
    {"hosts", "/etc/hosts"},
    {"resolv.conf", "/etc/resolv.conf"},
};

// Their contents: pure but for resolv.conf, which is the host's.
std::vector<store::Store::File> GenerateFiles(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_GENERATED_FILES_H_
