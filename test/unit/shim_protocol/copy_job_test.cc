#include "shim_protocol/copy_job.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::shim {
namespace {

TEST(CopyJob, GoesThroughArguments) {
  for (const CopyJob& job : {CopyJob{CopyVerb::kFrom, CopyPlace::kProcess, true, false, "/a b/--"},
                             CopyJob{CopyVerb::kTo, CopyPlace::kRemappedProcess, false, true, "x"},
                             CopyJob{CopyVerb::kTo, CopyPlace::kUserNamespace, false, false, "-"},
                             CopyJob{CopyVerb::kExport, CopyPlace::kDirectory, false, false, ""}}) {
    const Result<CopyJob> read = CopyJobFromArguments(ToArguments(job));
    ASSERT_OK(read);
    EXPECT_EQ(*read, job);
  }
}

TEST(CopyJob, RefusesOtherArguments) {
  const std::vector<std::string> sound = ToArguments({});
  for (size_t i = 0; i < 3; ++i) {
    std::vector<std::string> other = sound;
    other[i] = "other";
    EXPECT_FALSE(CopyJobFromArguments(other)) << i;
  }
  EXPECT_FALSE(CopyJobFromArguments({}));
  EXPECT_FALSE(CopyJobFromArguments({sound.begin(), sound.end() - 1}));
}

}  // namespace
}  // namespace isulad::shim
