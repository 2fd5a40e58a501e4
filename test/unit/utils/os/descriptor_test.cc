#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

class DescriptorTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(WriteFileAtomic(path_, "data", 0600, Sync::kNone));
    ASSERT_OK_AND_ASSIGN(path_fd_, Open(path_, O_PATH));
  }

  test::TempDir directory_;
  std::string path_ = directory_.Sub("f");
  UniqueFd path_fd_;
};

TEST_F(DescriptorTest, IsReopenedForReading) {
  EXPECT_THAT(ReadAll(path_fd_.get()), test::IsErrno(EBADF));
  ASSERT_OK_AND_ASSIGN(const UniqueFd reader, Reopen(path_fd_.get(), O_RDONLY));
  EXPECT_EQ(ReadAll(reader.get()).value_or(""), "data");
}

TEST_F(DescriptorTest, IsDuplicatedCloseOnExec) {
  ASSERT_OK_AND_ASSIGN(const UniqueFd copy, Duplicate(path_fd_.get()));
  EXPECT_NE(copy.get(), path_fd_.get());
  EXPECT_EQ(::fcntl(copy.get(), F_GETFD), FD_CLOEXEC);
  EXPECT_THAT(Duplicate(-1), test::IsErrno(EBADF));
}

TEST_F(DescriptorTest, KnowsItsPathEvenAfterARename) {
  EXPECT_EQ(DescriptorPath(path_fd_.get()).value_or(""), path_);
  ASSERT_EQ(::rename(path_.c_str(), directory_.Sub("g").c_str()), 0);
  EXPECT_EQ(DescriptorPath(path_fd_.get()).value_or(""), directory_.Sub("g"));
}

TEST_F(DescriptorTest, TellsAMissingAttributeFromAFailure) {
  EXPECT_THAT(
      GetXattr(path_fd_.get(), "user.isulad.absent"),
      testing::AnyOf(test::IsErrorWith(Code::kNotFound, "is not set"), test::IsErrno(EOPNOTSUPP)));
  EXPECT_THAT(GetXattr(-1, "user.isulad.absent"), test::IsErrno(ENOENT));
}

}  // namespace
}  // namespace isulad::os
