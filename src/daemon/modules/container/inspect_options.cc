#include "daemon/modules/container/inspect_options.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/resource_options.h"
#include "utils/base/security_option.h"
#include "utils/base/strings.h"

namespace isulad::container {
namespace {

json::Value ToJson(const spec::BindMount& bind) {
  json::Object options;
  options.Set("Propagation", bind.propagation);
  json::Object object;
  object.Set("Type", "bind");
  object.Set("Source", bind.source);
  object.Set("Target", bind.target);
  object.Set("ReadOnly", bind.read_only);
  object.Set("BindOptions", std::move(options));
  return object;
}

json::Value ToJson(const spec::Tmpfs& tmpfs) {
  json::Object options;
  options.Set("SizeBytes", tmpfs.size);
  options.Set("Mode", tmpfs.mode);
  json::Object object;
  object.Set("Type", "tmpfs");
  object.Set("Target", tmpfs.target);
  object.Set("ReadOnly", tmpfs.read_only);
  object.Set("TmpfsOptions", std::move(options));
  return object;
}

json::Value HostsToJson(const std::vector<spec::HostEntry>& entries) {
  std::vector<std::string> texts;
  texts.reserve(entries.size());
  for (const spec::HostEntry& entry : entries) {
    texts.push_back(spec::FormatHostEntry(entry));
  }
  return texts;
}

json::Value DevicesToJson(const std::vector<DeviceMapping>& devices) {
  json::Array array;
  for (const DeviceMapping& device : devices) {
    json::Object object;
    object.Set("PathOnHost", device.path_on_host);
    object.Set("PathInContainer", device.path_in_container);
    object.Set("CgroupPermissions", device.permissions);
    array.emplace_back(std::move(object));
  }
  return array;
}

std::vector<std::string> RuleTexts(const std::vector<DeviceRule>& rules) {
  std::vector<std::string> texts;
  texts.reserve(rules.size());
  for (const DeviceRule& rule : rules) {
    texts.push_back(FormatDeviceRule(rule));
  }
  return texts;
}

json::Value SysctlsToJson(const std::vector<Sysctl>& sysctls) {
  json::Object object;
  for (const Sysctl& sysctl : sysctls) {
    object.Set(sysctl.name, sysctl.value);
  }
  return object;
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

constexpr int64_t kNotGiven = -1;

// The texts have been parsed before, so no entry is lost here.
json::Value RatesToJson(DeviceRateKind kind, const spec::ResourceLimits& limits) {
  json::Array array;
  for (const DeviceRate& rate : spec::DeviceRatesOf(limits).value_or(std::vector<DeviceRate>())) {
    if (rate.kind == kind) {
      json::Object object;
      object.Set("Path", rate.path);
      object.Set("Rate", rate.rate);
      array.emplace_back(std::move(object));
    }
  }
  return array;
}

json::Value HugetlbToJson(const spec::ResourceLimits& limits) {
  json::Array array;
  for (const HugetlbLimit& limit :
       spec::HugetlbLimitsOf(limits).value_or(std::vector<HugetlbLimit>())) {
    json::Object object;
    object.Set("PageSize", HugePageName(limit.page_size));
    object.Set("Limit", limit.limit);
    array.emplace_back(std::move(object));
  }
  return array;
}

}  // namespace

void AddFiles(const spec::FileOptions& options, json::Object& object) {
  json::Array mounts;
  for (const spec::MountOption& mount : options.mounts) {
    mounts.push_back(std::visit([](const auto& value) { return ToJson(value); }, mount));
  }
  object.Set("Mounts", std::move(mounts));
  json::Object tmpfs;
  for (const spec::Tmpfs& one : options.tmpfs) {
    tmpfs.Set(one.target, Join(spec::TmpfsOptions(one), ","));
  }
  object.Set("Tmpfs", std::move(tmpfs));
  object.Set("ExtraHosts", HostsToJson(options.names.hosts));
  object.Set("Dns", options.names.servers);
  object.Set("DnsSearch", options.names.search);
  object.Set("DnsOptions", options.names.options);
}

void AddSecurity(const spec::SecurityOptions& options, json::Object& object) {
  object.Set("CapAdd", options.cap_add);
  object.Set("CapDrop", options.cap_drop);
  object.Set("Devices", DevicesToJson(options.devices));
  object.Set("DeviceCgroupRules", RuleTexts(options.device_rules));
  object.Set("Sysctls", SysctlsToJson(options.sysctls));
  object.Set("Ulimits", UlimitsToJson(options.ulimits));
  object.Set("NsChangeFiles", WritableSysctls(options));
  object.Set("Privileged", options.privileged);
  object.Set("SecurityOpt", SecurityOptTexts(options));
}

void AddNamespaces(const NamespaceOptions& options, json::Object& object) {
  for (const NamespaceKind* kind : kNamespaceKinds) {
    object.Set(kind->key, FormatNamespace(*kind, options.*kind->choice));
  }
}

void AddResources(const spec::ResourceLimits& limits, json::Object& object) {
  object.Set("Memory", limits.memory());
  object.Set("MemorySwap", limits.memory_swap());
  object.Set("MemoryReservation", limits.memory_reservation());
  object.Set("MemorySwappiness",
             limits.has_memory_swappiness() ? limits.memory_swappiness() : kNotGiven);
  object.Set("OomKillDisable", limits.oom_kill_disable());
  object.Set("NanoCpus", limits.nano_cpus());
  object.Set("CpuShares", limits.cpu_shares());
  object.Set("CpuPeriod", limits.cpu_period());
  object.Set("CpuQuota", limits.cpu_quota());
  object.Set("CpusetCpus", limits.cpuset_cpus());
  object.Set("CpusetMems", limits.cpuset_mems());
  object.Set("PidsLimit", limits.pids_limit());
  object.Set("BlkioWeight", limits.blkio_weight());
  object.Set("BlkioDeviceReadBps", RatesToJson(DeviceRateKind::kReadBytes, limits));
  object.Set("BlkioDeviceWriteBps", RatesToJson(DeviceRateKind::kWriteBytes, limits));
  object.Set("BlkioDeviceReadIOps", RatesToJson(DeviceRateKind::kReadOperations, limits));
  object.Set("BlkioDeviceWriteIOps", RatesToJson(DeviceRateKind::kWriteOperations, limits));
  object.Set("Hugetlbs", HugetlbToJson(limits));
  object.Set("OomScoreAdj", limits.oom_score_adj());
}

}  // namespace isulad::container
