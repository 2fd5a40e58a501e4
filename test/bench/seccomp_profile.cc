// Prints the default seccomp profile of an ordinary container as OCI JSON.
#include <cstdio>
#include <string>

#include "daemon/modules/spec/capabilities.h"
#include "daemon/modules/spec/seccomp.h"
#include "utils/json/value.h"

int main() {
  using isulad::spec::DefaultCapabilities;
  const isulad::json::Value profile = isulad::spec::SeccompProfile(
      isulad::spec::SeccompVariant::kDefault, DefaultCapabilities(/*system_container=*/false));
  std::puts(isulad::json::Serialize(profile).c_str());
  return 0;
}
