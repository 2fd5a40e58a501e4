// Writes a copy as a tar archive.
#ifndef ISULAD_CMD_ISULA_COPY_TAR_WRITER_H_
#define ISULAD_CMD_ISULA_COPY_TAR_WRITER_H_

#include <functional>
#include <memory>
#include <string_view>

#include "utils/archive/entry.h"
#include "utils/base/result.h"

namespace isulad::copy {

// Takes all of `bytes`.
using Writer = std::function<Status(std::string_view bytes)>;

// Returns a sink that writes entries in the pax format: the source under its name or, if it is the
// contents of a directory, only the entries in it. Owners are numbers; files with holes are stored
// as sparse files. kFailedPrecondition without libarchive. Not thread-safe.
Result<std::unique_ptr<archive::Sink>> NewTarWriter(
    Writer writer, std::function<Status(std::string_view line)> notice);

}  // namespace isulad::copy

#endif  // ISULAD_CMD_ISULA_COPY_TAR_WRITER_H_
