#include "daemon/modules/spec/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "daemon/modules/spec/capabilities.h"
#include "daemon/modules/spec/resource_options.h"
#include "support/from_text.h"
#include "support/result_matchers.h"
#include "utils/base/capabilities.h"

namespace isulad::spec {
namespace {

using ::testing::ElementsAre;

Status CheckVolume(std::string_view text) {
  const auto mount = ParseVolume(text);
  return mount ? OkStatus() : Status(mount.error());
}

TEST(ParseVolume, ReadsAllForms) {
  EXPECT_EQ(*ParseVolume("/a:/b"), (BindMount{"/a", "/b", false, "rprivate"}));
  EXPECT_EQ(*ParseVolume("/a:/b:ro"), (BindMount{"/a", "/b", true, "rprivate"}));
  EXPECT_EQ(*ParseVolume("/a:/b:rslave,ro"), (BindMount{"/a", "/b", true, "rslave"}));
  EXPECT_EQ(*ParseVolume("/a//x/./:/b/:shared"), (BindMount{"/a/x", "/b", false, "shared"}));
}

TEST(ParseVolume, NamesTheFieldThatIsWrong) {
  EXPECT_THAT(CheckVolume(""), test::IsErrorWith(Code::kInvalidArgument, "SOURCE:TARGET"));
  EXPECT_THAT(CheckVolume("/a"), test::IsErrorWith(Code::kInvalidArgument, "SOURCE:TARGET"));
  EXPECT_THAT(CheckVolume("/a:/b:ro:x"),
              test::IsErrorWith(Code::kInvalidArgument, "SOURCE:TARGET"));
  EXPECT_THAT(CheckVolume("a:/b"), test::IsErrorWith(Code::kInvalidArgument, "source \"a\""));
  EXPECT_THAT(CheckVolume(":/b"), test::IsErrorWith(Code::kInvalidArgument, "source \"\""));
  EXPECT_THAT(CheckVolume("/a:b"), test::IsErrorWith(Code::kInvalidArgument, "target \"b\""));
  EXPECT_THAT(CheckVolume("/a:/b/../c"), test::IsErrorWith(Code::kInvalidArgument, "target"));
  EXPECT_THAT(CheckVolume("/a:/"), test::IsErrorWith(Code::kInvalidArgument, "rootfs itself"));
  EXPECT_THAT(CheckVolume("/a:/b:"), test::IsErrorWith(Code::kInvalidArgument, "mode \"\""));
  EXPECT_THAT(CheckVolume("/a:/b:rw,ro"),
              test::IsErrorWith(Code::kInvalidArgument, "more than one of ro and rw"));
  EXPECT_THAT(CheckVolume("/a:/b:slave,shared"),
              test::IsErrorWith(Code::kInvalidArgument, "more than one propagation"));
  EXPECT_THAT(CheckVolume("/a:/b:z"), test::IsErrorWith(Code::kInvalidArgument, "mode \"z\""));
}

ProcessConfig ProcessOf(const std::string& text) { return test::FromText<ProcessConfig>(text); }

TEST(ValidateProcess, AcceptsWhatAContainerCanRun) {
  EXPECT_OK(ValidateProcess(ProcessOf(
      R"(args: "sh" env: "A=1" env: "B=" user: "user" workdir: "/work" terminal: true)")));
  EXPECT_OK(ValidateProcess(ProcessOf(R"(entrypoint: "sh")")));
}

TEST(ValidateProcess, RefusesMissingCommand) {
  for (const char* text : {"", R"(args: "")", R"(args: "" args: "a")"}) {
    EXPECT_THAT(ValidateProcess(ProcessOf(text)),
                test::IsErrorWith(Code::kInvalidArgument, "no command"));
  }
}

TEST(ValidateProcess, RefusesBadEnvironment) {
  for (const char* entry : {"", "=x", "NAME", "A=\xff"}) {
    ProcessConfig process = ProcessOf(R"(args: "sh")");
    process.add_env(entry);
    EXPECT_THAT(ValidateProcess(process), test::IsErrorWith(Code::kInvalidArgument, "--env"))
        << entry;
  }
}

TEST(ValidateProcess, RefusesZeroBytesInArguments) {
  for (const char* text : {R"(args: "sh" args: "a\000b")", R"(entrypoint: "a\000b")"}) {
    EXPECT_THAT(ValidateProcess(ProcessOf(text)),
                test::IsErrorWith(Code::kInvalidArgument, "the argument"));
  }
}

TEST(ValidateProcess, RefusesWhatIsNoGroup) {
  EXPECT_OK(ValidateProcess(ProcessOf(R"(args: "sh" group_add: "audio" group_add: "7")")));
  for (const char* group : {"", "a:b", "a,b", "a\nb", "\xff"}) {
    ProcessConfig process = ProcessOf(R"(args: "sh")");
    process.add_group_add(group);
    EXPECT_THAT(ValidateProcess(process), test::IsErrorWith(Code::kInvalidArgument, "--group-add"));
  }
}

TEST(ValidateProcess, RefusesRelativeWorkdir) {
  EXPECT_THAT(ValidateProcess(ProcessOf(R"(args: "sh" workdir: "work")")),
              test::IsErrorWith(Code::kInvalidArgument, "--workdir \"work\""));
}

TEST(CommandOf, BeginsWithTheEntrypoint) {
  EXPECT_THAT(CommandOf(ProcessOf(R"(args: "a" args: "b")")), ElementsAre("a", "b"));
  EXPECT_THAT(CommandOf(ProcessOf(R"(entrypoint: "e" args: "a")")), ElementsAre("e", "a"));
}

ResourceLimits LimitsOf(const std::string& text) { return test::FromText<ResourceLimits>(text); }

TEST(ValidateResources, AcceptsNothingAndSensibleLimits) {
  EXPECT_OK(ValidateResources({}, 2));
  EXPECT_OK(ValidateResources(
      LimitsOf("memory: 6291456 memory_swap: 6291456 nano_cpus: 2000000000 pids_limit: 1"), 2));
  EXPECT_OK(ValidateResources(
      LimitsOf("memory: 67108864 memory_swap: -1 nano_cpus: 10000000 pids_limit: -1"), 1));
  EXPECT_OK(ValidateResources(LimitsOf("memory_swap: -1"), 1));
}

TEST(ValidateResources, NamesTheFlagAndTheRange) {
  const struct {
    const char* limits;
    const char* reason;
  } cases[] = {
      {"memory_reservation: -1", "--memory-reservation \"-1\" must be a size"},
      {"memory: 67108864 memory_reservation: 68157440",
       "--memory-reservation \"65M\" must not be above --memory, 64M"},
      {"memory_swappiness: 101", "--memory-swappiness \"101\" must be between 0 and 100"},
      {"memory_swappiness: -1", "--memory-swappiness \"-1\" must be between 0 and 100"},
      {"oom_kill_disable: true", "--oom-kill-disable needs --memory"},
      {"cpu_shares: 1", "--cpu-shares \"1\" must be between 2 and 262144"},
      {"cpu_period: 999", "--cpu-period \"999\" must be between 1000 and"},
      {"cpu_quota: 999", "--cpu-quota \"999\" must be -1 (unlimited) or at"},
      {"cpu_quota: -2", "--cpu-quota \"-2\""},
      {"nano_cpus: 1000000000 cpu_quota: 1000", "exclude one another"},
      {R"(cpuset_cpus: "a")", "--cpuset-cpus \"a\" must be a list"},
      {R"(cpuset_mems: "1-")", "--cpuset-mems \"1-\" must be a list"},
      {"oom_score_adj: -1001", "--oom-score-adj \"-1001\" must be between -1000 and 1000"},
      {"oom_score_adj: 1001", "--oom-score-adj \"1001\" must be"},
      {"blkio_weight: 9", "--blkio-weight \"9\" must be between 10 and 1000"},
      {"memory: 6291455", "--memory \"6291455\""},
      {"memory: -1", "--memory \"-1\""},
      {"memory: 67108864 memory_swap: 33554432", "--memory-swap \"32M\""},
      {"memory_swap: 33554432", "needs --memory"},
      {"memory: 67108864 memory_swap: -2", "--memory-swap \"-2\""},
      {"nano_cpus: 2000000001", "between 0.01 and 2"},
      {"nano_cpus: 9999999", "--cpus"},
      {"nano_cpus: -1", "--cpus"},
      {"pids_limit: -2", "--pids-limit \"-2\""},
  };
  for (const auto& each : cases) {
    EXPECT_THAT(ValidateResources(LimitsOf(each.limits), 2),
                test::IsErrorWith(Code::kInvalidArgument, each.reason));
  }
  EXPECT_OK(ValidateResources(
      LimitsOf("memory: 67108864 memory_reservation: 67108864 memory_swappiness: 0 "
               "oom_kill_disable: true cpu_shares: 2 cpu_period: 1000 cpu_quota: -1 "
               "cpuset_cpus: '0-1,7' blkio_weight: 1000 oom_score_adj: -1000"),
      2));
}

TEST(ValidateChanges, TakesWhatAnUpdateCanChangeAndNoZero) {
  EXPECT_OK(ValidateChanges({}));
  EXPECT_OK(ValidateChanges(
      LimitsOf("memory: 1 memory_swap: -1 memory_reservation: 1 nano_cpus: 1 cpu_shares: 1 "
               "cpu_period: 1 cpu_quota: -1 cpuset_cpus: '0' cpuset_mems: '0'")));
  for (const char* text : {"pids_limit: 1", "oom_kill_disable: true", "memory_swappiness: 0",
                           "blkio_weight: 10", "hugetlb_limits: '1'", "oom_score_adj: 0"}) {
    EXPECT_THAT(ValidateChanges(LimitsOf(text)),
                test::IsErrorWith(Code::kInvalidArgument, "that update cannot change"))
        << text;
  }
  EXPECT_THAT(ValidateChanges(LimitsOf("memory: 0")),
              test::IsErrorWith(Code::kInvalidArgument, "--memory \"0\" must not be 0"));
  EXPECT_THAT(ValidateChanges(LimitsOf("cpuset_mems: ''")),
              test::IsErrorWith(Code::kInvalidArgument, "--cpuset-mems \"\" must not be empty"));
}

TEST(ControllersFor, NamesWhatIsAskedFor) {
  EXPECT_TRUE(ControllersFor(LimitsOf("memory: 1 cpu_quota: -1 pids_limit: 5")).empty());
  const auto needed = ControllersFor(LimitsOf("cpu_shares: 2 device_read_iops: '/a:1'"));
  ASSERT_EQ(needed.size(), 2u);
  EXPECT_EQ(needed[0].controller, "cpu");
  EXPECT_EQ(needed[1].flag, "device-read-bps and its like");
  EXPECT_EQ(needed[1].controller, kIoController);
}

TEST(CpuTimeOf, TurnsProcessorsIntoAQuota) {
  EXPECT_EQ(CpuTimeOf(LimitsOf("nano_cpus: 1500000000")).quota, 150'000);
  EXPECT_EQ(CpuTimeOf(LimitsOf("nano_cpus: 1500000000")).period, 100'000);
  EXPECT_EQ(CpuTimeOf(LimitsOf("cpu_quota: -1")).quota, -1);
  EXPECT_EQ(CpuTimeOf(LimitsOf("cpu_quota: -1")).period, 0);
}

TEST(DeviceRatesOf, ReadsEachKind) {
  EXPECT_THAT(*DeviceRatesOf(LimitsOf("device_read_bps: '/a:1m' device_write_bps: '/a:2' "
                                      "device_read_iops: '/a:3' device_write_iops: '/a:4'")),
              ElementsAre(DeviceRate{DeviceRateKind::kReadBytes, "/a", 1 << 20},
                          DeviceRate{DeviceRateKind::kWriteBytes, "/a", 2},
                          DeviceRate{DeviceRateKind::kReadOperations, "/a", 3},
                          DeviceRate{DeviceRateKind::kWriteOperations, "/a", 4}));
  EXPECT_THAT(DeviceRatesOf(LimitsOf("device_write_iops: 'a:4'")),
              test::IsErrorWith(Code::kInvalidArgument, "--device-write-iops"));
}

TEST(HugetlbLimitsOf, NamesTheFlag) {
  EXPECT_THAT(*HugetlbLimitsOf(LimitsOf("hugetlb_limits: '2M:64M'")),
              ElementsAre(HugetlbLimit{2 << 20, 64 << 20}));
  EXPECT_THAT(HugetlbLimitsOf(LimitsOf("hugetlb_limits: '3M:1'")),
              test::IsErrorWith(Code::kInvalidArgument, "--hugetlb-limit"));
}

TEST(Capabilities, NamesBitsInOrder) {
  EXPECT_THAT(CapabilityNames(1 | 1 << 5 | uint64_t{1} << 40),
              ElementsAre("CAP_CHOWN", "CAP_KILL", "CAP_CHECKPOINT_RESTORE"));
  EXPECT_TRUE(CapabilityNames(0).empty());
  EXPECT_EQ(CapabilityNames(~uint64_t{0}).size(), 41u);
}

TEST(Capabilities, DefaultSetHasFourteenAndSystemContainersMayReboot) {
  EXPECT_EQ(CapabilityNames(DefaultCapabilities(false)).size(), 14u);
  EXPECT_THAT(CapabilityNames(DefaultCapabilities(true) & ~DefaultCapabilities(false)),
              ElementsAre("CAP_SYS_BOOT"));
}

}  // namespace
}  // namespace isulad::spec
