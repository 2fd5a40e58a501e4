#include "cmd/isulad-shim/set_modes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::monitor {
namespace {

using test::IsErrorWith;

TEST(SetModes, RefusesWordsThatItCannotRead) {
  const std::vector<std::vector<std::string>> cases = {
      {"700"}, {"", "/sys"}, {"8", "/sys"}, {"10000", "/sys"}, {"7x", "/sys"}, {"-1", "/sys"}};
  for (const std::vector<std::string>& words : cases) {
    EXPECT_THAT(SetModes("/proc", words), IsErrorWith(Code::kInvalidArgument, ""));
  }
}

TEST(SetModes, TouchesNothingButTmpfs) {
  EXPECT_THAT(SetModes("/proc", {"700", "/sys"}),
              IsErrorWith(Code::kFailedPrecondition, "\"/sys\" is no tmpfs"));
  EXPECT_FALSE(SetModes("/proc", {"700", "/no/such"}));
}

}  // namespace
}  // namespace isulad::monitor
