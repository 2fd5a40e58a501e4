#include "daemon/modules/runtime/oci_runtime.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "daemon/modules/runtime/crun.h"
#include "daemon/modules/runtime/runc.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::runtime {
namespace {

constexpr const char* kSearchPath[] = {"/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
                                       "/usr/bin",        "/sbin",          "/bin"};

bool IsExecutable(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

bool IsKnown(std::string_view name) { return name == "crun" || name == "runc"; }

}  // namespace

std::string FindRuntime(const std::string& name) {
  for (const char* directory : kSearchPath) {
    std::string path = std::string(directory) + "/" + name;
    if (IsExecutable(path)) {
      return path;
    }
  }
  return "";
}

Result<std::unique_ptr<OciRuntime>> CreateRuntime(const RuntimeConfig& config,
                                                  bool hybrid_cgroups) {
  const std::string kind(IsKnown(config.name) ? config.name : BaseName(config.path));
  if (!IsKnown(kind)) {
    return InvalidArgument("unknown runtime " + Quote(config.name) +
                           ": the program must be crun or runc");
  }
  if (!IsExecutable(config.path)) {
    return NotFound("runtime " + Quote(config.name) + ": " + Quote(config.path) +
                    " is not an executable file");
  }
  RETURN_IF_ERROR(os::MakeDirectories(config.state_directory, 0700));
  if (kind == "crun") {
    return std::unique_ptr<OciRuntime>(std::make_unique<CrunRuntime>(config, hybrid_cgroups));
  }
  return std::unique_ptr<OciRuntime>(std::make_unique<RuncRuntime>(config));
}

}  // namespace isulad::runtime
