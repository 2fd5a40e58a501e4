// `isula channel ...` against a fake daemon: what it asks, what it prints, how it ends.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/cmd/isula/commands/commands_fixture.h"

namespace isulad::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

client::Channel SampleChannel() {
  client::Channel channel;
  channel.id = std::string(32, 'a') + std::string(32, 'b');
  channel.path_on_host = "/srv/c";
  channel.size = 32u << 20;
  channel.mounted = true;
  channel.used = 3u << 19;
  channel.free = 61u << 19;
  channel.inodes = 2048;
  channel.inodes_used = 3;
  channel.users = {{std::string(64, 'c'), "web", "/c", "rw"},
                   {std::string(64, 'd'), "db", "/d", "ro"}};
  return channel;
}

using ChannelCommandsTest = CommandsTest;

TEST_F(ChannelCommandsTest, LsPrintsATable) {
  channels_.channels = {SampleChannel()};
  EXPECT_EQ(Run({"channel", "ls"}), 0);
  EXPECT_THAT(channels_.calls, ElementsAre("list "));
  EXPECT_EQ(output_.out,
            "CHANNEL ID     HOST PATH   CONTAINER PATH   ACCESS    SIZE      USED      INODES    "
            "MOUNTED   "
            "CONTAINERS\n"
            "aaaaaaaaaaaa   /srv/c      /c,/d            rw,ro     32MiB     1.50MiB   3/2048    "
            "yes       "
            "web,db\n");
}

TEST_F(ChannelCommandsTest, LsShowsADashForWhatIsNotMounted) {
  channels_.channels = {SampleChannel()};
  channels_.channels[0].mounted = false;
  EXPECT_EQ(Run({"channel", "ls", "--format", "{{.Used}} {{.Free}} {{.Inodes}} {{.Mounted}}"}), 0);
  EXPECT_EQ(output_.out, "- - - no\n");
}

TEST_F(ChannelCommandsTest, LsAsksForOneContainer) {
  EXPECT_EQ(Run({"channel", "ls", "web"}), 0);
  EXPECT_THAT(channels_.calls, ElementsAre("list web"));
}

TEST_F(ChannelCommandsTest, LsPrintsIdsOnly) {
  channels_.channels = {SampleChannel()};
  EXPECT_EQ(Run({"channel", "ls", "-q"}), 0);
  EXPECT_EQ(Run({"channel", "ls", "-q", "--no-trunc"}), 0);
  EXPECT_EQ(output_.out, "aaaaaaaaaaaa\n" + SampleChannel().id + "\n");
}

