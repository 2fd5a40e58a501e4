#include "cmd/isula/output/human_size.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace isulad::output {
namespace {

TEST(HumanSize, TakesTheLargestUnitThatFits) {
  EXPECT_EQ(HumanSize(0), "0B");
  EXPECT_EQ(HumanSize(1023), "1023B");
  EXPECT_EQ(HumanSize(1024), "1KiB");
  EXPECT_EQ(HumanSize(64u << 20), "64MiB");
  EXPECT_EQ(HumanSize(25276510208), "23.54GiB");
  EXPECT_EQ(HumanSize(UINT64_MAX), "15.99EiB");
}

TEST(HumanSize, CutsWhatItDoesNotShow) {
  EXPECT_EQ(HumanSize((1u << 20) - 1), "1023.99KiB");
  EXPECT_EQ(HumanSize(1024 + 11), "1.01KiB");
}

}  // namespace
}  // namespace isulad::output
