#include "daemon/modules/container/security_json.h"

#include <string>
#include <utility>
#include <vector>

#include "utils/base/capabilities.h"
#include "utils/base/security_option.h"

namespace isulad::container {
namespace {

constexpr char kCapAdd[] = "CapAdd";
constexpr char kCapDrop[] = "CapDrop";
constexpr char kDevices[] = "Devices";
constexpr char kSysctls[] = "Sysctls";
constexpr char kUlimits[] = "Ulimits";
constexpr char kNsChangeFiles[] = "NsChangeFiles";
constexpr char kDeviceCgroupRules[] = "DeviceCgroupRules";
constexpr char kPrivileged[] = "Privileged";
constexpr char kSecurityOpt[] = "SecurityOpt";
constexpr char kPathOnHost[] = "PathOnHost";
constexpr char kPathInContainer[] = "PathInContainer";
constexpr char kPermissions[] = "CgroupPermissions";

Result<std::vector<std::string>> NamesFromJson(const json::Reader& reader, const char* key) {
  ASSIGN_OR_RETURN(std::vector<std::string> names, reader.Strings(key));
  for (const std::string& name : names) {
    if (CapabilityBits(name) == 0) {
      return reader.Fault(key, "has an unknown capability");
    }
  }
  return names;
}

json::Value DevicesToJson(const std::vector<DeviceMapping>& devices) {
  json::Array array;
  for (const DeviceMapping& device : devices) {
    json::Object object;
    object.Set(kPathOnHost, device.path_on_host);
    object.Set(kPathInContainer, device.path_in_container);
    object.Set(kPermissions, device.permissions);
    array.emplace_back(std::move(object));
  }
  return array;
}

Result<std::vector<DeviceMapping>> DevicesFromJson(const json::Reader& reader) {
  std::vector<DeviceMapping> devices;
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children(kDevices));
  for (const json::Reader& child : children) {
    DeviceMapping written;
    ASSIGN_OR_RETURN(written.path_on_host, child.String(kPathOnHost));
    ASSIGN_OR_RETURN(written.path_in_container, child.String(kPathInContainer));
    ASSIGN_OR_RETURN(written.permissions, child.String(kPermissions));
    Result<DeviceMapping> read = ParseDeviceMapping(FormatDeviceMapping(written));
    if (!read) {
      return child.Fault(kPathInContainer, read.error().message());
    }
    devices.push_back(*std::move(read));
  }
  return devices;
}

std::vector<std::string> RuleTexts(const std::vector<DeviceRule>& rules) {
  std::vector<std::string> texts;
  texts.reserve(rules.size());
  for (const DeviceRule& rule : rules) {
    texts.push_back(FormatDeviceRule(rule));
  }
  return texts;
}

Result<std::vector<DeviceRule>> RulesFromJson(const json::Reader& reader) {
  std::vector<DeviceRule> rules;
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, reader.Strings(kDeviceCgroupRules));
  for (const std::string& text : texts) {
    Result<DeviceRule> rule = ParseDeviceRule(text);
    if (!rule) {
      return reader.Fault(kDeviceCgroupRules, rule.error().message());
    }
    rules.push_back(*std::move(rule));
  }
  return rules;
}

json::Value SysctlsToJson(const std::vector<Sysctl>& sysctls) {
  json::Object object;
  for (const Sysctl& sysctl : sysctls) {
    object.Set(sysctl.name, sysctl.value);
  }
  return object;
}

Result<std::vector<Sysctl>> SysctlsFromJson(const json::Reader& reader) {
  std::vector<Sysctl> sysctls;
  if (!reader.Has(kSysctls)) {
    return sysctls;
  }
  ASSIGN_OR_RETURN(const json::Reader child, reader.Child(kSysctls));
  for (const json::Member& member : child.value().AsObject()->members()) {
    ASSIGN_OR_RETURN(const std::string value, child.String(member.first));
    Result<Sysctl> sysctl = ParseSysctl(member.first + "=" + value);
    if (!sysctl) {
      return reader.Fault(kSysctls, sysctl.error().message());
    }
    sysctls.push_back(*std::move(sysctl));
  }
  return sysctls;
}

