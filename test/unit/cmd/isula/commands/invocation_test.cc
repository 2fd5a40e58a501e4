#include "cmd/isula/commands/invocation.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace isulad::commands {
namespace {

using ::testing::HasSubstr;

std::string ErrorOf(const cli::Arguments& arguments) {
  const Result<Invocation> invocation = ParseInvocation(arguments);
  return invocation ? "" : invocation.error().message();
}

TEST(Invocation, TakesGlobalFlagsBeforeAndAfterTheCommand) {
  for (const cli::Arguments& arguments :
       std::vector<cli::Arguments>{{"-D", "-H", "unix:///s", "ps"},
                                   {"ps", "-D", "-H", "unix:///s"},
                                   {"-D", "ps", "--host=unix:///s"},
                                   {"-D", "ps", "-D", "--host=unix:///s"}}) {
    const Result<Invocation> invocation = ParseInvocation(arguments);
    ASSERT_TRUE(invocation) << invocation.error().message();
    EXPECT_EQ(invocation->globals.socket, "/s");
    EXPECT_TRUE(invocation->globals.debug);
    EXPECT_EQ(invocation->info->name, "ps");
    EXPECT_NE(invocation->command, nullptr);
  }
}

TEST(Invocation, LeavesTheFlagsOfTheContainersCommandAlone) {
  const Result<Invocation> invocation = ParseInvocation({"run", "none", "ls", "-D", "--help"});
  ASSERT_TRUE(invocation) << invocation.error().message();
  EXPECT_FALSE(invocation->globals.debug);
  EXPECT_FALSE(invocation->globals.help);
}

TEST(Invocation, RefusesUnknownFlagsAndCommands) {
  EXPECT_EQ(ErrorOf({"--nosuch", "ps"}), "Unknown flag found: '--nosuch'");
  EXPECT_EQ(ErrorOf({"ps", "--nosuch"}), "Unknown flag found: '--nosuch'");
  EXPECT_EQ(ErrorOf({"--tls", "ps"}), "Unknown flag found: '--tls'");
  EXPECT_EQ(ErrorOf({"run", "--publish", "none"}), "Unknown flag found: '--publish'");
  const Result<Invocation> unknown = ParseInvocation({"images"});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code(), Code::kNotFound);
}

TEST(Invocation, CountsArguments) {
  for (const char* command : {"create", "run", "start", "stop", "kill", "rm", "inspect", "wait"}) {
    EXPECT_EQ(ErrorOf({command}),
              "\"" + std::string(command) + "\" requires a minimum of 1 argument.");
  }
  EXPECT_EQ(ErrorOf({"exec", "box"}), "\"exec\" requires a minimum of 2 arguments.");
  EXPECT_EQ(ErrorOf({"logs"}), "\"logs\" requires exactly 1 argument.");
  EXPECT_EQ(ErrorOf({"ps", "x"}), "\"ps\" requires 0 arguments.");
  EXPECT_EQ(ErrorOf({"info", "x"}), "\"info\" requires 0 arguments.");
  EXPECT_EQ(ErrorOf({"version", "x"}), "\"version\" requires 0 arguments.");
}

TEST(Invocation, GivesHelpWhereItIsAskedFor) {
  for (const cli::Arguments& arguments : std::vector<cli::Arguments>{{}, {"--help"}, {"-h"}}) {
    const Result<Invocation> invocation = ParseInvocation(arguments);
    ASSERT_TRUE(invocation);
    EXPECT_EQ(invocation->command, nullptr);
    EXPECT_THAT(invocation->text, HasSubstr("Usage:  isula [OPTIONS] COMMAND"));
  }
  EXPECT_THAT(ParseInvocation({"--help", "ps"})->text, HasSubstr("Usage:  isula ps "));
  EXPECT_THAT(ParseInvocation({"exec", "-h"})->text, HasSubstr("Usage:  isula exec "));
  EXPECT_THAT(ParseInvocation({"run", "--help"})->text, HasSubstr("-h, --hostname NAME"));
  EXPECT_THAT(ParseInvocation({"--version"})->text, HasSubstr("isula version "));
}

TEST(Invocation, TakesTheHostNameForHInCreateAndRun) {
  EXPECT_EQ(ErrorOf({"run", "-h", "box", "none", "init"}), "");
  EXPECT_EQ(ErrorOf({"create", "-h"}), "Flag needs an argument: --hostname");
}

TEST(ParseInvocation, SuggestsWhatWasMeant) {
  const auto line = [](const cli::Arguments& arguments) {
    const Result<Invocation> invocation = ParseInvocation(arguments);
    return invocation ? "" : invocation.error().message();
  };
  EXPECT_EQ(line({"strat"}),
            "Unknown command: \"strat\". Did you mean 'start'? See 'isula --help'.");
  EXPECT_EQ(
      line({"channel", "resise"}),
      "Unknown command: \"channel resise\". Did you mean 'channel resize'? See 'isula --help'.");
  EXPECT_EQ(line({"chanel", "ls"}),
            "Unknown command: \"chanel\". Did you mean 'channel'? See 'isula --help'.");
  EXPECT_EQ(line({"images"}), "Unknown command: \"images\". See 'isula --help'.");
  EXPECT_EQ(line({"rm", "--forse", "x"}), "Unknown flag found: '--forse'. Did you mean '--force'?");
  EXPECT_EQ(line({"rm", "--everything", "x"}), "Unknown flag found: '--everything'");
}

}  // namespace
}  // namespace isulad::commands
