#include "daemon/modules/spec/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "daemon/modules/spec/capabilities.h"
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

TEST(ValidateProcess, AcceptsWhatAContainerCanRun) {
  EXPECT_OK(ValidateProcess({{"sh"}, {"A=1", "B="}, "user", "/work", true}));
}

TEST(ValidateProcess, RefusesMissingCommand) {
  EXPECT_THAT(ValidateProcess({}), test::IsErrorWith(Code::kInvalidArgument, "no command"));
  EXPECT_THAT(ValidateProcess({{""}, {}, "", "", false}),
              test::IsErrorWith(Code::kInvalidArgument, "no command"));
}

TEST(ValidateProcess, RefusesBadEnvironment) {
  for (const char* entry : {"", "=x", "NAME", "A=\xff"}) {
    EXPECT_THAT(ValidateProcess({{"sh"}, {entry}, "", "", false}),
                test::IsErrorWith(Code::kInvalidArgument, "--env"))
        << entry;
  }
}

TEST(ValidateProcess, RefusesZeroBytesInArguments) {
  EXPECT_THAT(ValidateProcess({{"sh", std::string("a\0b", 3)}, {}, "", "", false}),
              test::IsErrorWith(Code::kInvalidArgument, "the argument"));
}

TEST(ValidateProcess, RefusesWhatIsNoGroup) {
  ProcessOptions options;
  options.args = {"sh"};
  options.group_add = {"audio", "7"};
  EXPECT_OK(ValidateProcess(options));
  for (const char* group : {"", "a:b", "a,b", "a\nb", "\xff"}) {
    options.group_add = {group};
    EXPECT_THAT(ValidateProcess(options), test::IsErrorWith(Code::kInvalidArgument, "--group-add"));
  }
}

TEST(ValidateProcess, RefusesRelativeWorkdir) {
  EXPECT_THAT(ValidateProcess({{"sh"}, {}, "", "work", false}),
              test::IsErrorWith(Code::kInvalidArgument, "--workdir \"work\""));
}

TEST(ValidateResources, AcceptsNothingAndSensibleLimits) {
  EXPECT_OK(ValidateResources({}, 2));
  EXPECT_OK(ValidateResources({6 << 20, 6 << 20, 2'000'000'000, 1}, 2));
  EXPECT_OK(ValidateResources({64 << 20, -1, 10'000'000, -1}, 1));
  EXPECT_OK(ValidateResources({0, -1, 0, 0}, 1));
}

TEST(ValidateResources, NamesTheFlagAndTheRangeOfTheFurtherLimits) {
  const struct {
    std::function<void(ResourceOptions&)> spoil;
    std::string reason;
  } cases[] = {
      {[](auto& r) { r.memory_reservation = -1; }, "--memory-reservation \"-1\" must be a size"},
      {[](auto& r) { r.memory = 64 << 20, r.memory_reservation = 65 << 20; },
       "--memory-reservation \"65M\" must not be above --memory, 64M"},
      {[](auto& r) { r.memory_swappiness = 101; },
       "--memory-swappiness \"101\" must be between 0 and 100"},
      {[](auto& r) { r.oom_kill_disable = true; }, "--oom-kill-disable needs --memory"},
      {[](auto& r) { r.cpu_shares = 1; }, "--cpu-shares \"1\" must be between 2 and 262144"},
      {[](auto& r) { r.cpu_period = 999; }, "--cpu-period \"999\" must be between 1000 and"},
      {[](auto& r) { r.cpu_quota = 999; }, "--cpu-quota \"999\" must be -1 (unlimited) or at"},
      {[](auto& r) { r.cpu_quota = -2; }, "--cpu-quota \"-2\""},
      {[](auto& r) { r.nano_cpus = 1'000'000'000, r.cpu_quota = 1000; }, "exclude one another"},
      {[](auto& r) { r.cpuset_cpus = "a"; }, "--cpuset-cpus \"a\" must be a list"},
      {[](auto& r) { r.cpuset_mems = "1-"; }, "--cpuset-mems \"1-\" must be a list"},
      {[](auto& r) { r.oom_score_adj = -1001; },
       "--oom-score-adj \"-1001\" must be between -1000 and 1000"},
      {[](auto& r) { r.oom_score_adj = 1001; }, "--oom-score-adj \"1001\" must be"},
      {[](auto& r) { r.blkio_weight = 9; }, "--blkio-weight \"9\" must be between 10 and 1000"},
  };
  for (const auto& c : cases) {
    ResourceOptions options;
    c.spoil(options);
    EXPECT_THAT(ValidateResources(options, 2), test::IsErrorWith(Code::kInvalidArgument, c.reason));
  }
  ResourceOptions all;
  all.memory = all.memory_reservation = 64 << 20;
  all.memory_swappiness = 0;
  all.oom_kill_disable = true;
  all.cpu_shares = 2;
  all.cpu_period = 1000;
  all.cpu_quota = -1;
  all.cpuset_cpus = "0-1,7";
  all.blkio_weight = 1000;
  all.oom_score_adj = -1000;
  EXPECT_OK(ValidateResources(all, 2));
}

TEST(CpuTimeOf, TurnsProcessorsIntoAQuota) {
  ResourceOptions options;
  options.nano_cpus = 1'500'000'000;
  EXPECT_EQ(CpuTimeOf(options).quota, 150'000);
  EXPECT_EQ(CpuTimeOf(options).period, 100'000);
  options = {};
  options.cpu_quota = -1;
  EXPECT_EQ(CpuTimeOf(options).quota, -1);
  EXPECT_EQ(CpuTimeOf(options).period, 0);
}

TEST(ValidateResources, NamesTheFlagAndTheRange) {
  EXPECT_THAT(ValidateResources({(6 << 20) - 1, 0, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--memory \"6291455\""));
  EXPECT_THAT(ValidateResources({-1, 0, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--memory \"-1\""));
  EXPECT_THAT(ValidateResources({64 << 20, 32 << 20, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--memory-swap \"32M\""));
  EXPECT_THAT(ValidateResources({0, 32 << 20, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "needs --memory"));
  EXPECT_THAT(ValidateResources({64 << 20, -2, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--memory-swap \"-2\""));
  EXPECT_THAT(ValidateResources({0, 0, 2'000'000'001, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "between 0.01 and 2"));
  EXPECT_THAT(ValidateResources({0, 0, 9'999'999, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--cpus"));
  EXPECT_THAT(ValidateResources({0, 0, -1, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--cpus"));
  EXPECT_THAT(ValidateResources({0, 0, 0, -2}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--pids-limit \"-2\""));
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
