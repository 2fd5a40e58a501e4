#include <algorithm>
#include <string_view>

#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

constexpr char kPath[] = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
// Tells an init system that it runs in a container, and in which kind (systemd's container
// interface).
constexpr char kContainer[] = "container=oci";

std::string_view NameOf(std::string_view entry) { return entry.substr(0, entry.find('=')); }

std::vector<std::string>::iterator FindVariable(std::string_view name,
                                                std::vector<std::string>* environment) {
  return std::find_if(environment->begin(), environment->end(),
                      [name](const std::string& entry) { return NameOf(entry) == name; });
}

}  // namespace

std::vector<std::string> DefaultEnvironment(const std::string& hostname, bool terminal,
                                            bool system_container) {
  std::vector<std::string> environment = {kPath, "HOSTNAME=" + hostname};
  if (terminal) {
    environment.emplace_back("TERM=xterm");
  }
  if (system_container) {
    environment.emplace_back(kContainer);
  }
  return environment;
}

void OverrideEnvironment(const Texts& overrides, std::vector<std::string>* environment) {
  for (const std::string& entry : overrides) {
    const auto existing = FindVariable(NameOf(entry), environment);
    if (existing == environment->end()) {
      environment->push_back(entry);
    } else {
      *existing = entry;
    }
  }
}

void AddHome(const Identity& identity, std::vector<std::string>* environment) {
  if (FindVariable("HOME", environment) == environment->end()) {
    environment->push_back("HOME=" + identity.home);
  }
}

}  // namespace isulad::spec