json::Value UlimitsToJson(const std::vector<Ulimit>& ulimits) {
  json::Array array;
  for (const Ulimit& ulimit : ulimits) {
    json::Object object;
    object.Set("Name", ulimit.name);
    object.Set("Soft", static_cast<int64_t>(ulimit.soft));  // -1: none
    object.Set("Hard", static_cast<int64_t>(ulimit.hard));
    array.emplace_back(std::move(object));
  }
  return array;
}

Result<std::vector<Ulimit>> UlimitsFromJson(const json::Reader& reader) {
  std::vector<Ulimit> ulimits;
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children(kUlimits));
  for (const json::Reader& child : children) {
    ASSIGN_OR_RETURN(const std::string name, child.String("Name"));
    ASSIGN_OR_RETURN(const int64_t soft, child.Int64("Soft"));
    ASSIGN_OR_RETURN(const int64_t hard, child.Int64("Hard"));
    Result<Ulimit> ulimit =
        ParseUlimit(name + "=" + std::to_string(soft) + ":" + std::to_string(hard));
    if (!ulimit) {
      return child.Fault("Name", ulimit.error().message());
    }
    ulimits.push_back(*std::move(ulimit));
  }
  return ulimits;
}

std::vector<std::string> WritableSysctls(const spec::SecurityOptions& options) {
  std::vector<std::string> names;
  if (options.writable_net_sysctls) {
    names.emplace_back("net");
  }
  if (options.writable_ipc_sysctls) {
    names.emplace_back("ipc");
  }
  return names;
}

Status ReadWritableSysctls(const json::Reader& reader, spec::SecurityOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, reader.Strings(kNsChangeFiles));
  for (const std::string& name : names) {
    if (name != "net" && name != "ipc") {
      return reader.Fault(kNsChangeFiles, "has an unknown namespace");
    }
    (name == "net" ? options.writable_net_sysctls : options.writable_ipc_sysctls) = true;
  }
  return OkStatus();
}

std::vector<std::string> SecurityOptTexts(const spec::SecurityOptions& options) {
  std::vector<std::string> texts;
  if (options.no_new_privileges) {
    texts.emplace_back("no-new-privileges");
  }
  if (!options.seccomp.empty()) {
    texts.push_back("seccomp=" + options.seccomp);
  }
  return texts;
}

// A profile is looked at when it is used.
Status ReadSecurityOpt(const json::Reader& reader, spec::SecurityOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, reader.Strings(kSecurityOpt));
  for (const std::string& text : texts) {
    const Result<SecurityOption> option = ParseSecurityOption(text);
    if (!option) {
      return reader.Fault(kSecurityOpt, option.error().message());
    }
    if (option->kind == SecurityOptionKind::kSeccomp) {
      options.seccomp = option->seccomp;
    } else {
      options.no_new_privileges = option->no_new_privileges;
    }
  }
  return OkStatus();
}

}  // namespace

void AddSecurityToJson(const spec::SecurityOptions& options, json::Object& object) {
  object.Set(kCapAdd, options.cap_add);
  object.Set(kCapDrop, options.cap_drop);
  object.Set(kDevices, DevicesToJson(options.devices));
  object.Set(kDeviceCgroupRules, RuleTexts(options.device_rules));
  object.Set(kSysctls, SysctlsToJson(options.sysctls));
  object.Set(kUlimits, UlimitsToJson(options.ulimits));
  object.Set(kNsChangeFiles, WritableSysctls(options));
  object.Set(kPrivileged, options.privileged);
  object.Set(kSecurityOpt, SecurityOptTexts(options));
}

Result<spec::SecurityOptions> SecurityFromJson(const json::Reader& reader) {
  spec::SecurityOptions options;
  ASSIGN_OR_RETURN(options.cap_add, NamesFromJson(reader, kCapAdd));
  ASSIGN_OR_RETURN(options.cap_drop, NamesFromJson(reader, kCapDrop));
  ASSIGN_OR_RETURN(options.devices, DevicesFromJson(reader));
  ASSIGN_OR_RETURN(options.device_rules, RulesFromJson(reader));
  ASSIGN_OR_RETURN(options.sysctls, SysctlsFromJson(reader));
  ASSIGN_OR_RETURN(options.ulimits, UlimitsFromJson(reader));
  RETURN_IF_ERROR(ReadWritableSysctls(reader, options));
  ASSIGN_OR_RETURN(options.privileged, reader.BoolOr(kPrivileged, false));
  RETURN_IF_ERROR(ReadSecurityOpt(reader, options));
  return options;
}

}  // namespace isulad::container
