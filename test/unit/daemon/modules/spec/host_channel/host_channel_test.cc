#include "daemon/modules/spec/host_channel/host_channel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace isulad::host_channel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr uint64_t kPage = 4096;
constexpr uint64_t kMiB = 1u << 20;

HostChannel Channel(Access access = Access::kReadWrite, uint64_t size = 64 * kMiB,
                    bool symlinks = false) {
  HostChannel channel{"/h", "/c", access, size, {}};
  channel.options.symlinks = symlinks;
  return channel;
}

struct GoodCase {
  std::string text;
  HostChannel expected;
};

TEST(HostChannelParse, ReadsEveryFormOfTheSyntax) {
  const std::vector<GoodCase> cases = {
      {"/h:/c", Channel()},
      {"/h:/c:", Channel()},
      {"/h:/c::", Channel()},
      {"/h:/c:::", Channel()},
      {"/h:/c:rw", Channel()},
      {"/h:/c:ro", Channel(Access::kReadOnly)},
      {"/h:/c:ro:", Channel(Access::kReadOnly)},
      {"/h:/c::32M", Channel(Access::kReadWrite, 32 * kMiB)},
      {"/h:/c:rw:32M", Channel(Access::kReadWrite, 32 * kMiB)},
      {"/h:/c:ro:32M:", Channel(Access::kReadOnly, 32 * kMiB)},
      {"/h:/c:::symlinks", Channel(Access::kReadWrite, 64 * kMiB, true)},
      {"/h:/c:ro::symlinks", Channel(Access::kReadOnly, 64 * kMiB, true)},
      {"/h:/c:rw:4k:symlinks", Channel(Access::kReadWrite, 4096, true)},
  };
  for (const GoodCase& c : cases) {
    const Result<HostChannel> channel = Parse(c.text, kPage);
    ASSERT_TRUE(channel) << c.text << ": " << channel.error().message();
    EXPECT_EQ(*channel, c.expected) << c.text;
  }
}

TEST(HostChannelParse, ReadsSizesInEveryUnit) {
  const std::vector<std::pair<std::string, uint64_t>> cases = {
      {"4096", 4096},      {"4096b", 4096},      {"4096B", 4096},       {"64k", 64 * 1024},
      {"64K", 64 * 1024},  {"64KiB", 64 * 1024}, {"64kb", 64 * 1024},   {"32m", 32 * kMiB},
      {"32M", 32 * kMiB},  {"32MB", 32 * kMiB},  {"32MiB", 32 * kMiB},  {"32mib", 32 * kMiB},
      {"1g", 1024 * kMiB}, {"1G", 1024 * kMiB},  {"1GiB", 1024 * kMiB}, {"1t", 1024 * 1024 * kMiB},
      {"00004096", 4096},
  };
  for (const auto& [text, expected] : cases) {
    const Result<HostChannel> channel = Parse("/h:/c:rw:" + text, kPage);
    ASSERT_TRUE(channel) << text << ": " << channel.error().message();
    EXPECT_EQ(channel->size, expected) << text;
  }
}

TEST(HostChannelParse, RoundsSizeUpToWholePagesAfterTheLimits) {
  EXPECT_EQ(Parse("/h:/c:rw:4096", kPage)->size, 4096u);
  EXPECT_EQ(Parse("/h:/c:rw:4097", kPage)->size, 8192u);
  EXPECT_EQ(Parse("/h:/c:rw:4096", 65536)->size, 65536u);
  EXPECT_FALSE(Parse("/h:/c:rw:4095", kPage));
}

TEST(HostChannelParse, CleansPathsLexically) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"/a/b", "/a/b"},
      {"//a//b", "/a/b"},
      {"/a/b/", "/a/b"},
      {"/a/./b", "/a/b"},
      {"/./a/b/.", "/a/b"},
      {"/a b", "/a b"},
      {"/a%20b", "/a%20b"},
      {"/a\\040b", "/a\\040b"},
      {"/\"q\"", "/\"q\""},
      {"/...", "/..."},
      {"/..a", "/..a"},
      {"/kan\xc3\xa4le", "/kan\xc3\xa4le"},
      {"/" + std::string(255, 'x'), "/" + std::string(255, 'x')},
  };
  for (const auto& [text, expected] : cases) {
    const Result<HostChannel> as_host = Parse(text + ":/c", kPage);
    ASSERT_TRUE(as_host) << text << ": " << as_host.error().message();
    EXPECT_EQ(as_host->host_path, expected);
    const Result<HostChannel> as_container = Parse("/h:" + text, kPage);
    ASSERT_TRUE(as_container) << text << ": " << as_container.error().message();
    EXPECT_EQ(as_container->container_path, expected);
  }
}

struct BadCase {
  std::string text;
  std::string reason;  // a part of the message: the field, the quoted text, or the range
};

