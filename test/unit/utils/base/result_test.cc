#include "utils/base/result.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <memory>
#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

Result<std::unique_ptr<int>> MakeNumber(bool succeed) {
  if (!succeed) {
    return NotFound("no number");
  }
  return std::make_unique<int>(7);
}

Result<int> Twice(bool succeed) {
  ASSIGN_OR_RETURN(const std::unique_ptr<int> number, MakeNumber(succeed));
  return *number * 2;
}

Status Check(bool succeed) {
  RETURN_IF_ERROR(Twice(succeed));
  return OkStatus();
}

TEST(Result, CarriesAValueOrAnError) {
  ASSERT_OK_AND_ASSIGN(const int number, Twice(true));
  EXPECT_EQ(number, 14);
  EXPECT_THAT(Twice(false), IsErrorWith(Code::kNotFound, "no number"));
  EXPECT_EQ(Twice(false).value_or(3), 3);
}

TEST(Result, PassesErrorsThroughOfOtherTypes) {
  EXPECT_OK(Check(true));
  EXPECT_THAT(Check(false), IsErrorWith(Code::kNotFound, "no number"));
}

TEST(Error, PutsTheOutermostContextFirst) {
  Error error = Internal("cause");
  error.AddContext("inner").AddContext("outer");
  EXPECT_EQ(error.message(), "outer: inner: cause");
}

TEST(SystemError, KeepsTheErrnoAndSaysItsText) {
  const Error error = SystemError(ENOENT, "open \"/a\"");
  EXPECT_EQ(error.system_errno(), ENOENT);
  EXPECT_EQ(error.message(), "open \"/a\": No such file or directory");
}

TEST(SystemError, MapsErrnosToCodes) {
  EXPECT_EQ(SystemError(ENOENT, "").code(), Code::kNotFound);
  EXPECT_EQ(SystemError(EEXIST, "").code(), Code::kAlreadyExists);
  EXPECT_EQ(SystemError(EACCES, "").code(), Code::kPermissionDenied);
  EXPECT_EQ(SystemError(EPERM, "").code(), Code::kPermissionDenied);
  EXPECT_EQ(SystemError(ENOSPC, "").code(), Code::kResourceExhausted);
  EXPECT_EQ(SystemError(EMFILE, "").code(), Code::kResourceExhausted);
  EXPECT_EQ(SystemError(EBUSY, "").code(), Code::kFailedPrecondition);
  EXPECT_EQ(SystemError(ENOTEMPTY, "").code(), Code::kFailedPrecondition);
  EXPECT_EQ(SystemError(EIO, "").code(), Code::kInternal);
}

}  // namespace
}  // namespace isulad
