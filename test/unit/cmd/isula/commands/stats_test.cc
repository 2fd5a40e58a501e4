// `isula stats` against a fake daemon: what it asks, how it compares two looks, what it prints.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/cmd/isula/commands/commands_fixture.h"

namespace isulad::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StatsTest : public CommandsTest {
 protected:
  static constexpr int64_t kSecond = 1'000'000'000;

  static client::ContainerStats Look(int64_t read_at, uint64_t cpu_time) {
    client::ContainerStats look;
    look.id = std::string(64, 'a');
    look.name = "web";
    look.read_at = read_at;
    look.cpu_time = cpu_time;
    look.memory = 16u << 20;
    look.memory_limit = 64u << 20;
    look.pids = 3;
    look.device_read = 4096;
    look.device_written = 0;
    look.channels = 1;
    look.channels_used = 1024;
    look.channels_size = 32u << 20;
    return look;
  }
};

TEST_F(StatsTest, ComparesTwoLooksAndPrintsATable) {
  system_.info.memory_total = 1u << 30;
  containers_.looks = {{Look(0, 100)}, {Look(kSecond, 100 + kSecond / 4)}};
  EXPECT_EQ(Run({"stats", "--no-stream", "web"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("stats web", "stats web"));
  EXPECT_EQ(
      output_.out,
      "CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     CHANNELS USED / SIZE   "
      "BLOCK I/O   PIDS\n"
      "aaaaaaaaaaaa   web       25.00%    16MiB / 64MiB       25.00%    1KiB / 32MiB           "
      "4KiB / 0B   3\n");
  EXPECT_EQ(clock_.slept, std::chrono::milliseconds(500));
}

TEST_F(StatsTest, ShowsWhatIsNotKnownAsDashes) {
  system_.info.memory_total = 1u << 30;
  client::ContainerStats stopped;
  stopped.name = "db";
  containers_.looks = {{}, {stopped}};
  EXPECT_EQ(Run({"stats", "-a", "--no-stream", "--format",
                 "{{.Name}} {{.CPUPerc}} {{.MemUsage}} {{.MemPerc}} {{.Channels}} {{.BlockIO}} "
                 "{{.PIDs}}"}),
            0);
  EXPECT_THAT(containers_.calls, ElementsAre("stats all ", "stats all "));
  EXPECT_EQ(output_.out, "db -- -- -- -- -- --\n");
}

TEST_F(StatsTest, TakesTheHostsMemoryForTheLimitWhereThereIsNone) {
  system_.info.memory_total = 32u << 20;
  client::ContainerStats look = Look(0, 0);
  look.memory_limit = std::nullopt;
  containers_.looks = {{look}, {look}};
  EXPECT_EQ(Run({"stats", "--no-stream", "--format", "{{.MemUsage}} {{.MemPerc}} {{.CPUPerc}}"}),
            0);
  EXPECT_EQ(output_.out, "16MiB / 32MiB 50.00% --\n");
}

TEST_F(StatsTest, GoesOnUntilTheDaemonGoesAndClearsOnlyTerminals) {
  containers_.looks = {{}, {}, {}};
  EXPECT_EQ(Run({"stats", "--format", "table {{.Name}}"}), 125);
  EXPECT_EQ(output_.out, "NAME\nNAME\n");
  output_.out.clear();
  output_.terminal = true;
  containers_.looks = {{}, {}};
  EXPECT_EQ(Run({"stats", "--format", "table {{.Name}}"}), 125);
  EXPECT_EQ(output_.out, "\033[H\033[JNAME\n");
}

TEST_F(StatsTest, RefusesTemplatesThatNameWhatIsNotThere) {
  EXPECT_EQ(Run({"stats", "--format", "{{.Nope}}"}), 125);
  EXPECT_THAT(containers_.calls, IsEmpty());
}

}  // namespace
}  // namespace isulad::commands
