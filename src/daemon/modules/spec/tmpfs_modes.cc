#include <string>
#include <utility>

#include "daemon/modules/spec/passes.h"

namespace isulad::spec {

// runc (1.1) gives a tmpfs the mode of the directory that it is mounted on, whatever its options
// say. A hook in the container's namespaces corrects that when everything is mounted.
void SetTmpfsModes(const Input& input, json::Object* config) {
  if (input.tmpfs.empty() || !input.tmpfs_lose_mode) {
    return;
  }
  json::Array args = {"isulad-shim", "--set-modes", input.rootfs};
  for (const Tmpfs& tmpfs : input.tmpfs) {
    args.emplace_back(OctalMode(tmpfs.mode));
    args.emplace_back(tmpfs.target);
  }
  AddOwnHook(input, std::move(args), config);
}

}  // namespace isulad::spec
