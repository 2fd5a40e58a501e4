#include "daemon/modules/spec/name_options.h"

#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"

namespace isulad::spec {
namespace {

using test::IsErrorWith;

TEST(HostEntry, IsReadInEveryForm) {
  const struct {
    const char* text;
    HostEntry entry;
  } cases[] = {
      {"db:10.0.0.1", {"db", "10.0.0.1"}},         {"db=10.0.0.1", {"db", "10.0.0.1"}},
      {"my_db.local:::1", {"my_db.local", "::1"}}, {"db=::1", {"db", "::1"}},
      {"db:[fe80::1]", {"db", "fe80::1"}},         {"db=[fe80::1]", {"db", "fe80::1"}},
  };
  for (const auto& c : cases) {
    ASSERT_OK_AND_ASSIGN(const HostEntry entry, ParseHostEntry(c.text));
    EXPECT_EQ(entry, c.entry) << c.text;
    EXPECT_EQ(*ParseHostEntry(FormatHostEntry(entry)), entry);
  }
}

TEST(HostEntry, NamesWhatIsWrong) {
  const struct {
    std::string text;
    const char* reason;
  } cases[] = {
      {"", "must be NAME:IP or NAME=IP"},
      {"db", "must be NAME:IP or NAME=IP"},
      {":1.2.3.4", "name \"\" must be"},
      {"a b:1.2.3.4", "name \"a b\" must be"},
      {"a\nb=1.2.3.4", "name \"a\\nb\" must be"},
      {std::string(254, 'a') + ":1.2.3.4", "must be 1 to 253"},
      {"db:", "\"\" is no IPv4 or IPv6 address"},
      {"db:1.2.3", "\"1.2.3\" is no IPv4 or IPv6 address"},
      {"db=1.2.3.4\n5", "is no IPv4"},
      {std::string("db=::1\0", 7), "is no IPv4"},
      {"db:host-gateway", "\"host-gateway\" is not supported"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseHostEntry(c.text), IsErrorWith(Code::kInvalidArgument, c.reason));
  }
}

TEST(NameOptions, AreChecked) {
  EXPECT_OK(CheckServer("1.1.1.1"));
  EXPECT_OK(CheckServer("2606:4700::1111"));
  for (const char* text : {"", "dns.example", "1.1.1.1:53", "[::1]", "1.1.1.1 "}) {
    EXPECT_THAT(CheckServer(text), IsErrorWith(Code::kInvalidArgument, "no IPv4 or IPv6"));
  }
  EXPECT_OK(CheckSearchDomain("."));
  EXPECT_OK(CheckSearchDomain("corp.example"));
  for (const char* text : {"", "a b", "a\nb", "\xc3\xa4"}) {
    EXPECT_THAT(CheckSearchDomain(text), IsErrorWith(Code::kInvalidArgument, "domain"));
  }
  EXPECT_OK(CheckResolverOption("ndots:2"));
  EXPECT_OK(CheckResolverOption("use-vc"));
  for (const char* text : {"", "a b", "a\nnameserver"}) {
    EXPECT_THAT(CheckResolverOption(text), IsErrorWith(Code::kInvalidArgument, "option"));
  }
}

constexpr char kOfHost[] =
    "# made by hand\n"
    "nameserver 9.9.9.9\n"
    "\tnameserver\t8.8.8.8\n"
    "search home.example\n"
    "domain old.example\n"
    "options timeout:1\n"
    "sortlist 10.0.0.0\n";

TEST(ResolvConf, IsTheHostsWithoutOptions) {
  EXPECT_EQ(ResolvConf(kOfHost, {}), kOfHost);
  EXPECT_EQ(ResolvConf("", {}), "");
  NameOptions hosts_only;
  hosts_only.hosts = {{"a", "::1"}};
  EXPECT_EQ(ResolvConf(kOfHost, hosts_only), kOfHost);
}

TEST(ResolvConf, ReplacesOfTheHostsWhatIsGiven) {
  NameOptions options;
  options.servers = {"1.1.1.1", "::1"};
  EXPECT_EQ(ResolvConf(kOfHost, options),
            "# made by hand\nsearch home.example\ndomain old.example\noptions timeout:1\n"
            "sortlist 10.0.0.0\nnameserver 1.1.1.1\nnameserver ::1\n");
  options.search = {"a.example", "b.example"};
  options.options = {"ndots:2", "rotate"};
  EXPECT_EQ(ResolvConf(kOfHost, options),
            "# made by hand\nsortlist 10.0.0.0\nnameserver 1.1.1.1\nnameserver ::1\n"
            "search a.example b.example\noptions ndots:2 rotate\n");
}

TEST(ResolvConf, ADotAloneIsNoSearch) {
  NameOptions options;
  options.search = {"."};
  EXPECT_EQ(ResolvConf("nameserver 9.9.9.9\nsearch a.example", options), "nameserver 9.9.9.9\n");
}

}  // namespace
}  // namespace isulad::spec