TEST_F(ChannelCommandsTest, LsTakesTemplatesAndJson) {
  channels_.channels = {SampleChannel()};
  EXPECT_EQ(Run({"channel", "ls", "--format", "{{.HostPath}} {{.SizeBytes}} {{.InodesLimit}}"}), 0);
  EXPECT_EQ(output_.out, "/srv/c 33554432 2048\n");
  output_.out.clear();
  EXPECT_EQ(Run({"channel", "ls", "--no-trunc", "--format", "json"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("\"UsedBytes\":1572864"));
  EXPECT_THAT(output_.out, HasSubstr(SampleChannel().id));
}

TEST_F(ChannelCommandsTest, LsRefusesATemplateThatNamesNothing) {
  EXPECT_EQ(Run({"channel", "ls", "--format", "{{.Nosuch}}"}), 125);
  EXPECT_THAT(output_.err, HasSubstr("Nosuch"));
}

TEST_F(ChannelCommandsTest, LsEndsWith1WhenRefused) {
  channels_.status = NotFound("Error response from daemon: No such container: web");
  EXPECT_EQ(Run({"channel", "ls", "web"}), 1);
  EXPECT_EQ(output_.err, "Error response from daemon: No such container: web\n");
}

TEST_F(ChannelCommandsTest, ResizePrintsTheIdAndWarns) {
  channels_.change.warnings = {"small memory"};
  EXPECT_EQ(Run({"channel", "resize", "web", "/srv/c", "48M"}), 0);
  EXPECT_THAT(channels_.calls, ElementsAre("resize web /srv/c 48M"));
  EXPECT_EQ(output_.out, "abc\n");
  EXPECT_EQ(output_.err, "WARNING: small memory\n");
}

TEST_F(ChannelCommandsTest, ResizeReportsATypingErrorBeforeItAsks) {
  for (const char* size : {"", "4095", "+1", "1x"}) {
    output_.err.clear();
    EXPECT_EQ(Run({"channel", "resize", "web", "/srv/c", size}), 125) << size;
    EXPECT_THAT(output_.err, HasSubstr("host channel size \"" + std::string(size) + "\""));
  }
  EXPECT_THAT(channels_.calls, ElementsAre());
}

TEST_F(ChannelCommandsTest, AddAndRmPrintTheIdAndWarn) {
  channels_.change.warnings = {"careful"};
  EXPECT_EQ(Run({"channel", "add", "web", "/srv/c:/c:ro:4M"}), 0);
  EXPECT_EQ(Run({"channel", "rm", "web", "/srv/c"}), 0);
  EXPECT_THAT(channels_.calls, ElementsAre("add web /srv/c:/c:ro:4M", "remove web /srv/c"));
  EXPECT_EQ(output_.out, "abc\nabc\n");
  EXPECT_EQ(output_.err, "WARNING: careful\nWARNING: careful\n");
}

TEST_F(ChannelCommandsTest, AddReportsATypingErrorBeforeItAsks) {
  EXPECT_EQ(Run({"channel", "add", "web", "/srv/c:/c:rx"}), 125);
  EXPECT_THAT(output_.err, HasSubstr("host channel access \"rx\" is not known"));
  EXPECT_THAT(channels_.calls, ElementsAre());
}

TEST_F(ChannelCommandsTest, AddAndRmEndWith1WhenRefused) {
  channels_.status = NotFound("Error response from daemon: No such container: web");
  EXPECT_EQ(Run({"channel", "add", "web", "/srv/c:/c"}), 1);
  EXPECT_EQ(Run({"channel", "rm", "web", "/srv/c"}), 1);
}

TEST_F(ChannelCommandsTest, CountsArguments) {
  EXPECT_EQ(Run({"channel", "add", "web"}), 125);
  EXPECT_EQ(output_.err, "\"channel add\" requires exactly 2 arguments.\n");
  output_.err.clear();
  EXPECT_EQ(Run({"channel", "rm", "web"}), 125);
  EXPECT_EQ(output_.err, "\"channel rm\" requires exactly 2 arguments.\n");
  output_.err.clear();

  EXPECT_EQ(Run({"channel", "resize", "web", "/srv/c"}), 125);
  EXPECT_EQ(output_.err, "\"channel resize\" requires exactly 3 arguments.\n");
  output_.err.clear();
  EXPECT_EQ(Run({"channel", "ls", "a", "b"}), 125);
  EXPECT_EQ(output_.err, "\"channel ls\" requires at most 1 argument.\n");
}

TEST_F(ChannelCommandsTest, AloneShowsItsVerbs) {
  EXPECT_EQ(Run({"channel"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("Usage:  isula channel COMMAND"));
  EXPECT_THAT(output_.out, HasSubstr("  ls "));
  output_.out.clear();
  EXPECT_EQ(Run({"channel", "--help"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("Usage:  isula channel COMMAND"));
  output_.out.clear();
  EXPECT_EQ(Run({"channel", "ls", "--help"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("Usage:  isula channel ls [OPTIONS] [CONTAINER]"));
  output_.out.clear();
  EXPECT_EQ(Run({}), 0);
  EXPECT_THAT(output_.out, HasSubstr("  channel "));
}

TEST(ChannelInvocation, TakesGlobalFlagsOnEitherSideOfTheVerb) {
  for (const cli::Arguments& arguments :
       std::vector<cli::Arguments>{{"-H", "unix:///s", "channel", "ls"},
                                   {"channel", "-H", "unix:///s", "ls"},
                                   {"channel", "ls", "-H", "unix:///s"}}) {
    const Result<Invocation> invocation = ParseInvocation(arguments);
    ASSERT_TRUE(invocation) << invocation.error().message();
    EXPECT_EQ(invocation->globals.socket, "/s");
    EXPECT_EQ(invocation->info->name, "channel ls");
  }
}

TEST(ChannelInvocation, RefusesUnknownVerbs) {
  for (const cli::Arguments& arguments :
       std::vector<cli::Arguments>{{"channel", "nosuch"}, {"channel ls"}, {"ls"}}) {
    const Result<Invocation> invocation = ParseInvocation(arguments);
    ASSERT_FALSE(invocation);
    EXPECT_EQ(invocation.error().code(), Code::kNotFound);
  }
}

}  // namespace
}  // namespace isulad::commands
