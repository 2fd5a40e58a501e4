#include "daemon/modules/spec/host_channel/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace isulad::host_channel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr uint64_t kMebibyte = 1u << 20;

Limits TestLimits() { return {4096, 1024 * kMebibyte, {"/var/lib/isulad", "/run/isulad"}}; }

HostChannel Channel(const std::string& host_path, const std::string& container_path,
                    uint64_t size = kMebibyte) {
  return {host_path, container_path, Access::kReadWrite, size, {}};
}

Result<Verdict> ValidateOne(const HostChannel& channel, const Surroundings& surroundings = {}) {
  return Validate({channel}, TestLimits(), surroundings);
}

void ExpectRefused(const Result<Verdict>& verdict, const std::string& reason) {
  ASSERT_FALSE(verdict) << "expected: " << reason;
  EXPECT_EQ(verdict.error().code(), Code::kInvalidArgument);
  EXPECT_THAT(verdict.error().message(), HasSubstr(reason));
}

TEST(ChannelPolicy, AcceptsNoChannels) {
  const Result<Verdict> verdict = Validate({}, TestLimits(), {});
  ASSERT_TRUE(verdict);
  EXPECT_THAT(verdict->channels, IsEmpty());
}

TEST(ChannelPolicy, KeepsOrderOfSeveralChannels) {
  const std::vector<HostChannel> channels = {Channel("/b", "/y"), Channel("/a", "/x"),
                                             Channel("/c", "/z")};
  const Result<Verdict> verdict = Validate(channels, TestLimits(), {});
  ASSERT_TRUE(verdict) << verdict.error().message();
  EXPECT_EQ(verdict->channels, channels);
  EXPECT_THAT(verdict->warnings, IsEmpty());
}

TEST(ChannelPolicy, NormalisesWhatAnApiClientSends) {
  const Result<Verdict> verdict = ValidateOne(Channel("//h/./x/", "/c//d", 4097));
  ASSERT_TRUE(verdict) << verdict.error().message();
  EXPECT_THAT(verdict->channels, ElementsAre(Channel("/h/x", "/c/d", 8192)));
}

TEST(ChannelPolicy, RefusesPathsThatTheParserWouldRefuse) {
  for (const std::string path : {"", "h", "/", "/a/../b", "/a\nb", "/\xff", "/a:b"}) {
    ExpectRefused(ValidateOne(Channel(path, "/c")), "host channel host path \"");
    ExpectRefused(ValidateOne(Channel("/h", path)), "host channel container path \"");
  }
}

TEST(ChannelPolicy, RefusesKernelDirectoriesOnBothSides) {
  for (const std::string path :
       {"/proc", "/proc/x", "/proc/1/root/x", "/sys", "/sys/fs/cgroup/x"}) {
    ExpectRefused(ValidateOne(Channel(path, "/c")), "host path \"" + path + "\" must not lie in");
    ExpectRefused(ValidateOne(Channel("/h", path)),
                  "container path \"" + path + "\" must not lie in");
  }
  for (const std::string path : {"/process", "/system", "/a/proc"}) {
    EXPECT_TRUE(ValidateOne(Channel(path, path))) << path;
  }
}

TEST(ChannelPolicy, RefusesDevInContainerButNotBeneathIt) {
  ExpectRefused(ValidateOne(Channel("/h", "/dev")), "container path \"/dev\" must not be");
  EXPECT_TRUE(ValidateOne(Channel("/h", "/dev/shm/c")));
  EXPECT_TRUE(ValidateOne(Channel("/dev/shm/h", "/c")));
}

TEST(ChannelPolicy, RefusesTheEnginesOwnDirectories) {
  for (const std::string path :
       {"/var/lib/isulad", "/var/lib/isulad/channels/x", "/run/isulad/x"}) {
    ExpectRefused(ValidateOne(Channel(path, "/c")), "must not lie in the engine's own directory");
  }
  EXPECT_TRUE(ValidateOne(Channel("/var/lib/isulad2", "/c")));
}

TEST(ChannelPolicy, RefusesHostPathInAnyRootfs) {
  const Surroundings surroundings{{"/srv/one", "/srv/two"}, {}, false, {}};
  ExpectRefused(ValidateOne(Channel("/srv/one/x", "/c"), surroundings),
                "in the rootfs of a container, \"/srv/one\"");
  ExpectRefused(ValidateOne(Channel("/srv/two", "/c"), surroundings),
                "in the rootfs of a container, \"/srv/two\"");
  EXPECT_TRUE(ValidateOne(Channel("/srv/three", "/c"), surroundings));
}

