// The files that every container gets in place of those in its rootfs. The rootfs itself stays as
// the user made it.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_GENERATED_FILES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_GENERATED_FILES_H_

#include <string>
#include <utility>
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

// The file of --env-target-file, in the container's directory.
inline constexpr char kEnvFileName[] = "env";

// All files that a container gets: the name in the container's directory, and the target.
std::vector<std::pair<std::string, std::string>> GeneratedNames(const ContainerConfig& config);

// The directory that has the files of kGeneratedFiles: the container's own, or that of the
// container whose network namespace it shares.
std::string DirectoryOfNames(const store::Store& store, const ContainerConfig& config);

// The contents of the files. Pure, except for resolv.conf, which is the host's unless the user
// asked for something else, and the environment file, which is that of the rootfs with the
// container's environment added.
std::vector<store::Store::File> GenerateFiles(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_GENERATED_FILES_H_
