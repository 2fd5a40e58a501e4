#include "daemon/modules/spec/seccomp_table.h"

#include <linux/capability.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/socket.h>

#include <cerrno>

#include "daemon/modules/spec/seccomp_names.h"

// Newer than Debian 12's headers, or not in those of libc.
#ifndef CLONE_NEWCGROUP
#define CLONE_NEWCGROUP 0x02000000
#endif

namespace isulad::spec {
namespace {

constexpr uint64_t CapabilityBit(int capability) { return uint64_t{1} << capability; }

constexpr uint64_t kNewNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                    CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

// Calls that fail without the capability in any case; allowing them only with it covers gaps in the
// kernel's own check.
struct CapabilityGroup {
  uint64_t any_of;
  std::vector<std::string_view> names;
};

const std::vector<CapabilityGroup>& CapabilityGroups() {
  static const auto* const kGroups = new std::vector<CapabilityGroup>{
      {CapabilityBit(CAP_SYS_ADMIN),
       {"mount",         "umount",        "umount2",       "mount_setattr", "move_mount",
        "open_tree",     "fsopen",        "fsconfig",      "fsmount",       "fspick",
        "pivot_root",    "unshare",       "setns",         "clone",         "clone3",
        "sethostname",   "setdomainname", "fanotify_init", "quotactl",      "quotactl_fd",
        "lookup_dcookie"}},
      {CapabilityBit(CAP_SYS_ADMIN) | CapabilityBit(CAP_BPF), {"bpf"}},
      {CapabilityBit(CAP_SYS_ADMIN) | CapabilityBit(CAP_PERFMON), {"perf_event_open"}},
      {CapabilityBit(CAP_SYS_ADMIN) | CapabilityBit(CAP_SYSLOG), {"syslog"}},
      {CapabilityBit(CAP_SYS_CHROOT), {"chroot"}},
      {CapabilityBit(CAP_DAC_READ_SEARCH), {"open_by_handle_at"}},
      {CapabilityBit(CAP_SYS_MODULE), {"init_module", "finit_module", "delete_module"}},
      {CapabilityBit(CAP_SYS_PACCT), {"acct"}},
      {CapabilityBit(CAP_SYS_PTRACE),
       {"kcmp", "pidfd_getfd", "process_madvise", "process_vm_readv", "process_vm_writev"}},
      {CapabilityBit(CAP_SYS_RAWIO), {"iopl", "ioperm"}},
      {CapabilityBit(CAP_SYS_TIME), {"settimeofday", "stime", "clock_settime", "clock_settime64"}},
      {CapabilityBit(CAP_SYS_TTY_CONFIG), {"vhangup"}},
      {CapabilityBit(CAP_SYS_NICE),
       {"get_mempolicy", "set_mempolicy", "set_mempolicy_home_node", "mbind", "migrate_pages",
        "move_pages"}},
  };
  return *kGroups;
}

template <size_t N>
void AddNames(const std::string_view (&names)[N], SeccompRule* rule) {
  // One by one: when they are inserted as ranges, GCC 12 reports overflows that do not exist.
  for (const std::string_view name : names) {
    rule->names.push_back(name);
  }
}

SeccompRule UnconditionalRule() {
  SeccompRule rule;
  AddNames(seccomp_names::kOpenAndClose, &rule);
  AddNames(seccomp_names::kReadAndWrite, &rule);
  AddNames(seccomp_names::kFileStatus, &rule);
  AddNames(seccomp_names::kFileTree, &rule);
  AddNames(seccomp_names::kExtendedAttributes, &rule);
  AddNames(seccomp_names::kWaitForFiles, &rule);
  AddNames(seccomp_names::kMemory, &rule);
  AddNames(seccomp_names::kProcesses, &rule);
  AddNames(seccomp_names::kIdentity, &rule);
  AddNames(seccomp_names::kLimitsAndScheduling, &rule);
  AddNames(seccomp_names::kSignals, &rule);
  AddNames(seccomp_names::kTime, &rule);
  AddNames(seccomp_names::kFutexes, &rule);
  AddNames(seccomp_names::kSockets, &rule);
  AddNames(seccomp_names::kIpc, &rule);
  return rule;
}

// AF_VSOCK reaches past every network namespace to the hypervisor.
SeccompRule SocketRule() { return {{"socket"}, {{0, SeccompOperator::kNotEqual, AF_VSOCK, 0}}, 0}; }

// Only the personalities that build tools ask for: others disable address space randomisation and
// the protection of the zero page.
void AddPersonalityRules(std::vector<SeccompRule>* rules) {
  constexpr uint64_t kQuery = 0xffffffff;
  for (const uint64_t persona : {uint64_t{PER_LINUX}, uint64_t{PER_LINUX32}, uint64_t{UNAME26},
                                 uint64_t{PER_LINUX32} | uint64_t{UNAME26}, kQuery}) {
    rules->push_back({{"personality"}, {{0, SeccompOperator::kEqual, persona, 0}}, 0});
  }
}

// Without CAP_SYS_ADMIN new namespaces are not allowed, user namespaces above all. clone3 has its
// flags in memory, where no filter can look: it is reported as missing, and libc uses clone
// instead.
void AddCloneRules(std::vector<SeccompRule>* rules) {
  rules->push_back({{"clone"}, {{0, SeccompOperator::kMaskedEqual, 0, kNewNamespaces}}, 0});
  rules->push_back({{"clone3"}, {}, ENOSYS});
}

}  // namespace

std::vector<SeccompRule> SeccompRules(SeccompVariant variant, uint64_t capabilities) {
  std::vector<SeccompRule> rules;
  SeccompRule unconditional = UnconditionalRule();
  for (const CapabilityGroup& group : CapabilityGroups()) {
    if ((capabilities & group.any_of) != 0) {
      unconditional.names.insert(unconditional.names.end(), group.names.begin(), group.names.end());
    }
  }
  if (variant == SeccompVariant::kSystemContainer) {
    unconditional.names.emplace_back("reboot");
  }
  rules.push_back(std::move(unconditional));
  rules.push_back(SocketRule());
  AddPersonalityRules(&rules);
  if ((capabilities & CapabilityBit(CAP_SYS_ADMIN)) == 0) {
    AddCloneRules(&rules);
  }
  return rules;
}

}  // namespace isulad::spec