TEST(ChannelPolicy, RefusesOtherMountsAtOrInTheContainerPath) {
  const Surroundings surroundings{{}, {"/data", "/c/inner"}, false, {}};
  ExpectRefused(ValidateOne(Channel("/h", "/data"), surroundings),
                "is the target of another mount");
  ExpectRefused(ValidateOne(Channel("/h", "/c"), surroundings),
                "must not contain the target of another mount, \"/c/inner\"");
  EXPECT_TRUE(ValidateOne(Channel("/h", "/data/inner"), surroundings));
  EXPECT_TRUE(ValidateOne(Channel("/h", "/c/inner2"), surroundings));
}

TEST(ChannelPolicy, RefusesChannelsThatShareOrNestPaths) {
  const auto pair = [](const std::string& host, const std::string& container) {
    return Validate({Channel("/h/x", "/c/x"), Channel(host, container)}, TestLimits(), {});
  };
  ExpectRefused(pair("/h/x", "/d"), "host path \"/h/x\" is used by two channels");
  ExpectRefused(pair("/h//x/", "/d"), "host path \"/h/x\" is used by two channels");
  ExpectRefused(pair("/h/x/y", "/d"), "host path \"/h/x/y\" must not overlap");
  ExpectRefused(pair("/h", "/d"), "host path \"/h\" must not overlap");
  ExpectRefused(pair("/g", "/c/x"), "container path \"/c/x\" is used by two channels");
  ExpectRefused(pair("/g", "/c/x/y"), "container path \"/c/x/y\" must not overlap");
  ExpectRefused(pair("/g", "/c"), "container path \"/c\" must not overlap");
  EXPECT_TRUE(pair("/h/xy", "/c/xy"));
}

TEST(ChannelPolicy, LimitsSizeToHalfOfPhysicalMemory) {
  EXPECT_TRUE(ValidateOne(Channel("/h", "/c", 512 * kMebibyte)));
  ExpectRefused(ValidateOne(Channel("/h", "/c", 512 * kMebibyte + 1)),
                "is too large: at least 4096 bytes (one page), at most 536870912 bytes (half of "
                "physical memory)");
  ExpectRefused(ValidateOne(Channel("/h", "/c", UINT64_MAX)), "is too large");
}

TEST(ChannelPolicy, LimitsSizeToOnePageAtLeast) {
  EXPECT_TRUE(ValidateOne(Channel("/h", "/c", 4096)));
  ExpectRefused(ValidateOne(Channel("/h", "/c", 4095)),
                "size \"4095\" is too small: at least 4096 bytes");
  ExpectRefused(ValidateOne(Channel("/h", "/c", 0)), "size \"0\" is too small");
}

TEST(ChannelPolicy, WarnsInSystemContainersOfPathsThatInitMountsOver) {
  const Surroundings system{{}, {}, true, {}};
  for (const std::string path :
       {"/run/user/1000/x", "/run/credentials", "/dev/hugepages/x", "/dev/mqueue/x"}) {
    const Result<Verdict> verdict = ValidateOne(Channel("/h", path), system);
    ASSERT_TRUE(verdict) << verdict.error().message();
    EXPECT_THAT(verdict->warnings, ElementsAre(HasSubstr("\"" + path + "\" can be hidden")));
  }
}

TEST(ChannelPolicy, DoesNotWarnWhereTheEngineMountsFirst) {
  const Surroundings system{{}, {}, true, {}};
  for (const std::string path : {"/run/x", "/run/lock/x", "/tmp/x", "/dev/shm/x", "/run/users"}) {
    EXPECT_THAT(ValidateOne(Channel("/h", path), system)->warnings, IsEmpty()) << path;
  }
  EXPECT_THAT(ValidateOne(Channel("/h", "/run/user/0/x"))->warnings, IsEmpty());
}

TEST(DefaultInodes, FollowsSizeWithinBounds) {
  EXPECT_EQ(DefaultInodes(4096), 256u);
  EXPECT_EQ(DefaultInodes(4 * kMebibyte), 256u);
  EXPECT_EQ(DefaultInodes(32 * kMebibyte), 2048u);
  EXPECT_EQ(DefaultInodes(1024 * kMebibyte), 65536u);
  EXPECT_EQ(DefaultInodes(UINT64_MAX), 65536u);
}

}  // namespace
}  // namespace isulad::host_channel
