// Assertions on Result<T>.
#ifndef ISULAD_TEST_SUPPORT_RESULT_MATCHERS_H_
#define ISULAD_TEST_SUPPORT_RESULT_MATCHERS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>

#include "utils/base/result.h"

namespace isulad {

// Found by GoogleTest when it prints a Result.
template <typename T>
void PrintTo(const Result<T>& result, std::ostream* out) {
  if (result.has_value()) {
    *out << "a value";
    return;
  }
  *out << "error of code " << static_cast<int>(result.error().code()) << ", errno "
       << result.error().system_errno() << ": " << result.error().message();
}

namespace test {

template <typename T>
testing::AssertionResult IsOk(const Result<T>& result) {
  if (result.has_value()) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << testing::PrintToString(result);
}

// An error of `code` whose message contains `substring`.
MATCHER_P2(IsErrorWith, code, substring,
           (negation ? "is not" : "is") + std::string(" an error of code ") +
               std::to_string(static_cast<int>(code)) + " that says \"" + std::string(substring) +
               "\"") {
  return !arg.has_value() && arg.error().code() == code &&
         arg.error().message().find(substring) != std::string::npos;
}

// An error that comes from a system call which failed with `expected`.
MATCHER_P(IsErrno, expected,
          (negation ? "is not" : "is") + std::string(" an error of errno ") +
              std::to_string(expected)) {
  return !arg.has_value() && arg.error().system_errno() == expected;
}

}  // namespace test
}  // namespace isulad

#define EXPECT_OK(expr) EXPECT_TRUE(::isulad::test::IsOk((expr)))
#define ASSERT_OK(expr) ASSERT_TRUE(::isulad::test::IsOk((expr)))

// Moves the value of `expr` into `lhs`, which may declare; ends the test's body where it is an
// error.
#define ASSERT_OK_AND_ASSIGN(lhs, expr) \
  ASSERT_OK_AND_ASSIGN_IMPL(ISULAD_CONCAT(isulad_result_, __LINE__), lhs, expr)
#define ASSERT_OK_AND_ASSIGN_IMPL(result, lhs, expr) \
  auto result = (expr);                              \
  ASSERT_OK(result);                                 \
  lhs = *std::move(result)

#endif  // ISULAD_TEST_SUPPORT_RESULT_MATCHERS_H_
