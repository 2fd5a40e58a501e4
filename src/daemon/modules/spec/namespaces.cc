#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

// The cgroup namespace is always there: without one, systemd on version 1 would mount further
// hierarchies on the host. In a new network namespace both crun and runc bring the loopback device
// up.
constexpr const char* kNamespaces[] = {"pid", "network", "ipc", "uts", "mount", "cgroup"};

}  // namespace

void ApplyNamespaces(const Input& input, json::Object* config) {
  json::Array namespaces;
  for (const char* type : kNamespaces) {
    json::Object entry;
    entry.Set("type", type);
    namespaces.emplace_back(std::move(entry));
  }
  config->Set("hostname", input.hostname);
  ObjectMember(config, "linux").Set("namespaces", std::move(namespaces));
}

}  // namespace isulad::spec
