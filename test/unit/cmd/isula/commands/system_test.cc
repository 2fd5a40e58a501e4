// `isula info` and `isula version` against a fake daemon.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/cmd/isula/commands/commands_fixture.h"

namespace isulad::commands {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

using SystemTest = CommandsTest;

TEST_F(SystemTest, VersionPrintsTheClientsEvenWithoutADaemon) {
  EXPECT_EQ(Run({"version"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("Client:\n  Version:"));
  EXPECT_THAT(output_.out, HasSubstr("Server:\n  Version:      1.2.3\n"));
  system_.version = Unavailable("no daemon");
  EXPECT_EQ(Run({"version"}), 125);
}

TEST_F(SystemTest, InfoShowsSizesWithUnits) {
  system_.info.memory_total = 1u << 30;
  system_.info.runtimes = {"crun", "runc"};
  EXPECT_EQ(Run({"info"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("Total Memory: 1GiB\n"));
  EXPECT_THAT(output_.out, HasSubstr("Runtimes: crun runc\n"));
}

TEST_F(SystemTest, InfoTakesATemplateOverPlainNumbers) {
  system_.info.host_channels = 3;
  system_.info.host_channel_max = 4096;
  system_.info.runtimes = {"crun", "runc"};
  EXPECT_EQ(Run({"info", "--format", "{{.HostChannels}} {{.HostChannelsMax}} {{json .Runtimes}}"}),
            0);
  EXPECT_EQ(output_.out, "3 4096 [\"crun\",\"runc\"]\n");
}

TEST_F(SystemTest, InfoEndsWith1WhenTheMemberIsMissing) {
  EXPECT_EQ(Run({"info", "-f", "{{.Nope}}"}), 1);
  EXPECT_THAT(output_.out, IsEmpty());
}

TEST_F(SystemTest, VersionIsOneObjectAsJson) {
  EXPECT_EQ(Run({"version", "--format", "json"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("{\"Client\":{\"Version\":\""));
  EXPECT_THAT(
      output_.out,
      HasSubstr(
          "\"Server\":{\"Version\":\"1.2.3\",\"GitCommit\":\"abcdef\",\"ApiVersion\":\"v1\"}}\n"));
}

TEST_F(SystemTest, VersionWithATemplatePrintsNothingWithoutADaemon) {
  system_.version = Unavailable("no daemon");
  EXPECT_EQ(Run({"version", "-f", "{{.Client.Version}}"}), 125);
  EXPECT_THAT(output_.out, IsEmpty());
}

}  // namespace
}  // namespace isulad::commands
