// Checks required by JSON that yajl does not make.
#ifndef ISULAD_UTILS_JSON_TEXT_CHECK_H_
#define ISULAD_UTILS_JSON_TEXT_CHECK_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace isulad::json {

struct TextFault {
  size_t offset;  // in bytes
  std::string_view reason;
};

// The first place where `text` is not UTF-8 (yajl accepts overlong forms and surrogates), or where
// one half of a surrogate pair is escaped without the other (yajl turns it into invalid UTF-8 or a
// question mark).
std::optional<TextFault> FindTextFault(std::string_view text);

}  // namespace isulad::json

#endif  // ISULAD_UTILS_JSON_TEXT_CHECK_H_
