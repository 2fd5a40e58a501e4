#include "daemon/modules/spec/host_channel/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "support/result_matchers.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

using isulad::test::IsErrorWith;
using testing::ElementsAre;
using testing::IsEmpty;

// In the one form in which options are written, separated by commas.
std::string Canonical(const std::string& text) {
  const Result<Options> options = ParseOptions(text);
  EXPECT_OK(options) << text;
  return options ? Join(FormatOptions(*options), ",") : "refused";
}

void ExpectInvalid(const std::string& item, const std::string& allowed) {
  EXPECT_THAT(ParseOptions(item),
              IsErrorWith(Code::kInvalidArgument,
                          "host channel option \"" + item + "\" is not valid: " + allowed));
}

TEST(Options, AreTheDefaultsWhereNoneIsGiven) {
  EXPECT_EQ(*ParseOptions(""), Options{});
  EXPECT_THAT(FormatOptions(Options{}), IsEmpty());
}

TEST(Options, AreWrittenInOneOrderAndForm) {
  EXPECT_EQ(Canonical("symlinks,share"), "share,symlinks");
  EXPECT_EQ(Canonical("gid=07,uid=1000,mode=770,nr_inodes=0010,mpol=bind:3+0-1+2,huge=advise,"
                      "noswap,exec,symlinks,share"),
            "share,symlinks,exec,noswap,huge=advise,mpol=bind:0-3,nr_inodes=10,mode=0770,uid=1000,"
            "gid=7");
  EXPECT_EQ(Canonical("clear"), "clear");
}

TEST(Options, AreNotWrittenWhereTheyAreTheDefault) {
  EXPECT_EQ(Canonical("mode=1777,uid=0,gid=0,mpol=default"), "");
}

TEST(Options, AreTheFifthFieldOfAChannel) {
  const Result<HostChannel> channel = Parse("/h:/c:rw:4M:mpol=interleave:0-1,share", 4096);
  ASSERT_OK(channel);
  EXPECT_TRUE(channel->options.share);
  EXPECT_EQ(channel->options.memory_policy, "interleave:0-1") << "the colon is part of the field";
  EXPECT_EQ(Format(*channel), "/h:/c:rw:4M:share,mpol=interleave:0-1");
}

TEST(Options, RefusesUnknownOnesByName) {
  for (const std::string item : {"SHARE", "share=1", "noshare", " share", "size=1G", "x", "=", "",
                                 "huge", "mpol", "mode", "uid:1", "nr_blocks=4", "mode =770"}) {
    const std::string text = "symlinks," + item;
    EXPECT_THAT(ParseOptions(text),
                IsErrorWith(Code::kInvalidArgument,
                            "host channel option \"" + item + "\" is not known: share, clear"));
    EXPECT_FALSE(Parse("/h:/c:rw:4M:" + text, 4096)) << text;
  }
  EXPECT_THAT(ParseOptions("share:symlinks"),
              IsErrorWith(Code::kInvalidArgument, "option \"share:symlinks\" is not known"));
}

TEST(Options, RefusesOneThatIsGivenTwice) {
  for (const auto& [first, second] :
       std::vector<std::pair<std::string, std::string>>{{"share", "share"},
                                                        {"symlinks", "symlinks"},
                                                        {"uid=1", "uid=2"},
                                                        {"mode=1777", "mode=1777"},
                                                        {"mpol=default", "mpol=local"}}) {
    EXPECT_THAT(ParseOptions(first + ",noswap," + second),
                IsErrorWith(Code::kInvalidArgument, "option \"" + second + "\" is given twice"));
  }
}

TEST(Options, RefusesClearOfWhatIsShared) {
  for (const char* text : {"share,clear", "clear,share"}) {
    EXPECT_THAT(ParseOptions(text),
                IsErrorWith(Code::kInvalidArgument, "option \"clear\" excludes \"share\""));
  }
}

TEST(Options, TakesTheRangesOfNumbers) {
  EXPECT_EQ(Canonical("uid=4294967294,gid=4294967294"), "uid=4294967294,gid=4294967294");
  EXPECT_EQ(Canonical("nr_inodes=2"), "nr_inodes=2");
  EXPECT_EQ(Canonical("nr_inodes=1073741824"), "nr_inodes=1073741824");
  EXPECT_EQ(Canonical("mode=0"), "mode=0000");
  EXPECT_EQ(Canonical("mode=7777"), "mode=7777");
  EXPECT_EQ(Canonical("mode=00000770"), "mode=0770");
}

TEST(Options, RefusesNumbersOutOfTheirRange) {
  for (const std::string value : {"", "4294967295", "-1", "+1", "1k", "0x1", "root", " 1"}) {
    ExpectInvalid("uid=" + value, "a number from 0 to 4294967294");
    ExpectInvalid("gid=" + value, "a number from 0 to 4294967294");
  }
  for (const char* value : {"", "0", "1", "1073741825", "-2", "1k", "99999999999999999999"}) {
    ExpectInvalid(std::string("nr_inodes=") + value, "a number from 2 to 1073741824");
  }
  for (const char* value : {"", "8", "0778", "10000", "77777777777777777777", "-1", "rwx", "0o7"}) {
    ExpectInvalid(std::string("mode=") + value, "an octal number from 0 to 7777");
  }
}

TEST(Options, KnowsWhenToUseHugePages) {
  for (const std::string when : {"never", "always", "within_size", "advise"}) {
    EXPECT_EQ(Canonical("huge=" + when), "huge=" + when);
  }
  for (const std::string when : {"", "Always", "deny", "force", "1"}) {
    ExpectInvalid("huge=" + when, "never, always, within_size or advise");
  }
}

TEST(Options, KnowsMemoryPolicies) {
  EXPECT_EQ(Canonical("mpol=local"), "mpol=local");
  EXPECT_EQ(Canonical("mpol=prefer:1"), "mpol=prefer:1");
  EXPECT_EQ(Canonical("mpol=interleave"), "mpol=interleave");
  EXPECT_EQ(Canonical("mpol=interleave:1023+0"), "mpol=interleave:0+1023");
  EXPECT_EQ(Canonical("mpol=bind:0-2+2-4+6"), "mpol=bind:0-4+6");
}

TEST(Options, RefusesMalformedMemoryPolicies) {
  for (const char* policy : {"", "Bind:0", "weighted", "bind=static:0", "0-1"}) {
    ExpectInvalid(std::string("mpol=") + policy, "default, local, prefer:NODE, bind:NODES");
  }
  for (const char* policy : {"bind:", "bind:x", "bind:-1", "bind:1-0", "bind:0-", "bind:1024",
                             "bind:0++1", "bind:0-1-2", "interleave:", "bind:0:1"}) {
    ExpectInvalid(std::string("mpol=") + policy, "nodes are numbers from 0 to 1023");
  }
  ExpectInvalid("mpol=bind", "bind needs nodes");
  ExpectInvalid("mpol=prefer", "prefer takes exactly one node");
  ExpectInvalid("mpol=prefer:0-1", "prefer takes exactly one node");
  ExpectInvalid("mpol=local:0", "local takes no nodes");
  ExpectInvalid("mpol=default:0", "default takes no nodes");
  EXPECT_THAT(ParseOptions("mpol=bind:0,1"),
              IsErrorWith(Code::kInvalidArgument, "option \"1\" is not known"))
      << "commas separate options";
}

}  // namespace
}  // namespace isulad::host_channel
