#include <seccomp.h>

#include <algorithm>
#include <utility>

#include "daemon/modules/spec/seccomp_profile.h"
#include "utils/base/capabilities.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

struct Native {
  const char* seccomp;  // libseccomp's name
  const char* scope;    // the name used in scopes
};

#if defined(__x86_64__)
constexpr Native kNative = {"SCMP_ARCH_X86_64", "amd64"};
#elif defined(__aarch64__)
constexpr Native kNative = {"SCMP_ARCH_AARCH64", "arm64"};
#elif defined(__riscv)
constexpr Native kNative = {"SCMP_ARCH_RISCV64", "riscv64"};
#else
#error "the names of this architecture are not known to seccomp profiles"
#endif

bool Has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The two numbers that the version begins with.
std::pair<uint64_t, uint64_t> Numbers(std::string_view version) {
  const auto take = [&version]() -> uint64_t {
    size_t digits = 0;
    while (digits < version.size() && version[digits] >= '0' && version[digits] <= '9') {
      ++digits;
    }
    const uint64_t number = ParseUint64(version.substr(0, digits)).value_or(0);
    version.remove_prefix(std::min(version.size(), digits + 1));  // and the dot
    return number;
  };
  const uint64_t first = take();
  return {first, take()};
}

bool IsHeld(const std::string& capability, uint64_t held) {
  return (CapabilityBits(capability) & held) != 0;
}

bool Includes(const SeccompScope& scope, const SeccompMachine& machine) {
  const bool all_held =
      std::all_of(scope.capabilities.begin(), scope.capabilities.end(),
                  [&](const std::string& name) { return IsHeld(name, machine.capabilities); });
  return all_held && (scope.architectures.empty() || Has(scope.architectures, kNative.scope)) &&
         (scope.kernel.empty() || Numbers(machine.kernel) >= Numbers(scope.kernel));
}

// One condition that holds is enough.
bool Excludes(const SeccompScope& scope, const SeccompMachine& machine) {
  const bool any_held =
      std::any_of(scope.capabilities.begin(), scope.capabilities.end(),
                  [&](const std::string& name) { return IsHeld(name, machine.capabilities); });
  return any_held || Has(scope.architectures, kNative.scope) ||
         (!scope.kernel.empty() && Numbers(machine.kernel) >= Numbers(scope.kernel));
}

std::vector<std::string> KnownNames(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const std::string& name : names) {
    if (::seccomp_syscall_resolve_name(name.c_str()) != __NR_SCMP_ERROR) {
      known.push_back(name);
    }
  }
  return known;
}

bool TakesErrno(std::string_view action) {
  return action == "SCMP_ACT_ERRNO" || action == "SCMP_ACT_TRACE";
}

json::Value ToJson(const SeccompProfileRule& rule, std::vector<std::string> names) {
  json::Object object;
  object.Set("names", std::move(names));
  object.Set("action", rule.action);
  if (rule.error && TakesErrno(rule.action)) {
    object.Set("errnoRet", *rule.error);
  }
  if (!rule.arguments.empty()) {
    object.Set("args", rule.arguments);
  }
  return object;
}

std::vector<std::string> ArchitecturesOf(const SeccompProfileText& profile) {
  for (const SeccompArchitectures& entry : profile.architecture_map) {
    if (entry.native == kNative.seccomp) {
      std::vector<std::string> all = {entry.native};
      all.insert(all.end(), entry.others.begin(), entry.others.end());
      return all;
    }
  }
  return profile.architectures;
}

}  // namespace

json::Value ResolveSeccompProfile(const SeccompProfileText& profile,
                                  const SeccompMachine& machine) {
  json::Object object;
  object.Set("defaultAction", profile.default_action);
  if (profile.default_error && TakesErrno(profile.default_action)) {
    object.Set("defaultErrnoRet", *profile.default_error);
  }
  if (const std::vector<std::string> architectures = ArchitecturesOf(profile);
      !architectures.empty()) {
    object.Set("architectures", architectures);
  }
  if (!profile.flags.empty()) {
    object.Set("flags", profile.flags);
  }
  json::Array calls;
  for (const SeccompProfileRule& rule : profile.rules) {
    std::vector<std::string> names = KnownNames(rule.names);
    if (!names.empty() && Includes(rule.includes, machine) && !Excludes(rule.excludes, machine)) {
      calls.push_back(ToJson(rule, std::move(names)));
    }
  }
  object.Set("syscalls", std::move(calls));
  return object;
}

}  // namespace isulad::spec
