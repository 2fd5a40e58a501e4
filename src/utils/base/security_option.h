// The value of --security-opt. Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_SECURITY_OPTION_H_
#define ISULAD_UTILS_BASE_SECURITY_OPTION_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

enum class SecurityOptionKind { kSeccomp, kNoNewPrivileges };

// No seccomp profile at all.
inline constexpr char kUnconfined[] = "unconfined";

struct SecurityOption {
  SecurityOptionKind kind = SecurityOptionKind::kSeccomp;
  std::string seccomp{};           // of kSeccomp: "unconfined", or a profile, or where it is
  bool no_new_privileges = false;  // of kNoNewPrivileges
  friend bool operator==(const SecurityOption&, const SecurityOption&) = default;
};

// Reads "seccomp=unconfined|PROFILE", "no-new-privileges[=true|false]"; ":" may stand for "=".
// kInvalidArgument otherwise, with what is the matter: "apparmor" and "label" are known, and not
// built here. PROFILE is not looked at, but must not be empty.
Result<SecurityOption> ParseSecurityOption(std::string_view text);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_SECURITY_OPTION_H_
