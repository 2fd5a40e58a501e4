#include "utils/base/capabilities.h"

#include <linux/capability.h>

#include <algorithm>
#include <cstddef>

#include "utils/base/strings.h"

namespace isulad {
namespace {

// Indexed by bit. Linux 5.9 added the last one, which the headers of an older machine may lack.
constexpr const char* kNames[] = {
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_AUDIT_READ",
    "CAP_PERFMON",
    "CAP_BPF",
    "CAP_CHECKPOINT_RESTORE",
};
constexpr size_t kCount = sizeof(kNames) / sizeof(kNames[0]);
static_assert(kCount >= CAP_LAST_CAP + 1, "this kernel has capabilities that are not in the table");

constexpr std::string_view kCapabilityPrefix = "CAP_";

char ToUpper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::vector<std::string> CapabilityNames(uint64_t bits) {
  std::vector<std::string> names;
  for (size_t bit = 0; bit < kCount; ++bit) {
    if ((bits >> bit & 1) != 0) {
      names.emplace_back(kNames[bit]);
    }
  }
  return names;
}

Result<std::string> ParseCapability(std::string_view text) {
  std::string name(text);
  std::transform(name.begin(), name.end(), name.begin(), ToUpper);
  if (name == kAllCapabilities) {
    return name;
  }
  if (!name.starts_with(kCapabilityPrefix)) {
    name.insert(0, kCapabilityPrefix);
  }
  if (CapabilityBits(name) == 0) {
    return InvalidArgument("capability " + Quote(text) +
                           " is not known: a name of capability(7), or ALL");
  }
  return name;
}

uint64_t CapabilityBits(std::string_view name) {
  if (name == kAllCapabilities) {
    return (uint64_t{1} << kCount) - 1;
  }
  for (size_t bit = 0; bit < kCount; ++bit) {
    if (name == kNames[bit]) {
      return uint64_t{1} << bit;
    }
  }
  return 0;
}

}  // namespace isulad
