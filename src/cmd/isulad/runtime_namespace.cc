#include "cmd/isulad/runtime_namespace.h"

#include <iterator>
#include <utility>

#include "utils/log/log.h"

namespace isulad {
namespace {

// These are not unmounted while the machine runs. crun keeps a copy of itself in /tmp for a moment.
constexpr const char* kSystemPaths[] = {"/bin", "/dev",  "/etc", "/lib", "/lib64", "/proc",
                                        "/run", "/sbin", "/sys", "/tmp", "/usr"};
// Cgroups, and the file systems that security modules use.
constexpr const char* kSystemTrees[] = {"/sys/fs/cgroup", "/sys/fs/selinux",
                                        "/sys/kernel/security"};

}  // namespace

std::optional<os::BareNamespace> MakeRuntimeNamespace(std::vector<std::string> paths,
                                                      const std::string& scratch) {
  os::BareNamespaceOptions options;
  options.paths = std::move(paths);
  options.paths.insert(options.paths.end(), std::begin(kSystemPaths), std::end(kSystemPaths));
  options.trees.assign(std::begin(kSystemTrees), std::end(kSystemTrees));
  options.scratch = scratch;
  Result<os::BareNamespace> made = os::CreateBareNamespace(options);
  if (!made) {
    log::Warn("runtimes start among all mounts of the host, which takes longer the more there are",
              {{"reason", made.error().message()}});
    return std::nullopt;
  }
  return *std::move(made);
}

}  // namespace isulad
