#include "utils/os/local_time.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <string>

namespace isulad::os {
namespace {

// The zone is the process's: put back at the end.
class LocalTimeTest : public testing::Test {
 protected:
  LocalTimeTest() {
    if (const char* zone = std::getenv("TZ")) {
      before_ = zone;
      had_zone_ = true;
    }
  }
  ~LocalTimeTest() override {
    had_zone_ ? ::setenv("TZ", before_.c_str(), 1) : ::unsetenv("TZ");
    ::tzset();
  }
  static void SetZone(const char* zone) {
    ::setenv("TZ", zone, 1);
    ::tzset();
  }

 private:
  bool had_zone_ = false;
  std::string before_;
};

TEST_F(LocalTimeTest, IsTheSameInUtc) {
  SetZone("UTC0");
  EXPECT_EQ(UtcOfLocal(1767323045), 1767323045);
  EXPECT_EQ(UtcOfLocal(-1), -1);
}

TEST_F(LocalTimeTest, FollowsZoneAndSummerTime) {
  SetZone("CET-1CEST,M3.5.0,M10.5.0/3");
  EXPECT_EQ(UtcOfLocal(1767323045), 1767323045 - 3600);  // January
  EXPECT_EQ(UtcOfLocal(1782961445), 1782961445 - 7200);  // July
}

}  // namespace
}  // namespace isulad::os
