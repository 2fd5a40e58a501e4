#include "utils/base/device_mapping.h"

#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

TEST(DeviceMapping, FillsInWhatIsLeftOut) {
  EXPECT_EQ(*ParseDeviceMapping("/dev/kvm"), (DeviceMapping{"/dev/kvm", "/dev/kvm", "rwm"}));
  EXPECT_EQ(*ParseDeviceMapping("/x/a:/dev//b/"), (DeviceMapping{"/x/a", "/dev/b", "rwm"}));
  EXPECT_EQ(*ParseDeviceMapping("/dev/a:/dev/b/c:wr"), (DeviceMapping{"/dev/a", "/dev/b/c", "rw"}));
}

TEST(DeviceMapping, ReadsBackWhatItWrote) {
  const DeviceMapping mapping{"/x/a", "/dev/b", "rm"};
  EXPECT_EQ(*ParseDeviceMapping(FormatDeviceMapping(mapping)), mapping);
}

TEST(DeviceMapping, RefusalNamesTheField) {
  const struct {
    std::string text;
    std::string reason;
  } cases[] = {
      {"", "host path \"\""},
      {"kvm", "host path \"kvm\" must be absolute"},
      {"/dev/../a:/dev/b", "host path \"/dev/../a\""},
      {"/x/a", "container path \"/x/a\" must lie beneath /dev"},
      {"/dev/a:", "container path \"\""},
      {"/dev/a:/dev", "container path \"/dev\" must lie beneath /dev"},
      {"/dev/a:/device", "must lie beneath /dev"},
      {"/dev/a:/dev/null", "container path \"/dev/null\" is one that every container has already"},
      {"/dev/a:/dev/pts/7", "every container has already"},
      {"/dev/a:/dev/b:", "permissions \"\" must be some of r (read), w (write) and m (mknod)"},
      {"/dev/a:/dev/b:rx", "permissions \"rx\" must be"},
      {"/dev/a:/dev/b:rr", "permissions \"rr\" must be"},
      {"/dev/a:/dev/b:r:w", "must be HOST[:CONTAINER[:PERMISSIONS]]"},
      {"/dev/a\n:/dev/b", "host path \"/dev/a\\n\""},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseDeviceMapping(c.text), IsErrorWith(Code::kInvalidArgument, c.reason))
        << c.text;
  }
}

}  // namespace
}  // namespace isulad
