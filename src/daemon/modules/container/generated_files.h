// The files that every container gets over those of its rootfs, which stays as the user made it.
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

// By --env-target-file, in the container's directory.
inline constexpr char kEnvFileName[] = "env";

// All that a container gets: name in its directory, and target.
std::vector<std::pair<std::string, std::string>> GeneratedNames(const ContainerConfig& config);

// The directory with those of kGeneratedFiles: the container's own, or that of the one whose
// network namespace it shares.
std::string DirectoryOfNames(const store::Store& store, const ContainerConfig& config);

// Their contents: pure but for resolv.conf, which is the host's where nothing is asked in place of
// that, and the file of variables, which
// is the rootfs's with the container's environment added.
std::vector<store::Store::File> GenerateFiles(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_GENERATED_FILES_H_
