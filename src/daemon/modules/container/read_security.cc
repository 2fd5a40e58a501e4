#include "daemon/modules/container/read_security.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "utils/base/capabilities.h"
#include "utils/base/clean_path.h"
#include "utils/base/security_option.h"
#include "utils/base/strings.h"

namespace isulad::container {
namespace {

Result<std::vector<std::string>> ReadCapabilities(const spec::Texts& texts) {
  std::vector<std::string> names;
  for (const std::string& text : texts) {
    ASSIGN_OR_RETURN(std::string name, ParseCapability(text));
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

Status CheckContradictions(const spec::SecurityOptions& options) {
  for (const std::string& name : options.cap_add) {
    if (std::find(options.cap_drop.begin(), options.cap_drop.end(), name) !=
        options.cap_drop.end()) {
      return InvalidArgument("capability " + Quote(name) + " is both added and dropped");
    }
  }
  return OkStatus();
}

Result<std::vector<DeviceMapping>> ReadDevices(const spec::Texts& texts) {
  std::vector<DeviceMapping> devices;
  for (const std::string& text : texts) {
    Result<DeviceMapping> device = ParseDeviceMapping(text);
    if (!device) {
      return std::move(device).error().AddContext("device " + Quote(text));
    }
    for (const DeviceMapping& other : devices) {
      if (PathsOverlap(other.path_in_container, device->path_in_container)) {
        return InvalidArgument("device " + Quote(text) + ": container path " +
                               Quote(device->path_in_container) + " overlaps that of " +
                               Quote(other.path_on_host));
      }
    }
    devices.push_back(*std::move(device));
  }
  return devices;
}

Result<std::vector<DeviceRule>> ReadDeviceRules(const spec::Texts& texts) {
  std::vector<DeviceRule> rules;
  for (const std::string& text : texts) {
    Result<DeviceRule> rule = ParseDeviceRule(text);
    if (!rule) {
      return std::move(rule).error().AddContext("--device-cgroup-rule");
    }
    rules.push_back(*std::move(rule));
  }
  return rules;
}

// Parses each text with `parse`; a name may be given only once.
template <typename Value, typename Parse>
Result<std::vector<Value>> ReadNamed(const char* flag, const spec::Texts& texts, Parse parse) {
  std::vector<Value> values;
  for (const std::string& text : texts) {
    Result<Value> value = parse(text);
    if (!value) {
      return std::move(value).error().AddContext(flag);
    }
    for (const Value& other : values) {
      if (other.name == value->name) {
        return InvalidArgument(std::string(flag) + ": " + Quote(value->name) +
                               " is given more than once");
      }
    }
    values.push_back(*std::move(value));
  }
  return values;
}

Status ReadSecurityOptions(const spec::Texts& texts, spec::SecurityOptions& options) {
  bool with_privileges = false;
  for (const std::string& text : texts) {
    ASSIGN_OR_RETURN(const SecurityOption option, ParseSecurityOption(text));
    if (option.kind == SecurityOptionKind::kNoNewPrivileges) {
      if (std::exchange(with_privileges, true)) {
        return InvalidArgument("--security-opt: no-new-privileges is given more than once");
      }
      options.no_new_privileges = option.no_new_privileges;
      continue;
    }
    if (!options.seccomp.empty()) {
      return InvalidArgument("--security-opt: seccomp is given more than once");
    }
    options.seccomp = option.seccomp;
  }
  return OkStatus();
}

}  // namespace

Result<spec::SecurityOptions> ReadSecurity(const spec::SecurityConfig& texts) {
  spec::SecurityOptions options;
  ASSIGN_OR_RETURN(options.cap_add, ReadCapabilities(texts.cap_add()));
  ASSIGN_OR_RETURN(options.cap_drop, ReadCapabilities(texts.cap_drop()));
  RETURN_IF_ERROR(CheckContradictions(options));
  ASSIGN_OR_RETURN(options.devices, ReadDevices(texts.devices()));
  ASSIGN_OR_RETURN(options.device_rules, ReadDeviceRules(texts.device_cgroup_rules()));
  ASSIGN_OR_RETURN(options.sysctls, ReadNamed<Sysctl>("--sysctl", texts.sysctls(), ParseSysctl));
  ASSIGN_OR_RETURN(options.ulimits, ReadNamed<Ulimit>("--ulimit", texts.ulimits(), ParseUlimit));
  for (const std::string& name : texts.writable_sysctls()) {
    if (name != "net" && name != "ipc") {
      return InvalidArgument("--ns-change-opt " + Quote(name) + " is not one of net, ipc");
    }
    (name == "net" ? options.writable_net_sysctls : options.writable_ipc_sysctls) = true;
  }
  options.privileged = texts.privileged();
  RETURN_IF_ERROR(ReadSecurityOptions(texts.security_opts(), options));
  return options;
}

}  // namespace isulad::container
