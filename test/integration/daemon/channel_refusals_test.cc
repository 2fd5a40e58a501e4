// What the daemon refuses of host channels, whoever asks: the table that the end-to-end tests send
// through the command line is sent straight to the API here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "integration/daemon/real_daemon.h"
#include "utils/os/system_info.h"

namespace isulad::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct BadChannel {
  std::string value;
  std::string field;   // that the message names
  std::string reason;  // a part of the rest of the message
};

void ReplaceAll(std::string& text, const std::string& name, const std::string& value) {
  for (size_t at = text.find(name); at != std::string::npos;
       at = text.find(name, at + value.size())) {
    text.replace(at, name.size(), value);
  }
}

// The least size that is above the limit.
std::string TooLargeSize() {
  const uint64_t page = os::PageSize();
  const uint64_t half = os::PhysicalMemory().value_or(uint64_t{0}) / 2;
  return std::to_string((half / page + 1) * page);
}

std::string LongPath() {
  std::string path;
  for (int i = 0; i < 16; ++i) {
    path.append("/").append(255, 'x');
  }
  return path;
}

std::string FillIn(std::string text, const RealDaemon& daemon) {
  ReplaceAll(text, "@SHARED@", daemon.shared());
  ReplaceAll(text, "@ROOTFS@", daemon.rootfs());
  ReplaceAll(text, "@GRAPH@", daemon.graph());
  ReplaceAll(text, "@STATE@", daemon.state());
  ReplaceAll(text, "@TAB@", "\t");
  ReplaceAll(text, "@NEWLINE@", "\n");
  ReplaceAll(text, "@BYTES256@", std::string(256, 'x'));
  ReplaceAll(text, "@LONG@", LongPath());
  ReplaceAll(text, "@HALF@", TooLargeSize());
  return text;
}

std::vector<BadChannel> ReadTable(const RealDaemon& daemon) {
  std::vector<BadChannel> table;
  std::ifstream file(ISULAD_BAD_CHANNELS);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    const size_t last = line.rfind(" | ");
    // An empty value leaves nothing before the first bar.
    const size_t first = line.front() == '|' ? 0 : line.find(" | ");
    const size_t field = line.front() == '|' ? 2 : first + 3;
    table.push_back({FillIn(line.substr(0, first), daemon), line.substr(field, last - field),
                     line.substr(last + 3)});
  }
  return table;
}

class ChannelRefusals : public testing::Test {
 protected:
  void SetUp() override {
    const std::string shared = daemon_.shared();
    std::ofstream(shared + "/file").put('x');
    std::filesystem::create_directory(shared + "/directory");
    std::filesystem::create_symlink("nosuch", shared + "/dangling");
    std::filesystem::create_symlink(daemon_.rootfs(), shared + "/rootfs-link");
    std::filesystem::create_symlink("/proc/self", shared + "/proc-link");
    before_ = daemon_.Files();
  }

  grpc::Status CreateWith(const std::vector<std::string>& channels) {
    api::CreateRequest request = daemon_.GoodRequest();
    for (const std::string& channel : channels) {
      request.mutable_spec()->mutable_host()->add_host_channels(channel);
    }
    return daemon_.Create(request);
  }

  void ExpectNothingLeft() {
    EXPECT_THAT(daemon_.Containers(), IsEmpty());
    EXPECT_EQ(daemon_.Files(), before_);
  }

  RealDaemon daemon_;
  std::vector<std::string> before_;
};

TEST_F(ChannelRefusals, NamesFieldAndRangeOfEachBadValue) {
  const std::vector<BadChannel> table = ReadTable(daemon_);
  ASSERT_GE(table.size(), 40u);
  for (const BadChannel& bad : table) {
    SCOPED_TRACE(bad.value);
    const grpc::Status status = CreateWith({bad.value});
    EXPECT_FALSE(status.ok());
    EXPECT_THAT(status.error_message(), HasSubstr(bad.field));
    EXPECT_THAT(status.error_message(), HasSubstr(bad.reason));
    EXPECT_EQ(status.error_message().find('\n'), std::string::npos);
  }
  ExpectNothingLeft();
}

TEST_F(ChannelRefusals, RefusesChannelsThatShareOrNestPaths) {
  const std::string c = daemon_.shared() + "/c";
  for (const std::string& other :
       {c + ":/d", c + "/below:/d", daemon_.shared() + "/d:/c", daemon_.shared() + "/d:/c/below"}) {
    SCOPED_TRACE(other);
    const grpc::Status status = CreateWith({c + ":/c", other});
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(), HasSubstr(" path "));
  }
  ExpectNothingLeft();
}

TEST_F(ChannelRefusals, RefusesATargetOfAnotherMountInAChannel) {
  for (const char* target : {"/c", "/c/below"}) {
    api::CreateRequest request = daemon_.GoodRequest();
    request.mutable_spec()->mutable_host()->add_host_channels(daemon_.shared() + "/c:/c");
    request.mutable_spec()->mutable_host()->add_volumes("/usr:" + std::string(target));
    const grpc::Status status = daemon_.Create(request);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(), HasSubstr("container path"));
  }
  ExpectNothingLeft();
}

TEST_F(ChannelRefusals, RefusesAHostPathThatAnotherContainerHas) {
  const std::string channel = daemon_.shared() + "/c:/c";
  api::CreateRequest request = daemon_.GoodRequest();
  request.set_name("holder");
  request.mutable_spec()->mutable_host()->add_host_channels(channel);
  ASSERT_TRUE(daemon_.Create(request).ok());
  const grpc::Status status = CreateWith({channel});
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_THAT(status.error_message(), HasSubstr("\"holder\""));
  EXPECT_TRUE(daemon_.Remove("holder").ok());
  ExpectNothingLeft();
}

TEST_F(ChannelRefusals, RefusesToAddMemoryWithoutALimitOrAChannel) {
  api::CreateRequest without_limit = daemon_.GoodRequest();
  without_limit.mutable_spec()->mutable_host()->add_host_channels(daemon_.shared() + "/c:/c");
  without_limit.mutable_spec()->mutable_host()->set_host_channel_add_memory(true);
  EXPECT_EQ(daemon_.Create(without_limit).error_code(), grpc::StatusCode::INVALID_ARGUMENT);

  api::CreateRequest without_channel = daemon_.GoodRequest();
  without_channel.mutable_spec()->mutable_host()->mutable_limits()->set_memory(64 << 20);
  without_channel.mutable_spec()->mutable_host()->set_host_channel_add_memory(true);
  EXPECT_EQ(daemon_.Create(without_channel).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  ExpectNothingLeft();
}

}  // namespace
}  // namespace isulad::test
