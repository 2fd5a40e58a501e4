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
  std::string seccomp{};           // for kSeccomp: "unconfined", a profile, or its path
  bool no_new_privileges = false;  // for kNoNewPrivileges
  friend bool operator==(const SecurityOption&, const SecurityOption&) = default;
};

// Reads "seccomp=unconfined|PROFILE" or "no-new-privileges[=true|false]"; ":" may replace "=".
// Otherwise kInvalidArgument with the reason; "apparmor" and "label" are recognized, but not
// supported. PROFILE must not be empty and is not checked further.
Result<SecurityOption> ParseSecurityOption(std::string_view text);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_SECURITY_OPTION_H_
