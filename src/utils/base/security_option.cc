#include "utils/base/security_option.h"

#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr size_t kShown = 60;  // bytes shown of a text that may be a whole profile

std::string Shown(std::string_view text) {
  return text.size() <= kShown ? Quote(text) : Quote(std::string(text.substr(0, kShown)) + "...");
}

Result<SecurityOption> Seccomp(std::string_view value) {
  if (value.empty()) {
    return InvalidArgument(
        "security option \"seccomp\" must be seccomp=unconfined or seccomp=PROFILE");
  }
  SecurityOption option;
  option.seccomp = value;
  return option;
}

Result<SecurityOption> NoNewPrivileges(std::string_view value, bool given) {
  if (given && value != "true" && value != "false") {
    return InvalidArgument("security option \"no-new-privileges\": value " + Shown(value) +
                           " must be true or false");
  }
  return SecurityOption{SecurityOptionKind::kNoNewPrivileges, {}, !given || value == "true"};
}

}  // namespace

Result<SecurityOption> ParseSecurityOption(std::string_view text) {
  const size_t separator = text.find_first_of("=:");
  const bool given = separator != std::string_view::npos;
  const std::string_view name = text.substr(0, separator);
  const std::string_view value = given ? text.substr(separator + 1) : std::string_view();
  if (name == "seccomp") {
    return Seccomp(value);
  }
  if (name == "no-new-privileges") {
    return NoNewPrivileges(value, given);
  }
  if (name == "apparmor" || name == "label") {
    return InvalidArgument(
        "security option " + Shown(text) + " is not supported: this engine has no " +
        (name == "label" ? "SELinux labels" : "AppArmor profiles") + " for containers");
  }
  return InvalidArgument("security option " + Shown(text) +
                         " is not one of seccomp=unconfined, seccomp=PROFILE, no-new-privileges");
}

}  // namespace isulad
