#include "utils/base/result.h"

#include <cerrno>
#include <system_error>

namespace isulad {
namespace {

Code CodeOfErrno(int system_errno) {
  switch (system_errno) {
    case ENOENT:
      return Code::kNotFound;
    case EEXIST:
      return Code::kAlreadyExists;
    case EACCES:
    case EPERM:
      return Code::kPermissionDenied;
    case ENOSPC:
    case EDQUOT:
    case ENOMEM:
    case EMFILE:
    case ENFILE:
      return Code::kResourceExhausted;
    case EBUSY:
    case ENOTEMPTY:
      return Code::kFailedPrecondition;
    default:
      return Code::kInternal;
  }
}

}  // namespace

Error SystemError(int system_errno, std::string_view what) {
  std::string message(what);
  message.append(": ").append(std::generic_category().message(system_errno));
  return {CodeOfErrno(system_errno), system_errno, std::move(message)};
}

}  // namespace isulad
