#include "shim_protocol/messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace isulad::shim {
namespace {

using ::testing::ElementsAre;

// No two fields hold the same value, so that a swapped pair shows.
Config FullConfig() {
  Config config;
  config.id = "0123abcd";
  config.directory = "/state/0123abcd";
  config.start_command = {"/usr/bin/runtime", "run", "", "--detach"};
  config.environment = {"PATH=/bin"};
  config.oom_score_adj = -997;
  config.umask = 0751;
  config.hide_unified_cgroup = true;
  config.namespace_mounts = {"/mnt", "/mnt/disk"};
  config.namespace_trees = {"/mnt/disk/rootfs"};
  config.own_cgroups = {"/sys/fs/cgroup/a", "/sys/fs/cgroup/b"};
  config.v1_tasks = false;
  config.terminal = true;
  config.window = {50, 132};
  config.open_stdin = false;
  config.stdin_once = true;
  config.wait_for_attach = false;
  config.log_path = "/log";
  config.log_max_bytes = 1ull << 40;
  config.log_max_files = 7;
  config.exit_record_path = "/exit";
  config.exit_record_durable = false;
  config.exit_record_spare_path = "/spare/exit";
  return config;
}

template <typename Message>
void ExpectRefusesEveryCutAndAnythingLeftOver(const Message& message) {
  const std::string bytes = Encode(message);
  for (size_t size = 0; size < bytes.size(); ++size) {
    auto decoded = Decode<Message>(bytes.substr(0, size));
    ASSERT_FALSE(decoded) << size;
    EXPECT_EQ(decoded.error().code(), Code::kDataLoss);
  }
  auto decoded = Decode<Message>(bytes + '\0');
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code(), Code::kDataLoss);
}

TEST(Messages, CarryEveryFieldOfTheConfiguration) {
  auto config = Decode<Config>(Encode(FullConfig()));
  ASSERT_TRUE(config);
  EXPECT_EQ(config->version, kProtocolVersion);
  EXPECT_EQ(config->id, "0123abcd");
  EXPECT_EQ(config->directory, "/state/0123abcd");
  EXPECT_THAT(config->start_command, ElementsAre("/usr/bin/runtime", "run", "", "--detach"));
  EXPECT_THAT(config->environment, ElementsAre("PATH=/bin"));
  EXPECT_TRUE(config->hide_unified_cgroup);
  EXPECT_THAT(config->namespace_mounts, ElementsAre("/mnt", "/mnt/disk"));
  EXPECT_THAT(config->namespace_trees, ElementsAre("/mnt/disk/rootfs"));
  EXPECT_THAT(config->own_cgroups, ElementsAre("/sys/fs/cgroup/a", "/sys/fs/cgroup/b"));
  EXPECT_FALSE(config->v1_tasks);
  EXPECT_TRUE(config->terminal);
  EXPECT_EQ(config->window.rows, 50);
  EXPECT_EQ(config->window.columns, 132);
  EXPECT_FALSE(config->open_stdin);
  EXPECT_TRUE(config->stdin_once);
  EXPECT_FALSE(config->wait_for_attach);
  EXPECT_EQ(config->log_path, "/log");
  EXPECT_EQ(config->log_max_bytes, 1ull << 40);
  EXPECT_EQ(config->log_max_files, 7u);
  EXPECT_EQ(config->exit_record_path, "/exit");
  EXPECT_FALSE(config->exit_record_durable);
  EXPECT_EQ(config->exit_record_spare_path, "/spare/exit");
}

TEST(Messages, CarryNegativeAndLargeNumbers) {
  auto exited = Decode<Exited>(Encode(Exited{255, 9, -5}));
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 255);
  EXPECT_EQ(exited->signal, 9);
  EXPECT_EQ(exited->time, -5);
  auto started = Decode<Started>(Encode(Started{-1, ~0ull}));
  ASSERT_TRUE(started);
  EXPECT_EQ(started->pid, -1);
  EXPECT_EQ(started->start_time, ~0ull);
}

TEST(Messages, CarryAttachWishesAndReasons) {
  auto attach = Decode<Attach>(Encode(Attach{true, false, true}));
  ASSERT_TRUE(attach);
  EXPECT_TRUE(attach->standard_input);
  EXPECT_FALSE(attach->standard_output);
  EXPECT_TRUE(attach->standard_error);
  auto failed = Decode<StartFailed>(Encode(StartFailed{127, std::string("a\0b", 3)}));
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->exit_code, 127);
  EXPECT_EQ(failed->reason, std::string("a\0b", 3));
}

TEST(Messages, RefuseWhatIsCutShortOrLeftOver) {
  ExpectRefusesEveryCutAndAnythingLeftOver(FullConfig());
  ExpectRefusesEveryCutAndAnythingLeftOver(Attach{true, true, false});
  ExpectRefusesEveryCutAndAnythingLeftOver(WindowSize{24, 80});
  ExpectRefusesEveryCutAndAnythingLeftOver(Started{1, 2});
  ExpectRefusesEveryCutAndAnythingLeftOver(StartFailed{0, "why"});
  ExpectRefusesEveryCutAndAnythingLeftOver(Exited{1, 2, 3});
  ExpectRefusesEveryCutAndAnythingLeftOver(Signal{15});
  ExpectRefusesEveryCutAndAnythingLeftOver(SignalResult{3});
}

TEST(Messages, RefuseConfigurationOfAnotherVersionByName) {
  Config config = FullConfig();
  config.version = kProtocolVersion + 1;
  auto decoded = Decode<Config>(Encode(config));
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code(), Code::kFailedPrecondition);
}

TEST(Messages, RefuseBooleanThatIsNeitherZeroNorOne) {
  EXPECT_FALSE(Decode<Attach>(std::string("\1\2\0", 3)));
}

TEST(Messages, RefuseListThatClaimsMoreThanThereIs) {
  Config config;
  std::string bytes = Encode(config);
  bytes[4 + 4 + 4] = '\xff';  // after version, id and directory: the count of start_command
  EXPECT_FALSE(Decode<Config>(bytes));
}

TEST(ExitRecord, SaysHowItEnded) {
  EXPECT_EQ(EncodeExitRecord({7, 0, 1700000000123456789}),
            "isulad-exit 1 7 0 1700000000123456789\n");
}

TEST(ExitRecord, GivesBackWhatWasEncoded) {
  auto exited = DecodeExitRecord(EncodeExitRecord({0, 9, 42}));
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 0);
  EXPECT_EQ(exited->signal, 9);
  EXPECT_EQ(exited->time, 42);
}

TEST(ExitRecord, RefusesWhatIsNoRecord) {
  for (const char* text :
       {"", "\n", "isulad-exit 1 0 0 1", "isulad-exit 2 0 0 1\n", "other 1 0 0 1\n",
        "isulad-exit 1 0 0\n", "isulad-exit 1 0 0 1 2\n", "isulad-exit 1 256 0 1\n",
        "isulad-exit 1 -1 0 1\n", "isulad-exit 1 0 128 1\n", "isulad-exit 1 0 0 x\n",
        "isulad-exit 1 0 0 1\n\n"}) {
    auto exited = DecodeExitRecord(text);
    ASSERT_FALSE(exited) << text;
    EXPECT_EQ(exited.error().code(), Code::kDataLoss);
  }
}

}  // namespace
}  // namespace isulad::shim
