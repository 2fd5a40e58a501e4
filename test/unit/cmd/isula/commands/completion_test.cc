#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/cmd/isula/commands/commands_fixture.h"
#include "utils/base/strings.h"

namespace isulad::commands {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class CompletionTest : public CommandsTest {
 protected:
  // What the last of `words` could become, in one line.
  std::string Complete(const cli::Arguments& words) {
    cli::Arguments arguments = {"__complete", "--"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    output_.out.clear();
    EXPECT_EQ(Run(arguments), 0);
    std::string line = output_.out;
    for (char& c : line) {
      c = c == '\n' ? ' ' : c;
    }
    return std::string(Trim(line));
  }

  void AddContainer(const std::string& name) {
    client::ContainerSummary container;
    container.name = name;
    containers_.containers.push_back(container);
  }
};

TEST_F(CompletionTest, OffersCommandsThenVerbs) {
  EXPECT_EQ(Complete({"sta"}), "start stats");
  EXPECT_EQ(Complete({"-D", "cha"}), "channel");
  EXPECT_EQ(Complete({"-H", "unix:///x", "channel", ""}), "add ls resize rm");
  EXPECT_EQ(Complete({"channel", "r"}), "resize rm");
  EXPECT_EQ(Complete({"nosuch", ""}), "");
  EXPECT_THAT(Complete({""}), Not(HasSubstr("__complete")));
}

TEST_F(CompletionTest, OffersTheFlagsOfACommandUntilItsOperandsAreTheContainers) {
  EXPECT_EQ(Complete({"rm", "--fo"}), "--force");
  EXPECT_EQ(Complete({"--de"}), "--debug");
  EXPECT_EQ(Complete({"run", "-d", "--external-r"}), "--external-rootfs");
  EXPECT_EQ(Complete({"run", "none", "ls", "--external-r"}), "");
  EXPECT_EQ(Complete({"stop", "web", "--ti"}), "--time") << "flags and operands may be mixed";
}

TEST_F(CompletionTest, OffersContainersToCopyFromAndTo) {
  AddContainer("web");
  AddContainer("db");
  EXPECT_EQ(Complete({"cp", ""}), "db: web:");
  EXPECT_EQ(Complete({"cp", "-a", "file", "w"}), "web:");
  EXPECT_EQ(Complete({"cp", "web:/etc", ""}), "");
  EXPECT_EQ(Complete({"cp", "/et"}), "") << "the shell's";
  EXPECT_EQ(Complete({"export", "d"}), "db");
}

TEST_F(CompletionTest, OffersContainersByName) {
  AddContainer("web");
  AddContainer("db");
  AddContainer("worker");
  EXPECT_EQ(Complete({"rm", ""}), "db web worker");
  EXPECT_EQ(Complete({"rm", "-f", "web", "w"}), "web worker");
  EXPECT_EQ(Complete({"stop", "-t", "5", "d"}), "db");
  EXPECT_EQ(Complete({"stop", "-t", ""}), "") << "a number";
  EXPECT_EQ(Complete({"exec", "-it", "w"}), "web worker");
  EXPECT_EQ(Complete({"exec", "web", ""}), "") << "a command in the container";
  EXPECT_EQ(Complete({"attach", "web", ""}), "") << "it takes one";
  EXPECT_THAT(containers_.calls, Contains("list all"));
}

TEST_F(CompletionTest, OffersTheHostPathsOfAContainersChannels) {
  client::Channel channel;
  channel.path_on_host = "/run/guest";
  channels_.channels = {channel};
  EXPECT_EQ(Complete({"channel", "resize", "web", "/r"}), "/run/guest");
  EXPECT_THAT(channels_.calls, Contains("list web"));
  EXPECT_EQ(Complete({"channel", "resize", "web", "/run/guest", ""}), "") << "a size";
}

TEST_F(CompletionTest, PrintsAScriptForEachShell) {
  EXPECT_EQ(Complete({"completion", ""}), "bash zsh");
  output_.out.clear();
  EXPECT_EQ(Run({"completion", "bash"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("complete -o default -F _isula isula"));
  EXPECT_EQ(Run({"completion", "fish"}), 125);
}

}  // namespace
}  // namespace isulad::commands
