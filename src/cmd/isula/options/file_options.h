// Flags of create and run about a container's files besides its rootfs.
#ifndef ISULAD_CMD_ISULA_OPTIONS_FILE_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_FILE_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"

namespace isulad::options {

// `files` is written by flags.Parse() and must outlive it.
void AddFileFlags(cli::FlagSet& flags, client::containers_v1::FilesConfig* files);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_FILE_OPTIONS_H_
