#include "utils/os/random.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "utils/base/ids.h"

namespace isulad::os {
namespace {

TEST(RandomId, IsAValidIdAndAnotherEveryTime) {
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) {
    const std::string id = RandomId();
    EXPECT_TRUE(IsValidId(id)) << id;
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 100u);
}

}  // namespace
}  // namespace isulad::os