void ExpectRefused(const BadCase& c) {
  const Result<HostChannel> channel = Parse(c.text, kPage);
  ASSERT_FALSE(channel) << c.text;
  EXPECT_EQ(channel.error().code(), Code::kInvalidArgument) << c.text;
  EXPECT_THAT(channel.error().message(), HasSubstr(c.reason)) << c.text;
  EXPECT_EQ(channel.error().message().find('\n'), std::string::npos) << c.text;
}

TEST(HostChannelParse, RefusesMissingFields) {
  const std::vector<BadCase> cases = {
      {"", "has no container path"},
      {"/h", "host channel \"/h\" has no container path"},
      {"/h", "expected HOST:CONTAINER"},
      {":", "host path \"\""},
      {":/c", "host path \"\""},
      {"/h:", "container path \"\""},
      {"/h::rw:4M", "container path \"\""},
      {"::::", "host path \"\""},
      {"none", "has no container path"},
  };
  for (const BadCase& c : cases) {
    ExpectRefused(c);
  }
}

TEST(HostChannelParse, RefusesBadPathsOnEitherSide) {
  const std::vector<std::string> paths = {
      "relative",
      "./a",
      "../a",
      "/",
      "//",
      "/./",
      "/..",
      "/a/..",
      "/../a",
      "/a/../b",
      " /a",
      "/a\nb",
      "/a\tb",
      "/a\x7f",
      "/a\x1b[31m",
      std::string("/a\0b", 4),
      "/\xff",
      "/\xc0\xaf",      // an overlong '/'
      "/\xed\xa0\x80",  // a surrogate
      "/\xe2\x82",      // cut short
      "/" + std::string(256, 'x'),
  };
  for (const std::string& path : paths) {
    ExpectRefused({path + ":/c", "host channel host path \""});
    ExpectRefused({"/h:" + path, "host channel container path \""});
  }
}

TEST(HostChannelParse, RefusesPathsOverTheLimitOfTheSystem) {
  std::string path;
  while (path.size() <= 4095) {
    path += "/0123456789";
  }
  ExpectRefused({path + ":/c", "host path"});
  ExpectRefused({"/h:" + path, "container path"});
}

TEST(HostChannelParse, RefusesBadAccess) {
  for (const std::string access :
       {"RW", "Ro", "r", "w", "wr", "rwo", "rw ", " ro", "rw,ro", "0", "32M"}) {
    ExpectRefused({"/h:/c:" + access, "access \"" + access + "\" is not known: \"rw\" or \"ro\""});
  }
}

TEST(HostChannelParse, RefusesBadSizes) {
  const std::vector<std::string> sizes = {
      "0",
      "1",
      "4095",
      "3k",
      "0M",
      "-1",
      "-32M",
      "+32M",
      "1.5M",
      ".5G",
      "32 M",
      " 32M",
      "32M ",
      "M",
      "32X",
      "32MM",
      "32Mi",
      "32iB",
      "32BB",
      "0x1000",
      "1e6",
      "inf",
      "max",
      "rw",
      "18446744073709551615",  // 2^64-1 is "unlimited" to tmpfs
      "18446744073709551616",  // overflows
      "16777216T",             // 2^64: overflows through the unit
      "99999999999999999999999999",
  };
  for (const std::string& size : sizes) {
    ExpectRefused({"/h:/c:rw:" + size, "host channel size \"" + size + "\""});
    ExpectRefused(
        {"/h:/c:rw:" + size, "at least 4096 bytes (one page), at most half of physical memory"});
  }
}

TEST(HostChannelParse, EscapesWhatATerminalWouldObey) {
  const Result<HostChannel> channel = Parse("/a\x1b[31m:/c", kPage);
  ASSERT_FALSE(channel);
  EXPECT_EQ(channel.error().message().find('\x1b'), std::string::npos);
}

TEST(HostChannelFormat, WritesTheShortestExactForm) {
  EXPECT_EQ(Format(Channel()), "/h:/c:rw:64M");
  EXPECT_EQ(Format(Channel(Access::kReadOnly, 32 * kMiB, true)), "/h:/c:ro:32M:symlinks");
  EXPECT_EQ(Format(Channel(Access::kReadWrite, 4096)), "/h:/c:rw:4K");
}

TEST(HostChannelFormat, IsReadBackToAnEqualValue) {
  for (const Access access : {Access::kReadWrite, Access::kReadOnly}) {
    for (const bool symlinks : {false, true}) {
      for (const uint64_t pages : {1u, 3u, 255u, 256u, 16384u, 1048577u}) {
        HostChannel channel = Channel(access, pages * kPage, symlinks);
        channel.host_path = "/a b/%s/\\040/\"q\"";
        const Result<HostChannel> again = Parse(Format(channel), kPage);
        ASSERT_TRUE(again) << Format(channel) << ": " << again.error().message();
        EXPECT_EQ(*again, channel);
      }
    }
  }
}

TEST(HostChannelNames, AreThoseOfTheSyntax) {
  EXPECT_EQ(AccessName(Access::kReadWrite), "rw");
  EXPECT_EQ(AccessName(Access::kReadOnly), "ro");
}

}  // namespace
}  // namespace isulad::host_channel
