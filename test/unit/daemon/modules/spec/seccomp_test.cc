#include "daemon/modules/spec/seccomp.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/bpf_common.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "daemon/modules/spec/capabilities.h"
#include "daemon/modules/spec/seccomp_table.h"
#include "support/result_matchers.h"
#include "unit/daemon/modules/spec/bpf_machine.h"

namespace isulad::spec {
namespace {

constexpr uint64_t Bit(int capability) { return uint64_t{1} << capability; }

#if defined(__x86_64__)
constexpr uint32_t kNative = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr uint32_t kNative = AUDIT_ARCH_AARCH64;
#else
constexpr uint32_t kNative = AUDIT_ARCH_RISCV64;
#endif
// A number that no kernel has given out yet.
constexpr int kFutureCall = 2000;

std::string Compile(uint64_t capabilities, SeccompVariant variant = SeccompVariant::kDefault) {
  Result<std::string> program = CompileSeccomp(variant, capabilities);
  EXPECT_OK(program);
  return program.value_or("");
}

BpfResult Call(const std::string& program, long number, uint64_t argument = 0,
               uint32_t architecture = kNative) {
  seccomp_data data{};
  data.nr = static_cast<int>(number);
  data.arch = architecture;
  data.args[0] = argument;
  return RunBpf(program, data);
}

bool Allows(const std::string& program, long number, uint64_t argument = 0) {
  return Call(program, number, argument).action == SECCOMP_RET_ALLOW;
}

int ErrorOf(const std::string& program, long number, uint64_t argument = 0) {
  const BpfResult result = Call(program, number, argument);
  return result.action == SECCOMP_RET_ERRNO ? result.error : 0;
}

class SeccompTest : public ::testing::Test {
 protected:
  // Compiled once: it is the expensive part.
  static const std::string& Default() {
    static const std::string* const kProgram = new std::string(Compile(DefaultCapabilities(false)));
    return *kProgram;
  }
};

TEST_F(SeccompTest, IsOneThatTheKernelTakes) {
  EXPECT_EQ(Default().size() % sizeof(sock_filter), 0u);
  EXPECT_GT(Default().size() / sizeof(sock_filter), 100u);
  EXPECT_LE(Default().size() / sizeof(sock_filter), static_cast<size_t>(BPF_MAXINSNS));
}

TEST_F(SeccompTest, AllowsOrdinaryCalls) {
  for (const long number : {SYS_read, SYS_openat, SYS_mmap, SYS_execve, SYS_futex, SYS_ptrace,
                            SYS_renameat2, SYS_epoll_pwait, SYS_chroot, SYS_setgroups}) {
    EXPECT_TRUE(Allows(Default(), number)) << number;
  }
}

TEST_F(SeccompTest, RefusesWhatReachesTheMachine) {
  for (const long number : {SYS_mount,
                            SYS_umount2,
                            SYS_unshare,
                            SYS_setns,
                            SYS_pivot_root,
                            SYS_reboot,
                            SYS_bpf,
                            SYS_keyctl,
                            SYS_add_key,
                            SYS_init_module,
                            SYS_kexec_load,
                            SYS_swapon,
                            SYS_io_uring_setup,
                            SYS_userfaultfd,
                            SYS_open_by_handle_at,
                            SYS_perf_event_open,
                            SYS_settimeofday,
                            SYS_sethostname,
                            SYS_acct,
                            SYS_process_vm_writev}) {
    EXPECT_EQ(ErrorOf(Default(), number), EPERM) << number;
  }
}

TEST_F(SeccompTest, SaysThatCallsNewerThanTheLibraryAreMissing) {
  EXPECT_EQ(ErrorOf(Default(), kFutureCall), ENOSYS);
  const uint32_t foreign = kNative == AUDIT_ARCH_X86_64 ? AUDIT_ARCH_AARCH64 : AUDIT_ARCH_X86_64;
  EXPECT_NE(Call(Default(), SYS_read, 0, foreign).action, static_cast<uint32_t>(SECCOMP_RET_ALLOW));
}

TEST_F(SeccompTest, LooksAtTheFlagsOfClone) {
  EXPECT_TRUE(Allows(Default(), SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND));
  for (const uint64_t flag : {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWIPC,
                              CLONE_NEWUTS, CLONE_NEWCGROUP}) {
    EXPECT_EQ(ErrorOf(Default(), SYS_clone, flag | CLONE_VM), EPERM) << flag;
  }
}

TEST_F(SeccompTest, SaysThatClone3IsMissingSoThatLibcTakesClone) {
  EXPECT_EQ(ErrorOf(Default(), SYS_clone3), ENOSYS);
}

TEST_F(SeccompTest, AdministratorMayMakeNamespacesAndMounts) {
  const std::string program = Compile(Bit(CAP_SYS_ADMIN));
  EXPECT_TRUE(Allows(program, SYS_clone, CLONE_NEWUSER));
  for (const long number : {SYS_clone3, SYS_mount, SYS_unshare, SYS_setns, SYS_bpf, SYS_syslog}) {
    EXPECT_TRUE(Allows(program, number)) << number;
  }
  EXPECT_FALSE(Allows(program, SYS_chroot));
}

TEST_F(SeccompTest, CapabilityOpensItsOwnCallsOnly) {
  const std::string program = Compile(Bit(CAP_SYS_TIME));
  EXPECT_TRUE(Allows(program, SYS_clock_settime));
  EXPECT_FALSE(Allows(program, SYS_mount));
}

TEST_F(SeccompTest, RefusesSocketsOfTheHypervisor) {
  EXPECT_TRUE(Allows(Default(), SYS_socket, AF_UNIX));
  EXPECT_TRUE(Allows(Default(), SYS_socket, AF_INET6));
  EXPECT_EQ(ErrorOf(Default(), SYS_socket, AF_VSOCK), EPERM);
}

TEST_F(SeccompTest, AllowsHarmlessPersonalitiesOnly) {
  for (const uint64_t persona :
       {uint64_t{PER_LINUX}, uint64_t{PER_LINUX32}, uint64_t{UNAME26}, uint64_t{0xffffffff}}) {
    EXPECT_TRUE(Allows(Default(), SYS_personality, persona)) << persona;
  }
  EXPECT_FALSE(Allows(Default(), SYS_personality, ADDR_NO_RANDOMIZE));
  EXPECT_FALSE(Allows(Default(), SYS_personality, MMAP_PAGE_ZERO));
}

TEST_F(SeccompTest, RebootIsForSystemContainers) {
  EXPECT_TRUE(
      Allows(Compile(DefaultCapabilities(true), SeccompVariant::kSystemContainer), SYS_reboot));
  EXPECT_FALSE(Allows(Compile(DefaultCapabilities(true)), SYS_reboot));
}

// docs/safety.md names the difference.
TEST_F(SeccompTest, TheProfileOfSystemContainersDiffersInRebootAlone) {
  const std::vector<SeccompRule> plain = SeccompRules(SeccompVariant::kDefault, 0);
  std::vector<SeccompRule> system = SeccompRules(SeccompVariant::kSystemContainer, 0);
  std::vector<std::string_view>& names = system.front().names;
  EXPECT_EQ(std::erase(names, "reboot"), 1u);
  EXPECT_EQ(names, plain.front().names);
  ASSERT_EQ(system.size(), plain.size());
  for (size_t i = 1; i < plain.size(); ++i) {
    EXPECT_EQ(system[i].names, plain[i].names);
    EXPECT_EQ(system[i].error, plain[i].error);
    EXPECT_EQ(system[i].conditions.size(), plain[i].conditions.size());
  }
}

TEST_F(SeccompTest, TakesFewStepsForACall) {
  // A list would take one step for each name before it.
  EXPECT_LT(Call(Default(), SYS_renameat2).steps, 50);
  EXPECT_LT(Call(Default(), SYS_read).steps, 50);
}

#if defined(__x86_64__)
TEST_F(SeccompTest, CoversThe32BitCalls) {
  constexpr long kReadOf386 = 3;
  constexpr long kMountOf386 = 21;
  EXPECT_EQ(Call(Default(), kReadOf386, 0, AUDIT_ARCH_I386).action,
            static_cast<uint32_t>(SECCOMP_RET_ALLOW));
  EXPECT_EQ(Call(Default(), kMountOf386, 0, AUDIT_ARCH_I386).error, EPERM);
  constexpr long kX32 = 0x40000000;
  EXPECT_TRUE(Allows(Default(), kX32 | SYS_write));
  EXPECT_EQ(ErrorOf(Default(), kX32 | SYS_mount), EPERM);
}
#endif

TEST_F(SeccompTest, NoNameStandsTwiceInTheTable) {
  const std::vector<SeccompRule> rules =
      SeccompRules(SeccompVariant::kSystemContainer, ~uint64_t{0});
  std::set<std::string_view> seen;
  for (std::string_view name : rules.front().names) {
    EXPECT_TRUE(seen.insert(name).second) << name;
  }
  for (const SeccompRule& rule : rules) {
    if (!rule.conditions.empty()) {
      // An unconditional rule would make the condition void.
      EXPECT_EQ(seen.count(rule.names.front()), 0u) << rule.names.front();
    }
  }
}

TEST(SeccompProfile, SaysTheSameAsTheProgram) {
  const json::Value profile = SeccompProfile(SeccompVariant::kDefault, DefaultCapabilities(false));
  const json::Object& object = *profile.AsObject();
  EXPECT_EQ(*object.Find("defaultAction"), json::Value("SCMP_ACT_ERRNO"));
  EXPECT_EQ(*object.Find("defaultErrnoRet"), json::Value(EPERM));
  std::set<std::string> allowed;
  for (const json::Value& call : *object.Find("syscalls")->AsArray()) {
    const json::Object& rule = *call.AsObject();
    for (const json::Value& name : *rule.Find("names")->AsArray()) {
      if (*name.AsString() == "clone3") {
        EXPECT_EQ(*rule.Find("errnoRet"), json::Value(ENOSYS));
        EXPECT_EQ(*rule.Find("action"), json::Value("SCMP_ACT_ERRNO"));
      } else {
        EXPECT_EQ(*rule.Find("action"), json::Value("SCMP_ACT_ALLOW")) << *name.AsString();
        allowed.insert(*name.AsString());
      }
      if (*name.AsString() == "clone") {
        const json::Object& argument = *rule.Find("args")->AsArray()->front().AsObject();
        EXPECT_EQ(*argument.Find("op"), json::Value("SCMP_CMP_MASKED_EQ"));
        EXPECT_EQ(*argument.Find("value"), json::Value(0x7e020000));
        EXPECT_EQ(*argument.Find("valueTwo"), json::Value(0));
      }
    }
  }
  EXPECT_EQ(allowed.count("read"), 1u);
  EXPECT_EQ(allowed.count("mount"), 0u);
  EXPECT_EQ(allowed.count("keyctl"), 0u);
}

}  // namespace
}  // namespace isulad::spec
