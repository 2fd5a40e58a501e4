// The part of a specification that is about mounts and generated files. Pure.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_READ_FILES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_READ_FILES_H_

#include <cstdint>
#include <vector>

#include "daemon/modules/spec/container_spec.h"
#include "daemon/modules/spec/file_options.h"
#include "daemon/modules/spec/options.h"
#include "utils/base/result.h"

namespace isulad::container {

// kInvalidArgument with a reason that names the flag. Whether the source of a bind mount exists is
// left to the caller.
Result<std::vector<spec::BindMount>> ReadVolumes(const spec::Texts& texts);
// Likewise. The size of /dev/shm is rounded up to pages of `page_size` bytes.
Result<spec::FileOptions> ReadFiles(const spec::FilesConfig& texts, uint64_t page_size);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_READ_FILES_H_
