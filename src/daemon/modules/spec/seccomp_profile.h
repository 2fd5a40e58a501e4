// A seccomp profile that a user gives: the "seccomp" object of the OCI runtime specification, or
// the form that engines have made of it ("archMap", "includes", "excludes").
// Sources: runtime-spec config-linux.md "Seccomp"; seccomp(2).
#ifndef ISULAD_DAEMON_MODULES_SPEC_SECCOMP_PROFILE_H_
#define ISULAD_DAEMON_MODULES_SPEC_SECCOMP_PROFILE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"
#include "utils/json/value.h"

namespace isulad::spec {

// Several times the size of the longest profile in use.
inline constexpr size_t kMaxSeccompProfileBytes = 256u << 10;

// The conditions under which a rule applies. Empty: no condition.
struct SeccompScope {
  std::vector<std::string> capabilities;
  std::vector<std::string> architectures;  // "amd64", "arm64"
  std::string kernel;                      // the first version, "4.8"
};

struct SeccompProfileRule {
  std::vector<std::string> names;
  std::string action;
  std::optional<int64_t> error;
  json::Array arguments;  // as in the OCI specification
  SeccompScope includes;
  SeccompScope excludes;
};

struct SeccompArchitectures {
  std::string native;  // "SCMP_ARCH_X86_64"
  std::vector<std::string> others;
};

struct SeccompProfileText {
  std::string default_action;
  std::optional<int64_t> default_error;
  std::vector<std::string> architectures;
  std::vector<SeccompArchitectures> architecture_map;
  std::vector<std::string> flags;
  std::vector<SeccompProfileRule> rules;
};

// kInvalidArgument, with the member that is wrong, if `text` is not a profile. Names of calls are
// not checked: a profile may be newer than this machine. SCMP_ACT_NOTIFY is refused: nothing would
// answer.
Result<SeccompProfileText> ParseSeccompProfile(std::string_view text);

// The properties by which rules are selected.
struct SeccompMachine {
  uint64_t capabilities = 0;  // the container's bounding set
  std::string kernel;         // uname(2): "6.1.0-18-amd64"
};

// The profile as the "seccomp" object of an OCI configuration: the rules whose conditions hold, for
// the calls that the installed libseccomp knows.
json::Value ResolveSeccompProfile(const SeccompProfileText& profile, const SeccompMachine& machine);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_SECCOMP_PROFILE_H_
