#include "daemon/modules/spec/host_channel/oci_mount.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace isulad::host_channel {
namespace {

using ::testing::ElementsAre;

TEST(MakeMountEntry, BindsSourcePrivatelyAndWithoutPrivileges) {
  const HostChannel channel{"/h", "/c", Access::kReadWrite, 4096, {}};
  const MountEntry entry = MakeMountEntry(channel, "/views/1");
  EXPECT_EQ(entry.source, "/views/1");
  EXPECT_EQ(entry.destination, "/c");
  EXPECT_THAT(entry.options, ElementsAre("bind", "rprivate", "nosuid", "nodev", "noexec", "rw"));
}

TEST(MakeMountEntry, IsReadOnlyForReadOnlyChannels) {
  const HostChannel channel{"/h", "/c", Access::kReadOnly, 4096, {}};
  EXPECT_THAT(MakeMountEntry(channel, "/v").options,
              ElementsAre("bind", "rprivate", "nosuid", "nodev", "noexec", "ro"));
}

TEST(MakeMountEntry, LetsProgramsBeExecutedWhereAsked) {
  HostChannel channel{"/h", "/c", Access::kReadWrite, 4096, {}};
  channel.options.exec = true;
  EXPECT_THAT(MakeMountEntry(channel, "/view").options,
              ElementsAre("bind", "rprivate", "nosuid", "nodev", "exec", "rw"));
}

}  // namespace
}  // namespace isulad::host_channel
