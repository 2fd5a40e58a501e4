#include "cmd/isula/options/setters.h"

#include <limits>
#include <optional>
#include <utility>

#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

namespace isulad::options {

cli::FlagSet::Setter WholeNumber(int64_t lowest, std::function<void(int64_t)> set) {
  return [lowest, set = std::move(set)](std::string_view text) -> Status {
    const std::optional<int64_t> number = ParseInt64(text);
    if (!number || *number < lowest) {
      return InvalidArgument("must be a whole number" +
                             std::string(lowest == kUnlimited ? ", or -1 for no limit" : ""));
    }
    set(*number);
    return OkStatus();
  };
}

cli::FlagSet::Setter Bytes(std::function<void(int64_t)> set) {
  return [set = std::move(set)](std::string_view text) -> Status {
    ASSIGN_OR_RETURN(const uint64_t bytes, ParseByteSize(text));
    if (bytes > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
      return InvalidArgument("too large");
    }
    set(static_cast<int64_t>(bytes));
    return OkStatus();
  };
}

}  // namespace isulad::options
