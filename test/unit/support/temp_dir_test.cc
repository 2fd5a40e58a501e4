#include "support/temp_dir.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace isulad::test {
namespace {

TEST(TempDir, IsGoneAfterwardsWithWhatIsInIt) {
  std::string path;
  {
    const TempDir directory;
    path = directory.path();
    std::filesystem::create_directories(directory.Sub("a/b"));
    std::ofstream(directory.Sub("a/b/c")) << "text";
    EXPECT_TRUE(std::filesystem::exists(path + "/a/b/c"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace isulad::test
