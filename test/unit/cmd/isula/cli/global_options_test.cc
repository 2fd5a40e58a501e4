#include "cmd/isula/cli/global_options.h"

#include <string>

#include "gtest/gtest.h"

namespace isulad::cli {
namespace {

TEST(SocketPath, PrefersTheFlagThenTheEnvironmentThenTheDefault) {
  GlobalOptions options;
  EXPECT_EQ(*SocketPath(options, nullptr), "/var/run/isulad.sock");
  EXPECT_EQ(*SocketPath(options, ""), "/var/run/isulad.sock");
  EXPECT_EQ(*SocketPath(options, "unix:///run/e.sock"), "/run/e.sock");
  options.socket = "/run/f.sock";
  EXPECT_EQ(*SocketPath(options, "unix:///run/e.sock"), "/run/f.sock");
}

TEST(SocketPath, NamesTheVariableWhenThatIsWrong) {
  EXPECT_EQ(SocketPath({}, "tcp://h:1").error().message(),
            "Invalid value \"tcp://h:1\" for ISULAD_HOST: must be unix://PATH");
}

TEST(ParseHost, RefusesWhatIsNotAnAbsoluteSocketPath) {
  for (const char* text :
       {"", "/run/x.sock", "tcp://1.2.3.4:5", "unix://run/x", "unix://", "unix:///a\nb"}) {
    EXPECT_FALSE(ParseHost(text)) << text;
  }
  EXPECT_TRUE(ParseHost("unix://" + std::string(107, '/')));
  EXPECT_FALSE(ParseHost("unix://" + std::string(108, '/')));
}

TEST(GlobalFlags, RefuseAHostThatWasGivenBeforeTheCommand) {
  GlobalOptions options;
  options.socket = "/a";
  FlagSet flags;
  AddGlobalFlags(flags, HelpLetter::kFree, &options);
  EXPECT_EQ(flags.Parse({"-H", "unix:///b"}).error().message(),
            "Invalid value \"unix:///b\" for flag --host: given more than once");
}

}  // namespace
}  // namespace isulad::cli
