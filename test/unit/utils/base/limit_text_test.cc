#include "utils/base/limit_text.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

constexpr uint64_t kNone = UINT64_MAX;

TEST(DeviceRate, ReadsBytesWithAUnitAndOperationsWithout) {
  EXPECT_EQ(*ParseDeviceRate(DeviceRateKind::kReadBytes, "/dev//vda:1M"),
            (DeviceRate{DeviceRateKind::kReadBytes, "/dev/vda", 1 << 20}));
  const DeviceRate rate{DeviceRateKind::kWriteOperations, "/dev/a:b", 100};
  EXPECT_EQ(*ParseDeviceRate(rate.kind, FormatDeviceRate(rate)), rate);
  EXPECT_EQ(DeviceRateName(rate.kind), "device-write-iops");
}

TEST(DeviceRate, RefusalNamesTheField) {
  using enum DeviceRateKind;
  const struct {
    DeviceRateKind kind;
    std::string text;
    std::string reason;
  } cases[] = {
      {kReadBytes, "", "\"\" must be PATH:RATE"},
      {kReadBytes, "/dev/vda", "\"/dev/vda\" must be PATH:RATE"},
      {kReadBytes, "vda:1M", "path \"vda\" must be absolute"},
      {kReadBytes, "/dev/vda:", "rate \"\""},
      {kReadBytes, "/dev/vda:0", "rate \"0\" must be at least 1"},
      {kReadBytes, "/dev/vda:1x", "rate \"1x\""},
      {kReadBytes, "/dev/vda:-1", "rate \"-1\""},
      {kReadBytes, "/dev/vda:9223372036854775808", "too large"},
      {kReadOperations, "/dev/vda:1M", "rate \"1M\" must be a whole number up to 4294967295"},
      {kReadOperations, "/dev/vda:4294967296", "whole number up to 4294967295"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseDeviceRate(c.kind, c.text), IsErrorWith(Code::kInvalidArgument, c.reason));
  }
}

TEST(HugetlbLimit, TakesAPageSizeOrNone) {
  EXPECT_EQ(*ParseHugetlbLimit("32M"), (HugetlbLimit{0, 32 << 20}));
  EXPECT_EQ(*ParseHugetlbLimit("2MB:32M"), (HugetlbLimit{2 << 20, 32 << 20}));
  EXPECT_EQ(*ParseHugetlbLimit("1G:0"), (HugetlbLimit{1 << 30, 0}));
  for (const HugetlbLimit& limit : {HugetlbLimit{0, 5}, HugetlbLimit{2 << 20, 7}}) {
    EXPECT_EQ(*ParseHugetlbLimit(FormatHugetlbLimit(limit)), limit);
  }
  for (const char* text : {"", "x", "3M:1M", "0:1M", "2M:", "2M:1M:1M", "-1"}) {
    EXPECT_THAT(ParseHugetlbLimit(text), IsErrorWith(Code::kInvalidArgument, "")) << text;
  }
  EXPECT_EQ(HugePageName(2 << 20), "2MB");
  EXPECT_EQ(HugePageName(1 << 30), "1GB");
  EXPECT_EQ(HugePageName(64 << 10), "64KB");
}

TEST(Ulimit, ReadsSoftAndHard) {
  EXPECT_EQ(*ParseUlimit("nofile=1024"), (Ulimit{"nofile", 1024, 1024}));
  EXPECT_EQ(*ParseUlimit("nproc=10:20"), (Ulimit{"nproc", 10, 20}));
  EXPECT_EQ(*ParseUlimit("core=0:-1"), (Ulimit{"core", 0, kNone}));
  EXPECT_EQ(*ParseUlimit("stack=unlimited"), (Ulimit{"stack", kNone, kNone}));
  const Ulimit limit{"core", 0, kNone};
  EXPECT_EQ(*ParseUlimit(FormatUlimit(limit)), limit);
  EXPECT_EQ(UlimitConstant("nofile"), "RLIMIT_NOFILE");
}

TEST(Ulimit, RefusalNamesTheField) {
  const struct {
    std::string text;
    std::string reason;
  } cases[] = {
      {"nofile", "\"nofile\" must be NAME=SOFT[:HARD]"},
      {"files=1", "limit \"files\" is not known"},
      {"=1", "limit \"\" is not known"},
      {"nofile=", "soft limit \"\" must be a whole number"},
      {"nofile=1:", "hard limit \"\" must be a whole number"},
      {"nofile=-2", "soft limit \"-2\""},
      {"nofile=9223372036854775808", "soft limit \"9223372036854775808\""},
      {"nofile=1k", "soft limit \"1k\""},
      {"nofile=2:1", "soft limit \"2\" must not be above the hard one, 1"},
      {"nofile=-1:1", "soft limit \"-1\" must not be above the hard one, 1"},
      {"nofile=1:2:3", "hard limit \"2:3\""},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseUlimit(c.text), IsErrorWith(Code::kInvalidArgument, c.reason));
  }
}

TEST(NumberList, IsCheckedAgainstWhatThereIs) {
  EXPECT_OK(CheckNumberList("0", "0-3"));
  EXPECT_OK(CheckNumberList("0-1,3", "0-3"));
  EXPECT_OK(CheckNumberList("3,0", "0,2-3"));
  EXPECT_THAT(CheckNumberList("0-4", "0-3"),
              IsErrorWith(Code::kInvalidArgument, "\"0-4\": this machine has 0-3"));
  EXPECT_THAT(CheckNumberList("1", "0,2"), IsErrorWith(Code::kInvalidArgument, ""));
  for (const char* text : {"", "a", "1-", "-1", "2-1", "1,", "0 1", "0-18446744073709551616"}) {
    EXPECT_THAT(ParseNumberList(text), IsErrorWith(Code::kInvalidArgument, "such as")) << text;
  }
}

TEST(Sysctl, TakesThoseOfTheContainersNamespaces) {
  for (const char* text : {"net.ipv4.ip_forward=1", "net.ipv4.ping_group_range=0 1",
                           "kernel.sem=1 2 3 4", "fs.mqueue.msg_max=5", "net.a=b=c"}) {
    EXPECT_OK(ParseSysctl(text)) << text;
  }
  EXPECT_EQ(*ParseSysctl("net.a=b=c"), (Sysctl{"net.a", "b=c"}));
}

TEST(Sysctl, RefusesTheHosts) {
  for (const char* text :
       {"kernel.core_pattern=x", "vm.swappiness=1", "kernel.hostname=x", "fs.file-max=1", "net=1",
        "=1", "net..ipv4=1", "net./../kernel.panic=1", "net.ipv4.=1", "kernel.semx=1"}) {
    EXPECT_THAT(ParseSysctl(text),
                IsErrorWith(Code::kInvalidArgument, "does not belong to the container"))
        << text;
  }
  EXPECT_THAT(ParseSysctl("net.a"), IsErrorWith(Code::kInvalidArgument, "must be NAME=VALUE"));
  EXPECT_THAT(ParseSysctl("net.a="), IsErrorWith(Code::kInvalidArgument, "must be a line of text"));
  EXPECT_THAT(ParseSysctl("net.a=1\n2"), IsErrorWith(Code::kInvalidArgument, "a line of text"));
}

}  // namespace
}  // namespace isulad
