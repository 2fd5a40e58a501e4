// The default seccomp profile as data: the calls that are allowed, and the conditions. Everything
// else is refused. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_SECCOMP_TABLE_H_
#define ISULAD_DAEMON_MODULES_SPEC_SECCOMP_TABLE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "daemon/modules/spec/seccomp.h"

namespace isulad::spec {

enum class SeccompOperator { kEqual, kNotEqual, kMaskedEqual };

// A condition on one argument of the call: `argument OP value`, or `argument & mask == value`.
struct SeccompCondition {
  unsigned argument = 0;
  SeccompOperator op = SeccompOperator::kEqual;
  uint64_t value = 0;
  uint64_t mask = 0;
};

struct SeccompRule {
  // Names of any architecture; those that a system does not have are skipped.
  std::vector<std::string_view> names;
  std::vector<SeccompCondition> conditions;  // all must hold; none: always
  int error = 0;                             // errno to fail with; 0: the call is allowed
};

// The errno of a call that no rule names.
inline constexpr int kSeccompDefaultErrno = 1;  // EPERM

std::vector<SeccompRule> SeccompRules(SeccompVariant variant, uint64_t capabilities);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_SECCOMP_TABLE_H_
