#include "utils/base/capabilities.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;
using testing::ElementsAre;

TEST(ParseCapability, TakesNamesInAnyCaseWithOrWithoutThePrefix) {
  for (const char* text : {"CAP_NET_ADMIN", "NET_ADMIN", "net_admin", "cap_Net_Admin"}) {
    EXPECT_EQ(*ParseCapability(text), "CAP_NET_ADMIN");
  }
  EXPECT_EQ(*ParseCapability("all"), "ALL");
}

TEST(ParseCapability, RefusesWhatIsNone) {
  for (const char* text : {"", "CAP_", "FOO", "CAP_CAP_CHOWN", "ALL,CHOWN", " CHOWN", "CAP_ALL"}) {
    EXPECT_THAT(ParseCapability(text), IsErrorWith(Code::kInvalidArgument, "is not known"));
  }
}

TEST(CapabilityBits, AreThoseOfTheNames) {
  EXPECT_EQ(CapabilityBits("CAP_CHOWN"), 1u);
  EXPECT_EQ(CapabilityBits("CHOWN"), 0u);
  EXPECT_THAT(CapabilityNames(CapabilityBits("CAP_SYS_ADMIN") | 1),
              ElementsAre("CAP_CHOWN", "CAP_SYS_ADMIN"));
  EXPECT_EQ(CapabilityNames(CapabilityBits("ALL")).size(), 41u);
}

}  // namespace
}  // namespace isulad
