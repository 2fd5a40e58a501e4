#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

void Add(const char* type, const std::string& path, json::Array& namespaces) {
  json::Object entry;
  entry.Set("type", type);
  if (!path.empty()) {
    entry.Set("path", path);
  }
  namespaces.emplace_back(std::move(entry));
}

}  // namespace

// A namespace that is not in the list is the runtime's own, and so the host's. An init has a cgroup
// namespace: without one, systemd on version 1 would mount further hierarchies on the host. Both
// crun and runc bring up the loopback device in a new network namespace.
void ApplyNamespaces(const Input& input, json::Object* config) {
  json::Array namespaces;
  Add("mount", "", namespaces);
  for (const NamespaceKind* kind : kNamespaceKinds) {
    const NamespaceChoice& choice = input.namespaces.*kind->choice;
    if (choice.joins()) {
      Add(kind->oci_type, input.namespace_paths.at(kind->oci_type), namespaces);
    } else if (choice.own()) {
      Add(kind->oci_type, "", namespaces);
    }
  }
  if (input.namespaces.uts.own()) {
    config->Set("hostname", input.hostname);
  }
  ObjectMember(config, "linux").Set("namespaces", std::move(namespaces));
}

}  // namespace isulad::spec
