// Result<T>: a value or an Error. The project's only way of reporting failure; nothing throws.
//
// The spelling follows std::expected (C++23), which may replace it one day. Codes have the numbers
// of gRPC's status codes, so that the API can pass them on without a mapping table. Thread-safety:
// as for any value.
#ifndef ISULAD_UTILS_BASE_RESULT_H_
#define ISULAD_UTILS_BASE_RESULT_H_

#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace isulad {

// The numbers are those of https://grpc.github.io/grpc/core/md_doc_statuscodes.html.
enum class Code {
  kCancelled = 1,
  kUnknown = 2,
  kInvalidArgument = 3,
  kDeadlineExceeded = 4,
  kNotFound = 5,
  kAlreadyExists = 6,
  kPermissionDenied = 7,
  kResourceExhausted = 8,
  kFailedPrecondition = 9,
  kAborted = 10,
  kUnimplemented = 12,
  kInternal = 13,
  kUnavailable = 14,
  kDataLoss = 15,
};

// The reason for a failure. The code decides behaviour, the message is for people: lower case, no
// full stop.
class [[nodiscard]] Error {
 public:
  Error(Code code, std::string message) : code_(code), message_(std::move(message)) {}
  Error(Code code, int system_errno, std::string message)
      : code_(code), errno_(system_errno), message_(std::move(message)) {}

  Code code() const { return code_; }
  // The errno of the system call that failed, 0 if none was involved.
  int system_errno() const { return errno_; }
  const std::string& message() const { return message_; }
  // The exit status for the failure by the shell's convention: 126 (a command cannot be executed)
  // or 127 (it was not found); 0 if no command failed.
  int exit_code() const { return exit_code_; }

  Error&& WithExitCode(int exit_code) && {
    exit_code_ = exit_code;
    return std::move(*this);
  }

  // Prepends "context: " to the message. Called on the way up, so that the outermost context comes
  // first.
  Error& AddContext(std::string_view context) & {
    message_.insert(0, ": ").insert(0, context);
    return *this;
  }
  Error&& AddContext(std::string_view context) && { return std::move(AddContext(context)); }

 private:
  Code code_;
  int errno_ = 0;
  int exit_code_ = 0;
  std::string message_;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(const T& value) : state_(std::in_place_index<0>, value) {}  // NOLINT: implicit by design
  Result(T&& value) : state_(std::in_place_index<0>, std::move(value)) {}    // NOLINT
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  // Undefined if has_value() is false.
  T& operator*() & { return *std::get_if<0>(&state_); }
  const T& operator*() const& { return *std::get_if<0>(&state_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }

  // Undefined if has_value() is true.
  Error& error() & { return *std::get_if<1>(&state_); }
  const Error& error() const& { return *std::get_if<1>(&state_); }
  Error&& error() && { return std::move(*std::get_if<1>(&state_)); }

  template <typename U>
  T value_or(U&& fallback) const& {
    return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit by design

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }

  Error& error() & { return *error_; }
  const Error& error() const& { return *error_; }
  Error&& error() && { return std::move(*error_); }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

inline Status OkStatus() { return {}; }

inline Error InvalidArgument(std::string message) {
  return {Code::kInvalidArgument, std::move(message)};
}
inline Error NotFound(std::string message) { return {Code::kNotFound, std::move(message)}; }
inline Error AlreadyExists(std::string message) {
  return {Code::kAlreadyExists, std::move(message)};
}
inline Error FailedPrecondition(std::string message) {
  return {Code::kFailedPrecondition, std::move(message)};
}
inline Error Internal(std::string message) { return {Code::kInternal, std::move(message)}; }
inline Error Unavailable(std::string message) { return {Code::kUnavailable, std::move(message)}; }

// An Error for a failed system call. `what` says what was attempted ("open \"/a/b\""); the errno's
// text is appended. The code follows the errno: ENOENT kNotFound, EEXIST kAlreadyExists, EACCES and
// EPERM kPermissionDenied, ENOSPC, EDQUOT, ENOMEM, EMFILE and ENFILE kResourceExhausted, EBUSY and
// ENOTEMPTY kFailedPrecondition, all others kInternal.
Error SystemError(int system_errno, std::string_view what);

// Ignores a failure on purpose. The caller says why in a comment.
template <typename T>
void IgnoreError(const Result<T>&) {}

}  // namespace isulad

#define ISULAD_CONCAT_INNER(a, b) a##b
#define ISULAD_CONCAT(a, b) ISULAD_CONCAT_INNER(a, b)

// Returns the error of `expr` (a Result of any type) from the enclosing function, if it has one.
#define RETURN_IF_ERROR(expr)                                      \
  do {                                                             \
    if (auto isulad_status = (expr); !isulad_status.has_value()) { \
      return std::move(isulad_status).error();                     \
    }                                                              \
  } while (false)

// Evaluates `expr` (a Result<T>). Returns its error, or moves its value into `lhs`, which may be a
// declaration.
#define ASSIGN_OR_RETURN(lhs, expr) \
  ASSIGN_OR_RETURN_IMPL(ISULAD_CONCAT(isulad_result_, __LINE__), lhs, expr)
#define ASSIGN_OR_RETURN_IMPL(result, lhs, expr) \
  auto result = (expr);                          \
  if (!result.has_value()) {                     \
    return std::move(result).error();            \
  }                                              \
  lhs = *std::move(result)

#endif  // ISULAD_UTILS_BASE_RESULT_H_
